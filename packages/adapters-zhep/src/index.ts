/** ZMOS inside the Zimasa Health Engagement Platform: the integration ports over ZHEP's HTTP API. */
export { ConnectedTenants } from "./ConnectedTenants.ts";
export * as IdentityByIssuer from "./IdentityByIssuer.ts";
export * as Wire from "./Wire.ts";
export { ZhepClient } from "./ZhepClient.ts";
export * as ZhepConfig from "./ZhepConfig.ts";
export { defaults, type ZhepOptions } from "./ZhepOptions.ts";
export * as ZhepPartners from "./ZhepPartners.ts";
