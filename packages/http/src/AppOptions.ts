import type {
  Identity,
  PartnerUnavailable,
  PrincipalClaims,
  StoreUnavailable,
  Unauthenticated,
  UnitOfWork,
} from "@zmos/core";
import type * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { Doors } from "./Handlers.ts";

/** What serves the API: the doors, who knows the people, and the store that `/ready` asks after. */
export type Services = Doors | Identity | UnitOfWork;

/** Who sends a request. */
export type PrincipalOf = (
  request: Request,
) => Effect.Effect<PrincipalClaims, Unauthenticated | PartnerUnavailable | StoreUnavailable, Identity>;

export interface AppOptions {
  /** Built once: `await runtime.context()`, or `Layer.build`. */
  readonly services: Context.Context<Services>;
  /** For hosts that know who is asking by other means than a bearer token: a session, a gateway's header. */
  readonly principalOf?: PrincipalOf;
  /** Where clients reach the API, for the OpenAPI document; `/` unless the host mounts it deeper. */
  readonly publicUrl?: string;
}

/** What travels with a request through the app. */
export interface Env {
  readonly Variables: { requestId: string; tenantId?: string };
}
