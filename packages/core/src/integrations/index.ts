/** The public face of the integrations module: the partners ZMOS speaks to, and who stands in for them. */
export * as Integrations from "./Integrations.ts";
