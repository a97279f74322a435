/**
 * The five integration ports of a deployment, as its configuration chooses. Core cannot tell which it was given.
 */
import { type Identity, Integrations } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { ConnectedTenants } from "./ConnectedTenants.ts";
import * as IdentityByIssuer from "./IdentityByIssuer.ts";
import * as PartnersByTenant from "./PartnersByTenant.ts";
import { ZhepClient } from "./ZhepClient.ts";
import * as ZhepConfig from "./ZhepConfig.ts";
import type { ZhepOptions } from "./ZhepOptions.ts";

/** A deployment that stands alone (`ZMOS_ONLY`): core's local partners, and the local identity it is given. */
export const layerLocal = <E, R>(localIdentity: Layer.Layer<Identity, E, R>) =>
  Layer.merge(Integrations.layerLocal, localIdentity);

/** A deployment inside ZHEP (`ZMOS_ZHEP`), around the local identity, which keeps vouching for its own tokens. Needs the stores. */
export const layer = <E, R>(options: ZhepOptions, localIdentity: Layer.Layer<Identity, E, R>) =>
  Layer.merge(PartnersByTenant.layerNoDeps, Layer.provide(IdentityByIssuer.layerNoDeps, localIdentity)).pipe(
    Layer.provide([ZhepClient.layer(options), ConnectedTenants.layer]),
  );

/** Whichever `ZMOS_MODE` names. Fails with everything that is missing or wrong, before anything is served. */
export const layerConfig = <E, R>(localIdentity: Layer.Layer<Identity, E, R>) => {
  type Chosen = ReturnType<typeof layer<E, R>>;
  return Layer.unwrap(
    Effect.map(
      ZhepConfig.read,
      (options): Layer.Layer<Layer.Success<Chosen>, Layer.Error<Chosen>, R | Layer.Services<Chosen>> =>
        options === undefined ? layerLocal(localIdentity) : layer(options, localIdentity),
    ),
  );
};
