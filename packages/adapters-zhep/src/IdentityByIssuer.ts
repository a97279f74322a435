import { Identity, Unauthenticated } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as IdentityZhep from "./ports/IdentityZhep.ts";

/** Nobody is known: for hosts that authenticate people themselves, and for deployments where only ZHEP does. */
export const layerNobody = Layer.succeed(Identity, {
  authenticate: () => Effect.fail(new Unauthenticated({ reason: "unknown" })),
});

/**
 * Who bears a token, by the word of whoever issued it: our own tokens stay good (operators, tenants that stand alone), and what we did not
 * issue is ZHEP's to judge. A token of ours that is expired or revoked is never shown to ZHEP, which could not make it good.
 *
 * **Shape** takes the local `Identity` it is put around.
 */
export const layerNoDeps = Layer.effect(
  Identity,
  Effect.gen(function* () {
    const local = yield* Identity;
    const zhep = yield* IdentityZhep.make;
    return Identity.of({
      authenticate: (token) =>
        Effect.catchTag(local.authenticate(token), "Unauthenticated", (refusal) =>
          refusal.reason === "unknown" || refusal.reason === "malformed"
            ? zhep.authenticate(token)
            : Effect.fail(refusal),
        ),
    });
  }),
);
