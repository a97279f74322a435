/**
 * The partners of a tenant that stands alone (`ZMOS_ONLY`): what a host platform would answer, answered here.
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { Eligibility, Payments } from "../moveos/index.ts";
import { Messaging } from "../platform/index.ts";
import { HealthScore } from "../pulseloop/index.ts";

/** No partner answers for anybody: the tenant's own policy and plans decide. */
const eligibility = Layer.succeed(Eligibility, {
  concerns: () => Effect.succeed(false),
  check: () => Effect.succeed({ _tag: "Entitled", source: "open access" }),
  recordVisit: () => Effect.succeed("recorded"),
});

/** Nothing is collected: what a member owes is put on its account, to be settled at the desk. */
const payments = Layer.succeed(Payments, { charge: () => Effect.succeed("on_account") });

/** Messages are logged, for the tenant to send as it likes. */
const messaging = Layer.succeed(Messaging, {
  send: ({ tenantId, memberId, template, key }) =>
    Effect.as(Effect.logInfo("message for a member", { tenantId, memberId, template, key }), "accepted"),
});

/** No score leaves. */
const healthScore = Layer.succeed(HealthScore, { publish: () => Effect.succeed("withheld") });

export const layerLocal = Layer.mergeAll(eligibility, payments, messaging, healthScore);
