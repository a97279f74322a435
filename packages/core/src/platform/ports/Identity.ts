import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { PrincipalClaims } from "../../kernel/Principal.ts";
import type { StoreUnavailable } from "../../kernel/UnitOfWork.ts";
import type { PartnerUnavailable } from "./PartnerUnavailable.ts";

/** The bearer did not prove who it is. Says which part failed only as far as that helps an honest client. */
export class Unauthenticated extends Schema.TaggedError<Unauthenticated>()("Unauthenticated", {
  reason: Schema.Literals(["missing", "malformed", "expired", "revoked", "unknown"]),
}) {
  override get message() {
    return `A valid bearer token is needed; this one is ${this.reason}.`;
  }
}

/**
 * Who bears this token.
 *
 * **Contract** a token that anybody else made, changed, or that is expired or revoked is `Unauthenticated`. A change of role or a
 * revocation counts from the next call on, on every server. An identity partner that does not answer is `PartnerUnavailable`,
 * never a principal.
 */
export class Identity extends Context.Service<
  Identity,
  {
    readonly authenticate: (
      token: string,
    ) => Effect.Effect<PrincipalClaims, Unauthenticated | PartnerUnavailable | StoreUnavailable>;
  }
>()("@zmos/core/platform/ports/Identity") {}
