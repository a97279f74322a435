import {
  Eligibility,
  type Entitlement,
  HealthScore,
  Integrations,
  Messaging,
  Payments,
  type TenantId,
} from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { ConnectedTenants } from "./ConnectedTenants.ts";
import * as EligibilityZhep from "./ports/EligibilityZhep.ts";
import * as HealthScoreZhep from "./ports/HealthScoreZhep.ts";
import * as MessagingZhep from "./ports/MessagingZhep.ts";
import * as PaymentsZhep from "./ports/PaymentsZhep.ts";

/**
 * Eligibility, payments, messaging and health score: ZHEP's for tenants that are connected to it, the local ones for the others, about whose
 * members ZHEP learns nothing. Where the store cannot say which a tenant is, the outcome is unknown.
 */
export const layerNoDeps = Layer.effectContext(
  Effect.gen(function* () {
    const connected = yield* ConnectedTenants;
    const local = yield* Layer.build(Integrations.layerLocal);

    const route = <A>(
      tenantId: TenantId,
      unknown: (retryAfterSeconds: number) => A,
      ways: { readonly zhep: Effect.Effect<A>; readonly local: Effect.Effect<A> },
    ): Effect.Effect<A> =>
      Effect.matchEffect(connected.includes(tenantId), {
        onFailure: ({ retryAfterSeconds }) => Effect.succeed(unknown(retryAfterSeconds)),
        onSuccess: (isConnected) => (isConnected ? ways.zhep : ways.local),
      });
    const unknown = () => "unknown" as const;

    const eligibility = { zhep: yield* EligibilityZhep.make, local: Context.get(local, Eligibility) };
    const messaging = { zhep: yield* MessagingZhep.make, local: Context.get(local, Messaging) };
    const payments = { zhep: yield* PaymentsZhep.make, local: Context.get(local, Payments) };
    const healthScore = { zhep: yield* HealthScoreZhep.make, local: Context.get(local, HealthScore) };

    return Context.empty().pipe(
      Context.add(Eligibility, {
        // Where the store cannot say, the partner is asked, and its outcome is unknown.
        concerns: (tenantId) => Effect.orElseSucceed(connected.includes(tenantId), () => true),
        check: (visit) =>
          route<Entitlement>(visit.tenantId, (retryAfterSeconds) => ({ _tag: "Unknown", retryAfterSeconds }), {
            zhep: eligibility.zhep.check(visit),
            local: eligibility.local.check(visit),
          }),
        recordVisit: (visit, bookingId) =>
          route(visit.tenantId, unknown, {
            zhep: eligibility.zhep.recordVisit(visit, bookingId),
            local: eligibility.local.recordVisit(visit, bookingId),
          }),
      }),
      Context.add(Messaging, {
        send: (message) =>
          route(message.tenantId, unknown, {
            zhep: messaging.zhep.send(message),
            local: messaging.local.send(message),
          }),
      }),
      Context.add(Payments, {
        charge: (owed) =>
          route(owed.tenantId, unknown, { zhep: payments.zhep.charge(owed), local: payments.local.charge(owed) }),
      }),
      Context.add(HealthScore, {
        publish: (score) =>
          route(score.tenantId, unknown, {
            zhep: healthScore.zhep.publish(score),
            local: healthScore.local.publish(score),
          }),
      }),
    );
  }),
);
