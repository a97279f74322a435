import { Eligibility, type Entitlement, type Visit } from "@zmos/core";
import * as Effect from "effect/Effect";
import { type Cover, checkEligibility, recordVisit } from "../Wire.ts";
import { ZhepClient } from "../ZhepClient.ts";

/**
 * Who covers a visit, by ZHEP's word. A member without a party is asked about all the same, by our own id: whether ZHEP knows it is ZHEP's to
 * say. One booking is one visit.
 */
export const make = Effect.map(ZhepClient, (client) =>
  Eligibility.of({
    concerns: () => Effect.succeed(true),
    check: (visit) =>
      client.ask(checkEligibility, visit).pipe(
        Effect.map(entitlementOf),
        Effect.catch(({ retryAfterSeconds }) => Effect.succeed<Entitlement>({ _tag: "Unknown", retryAfterSeconds })),
      ),
    recordVisit: (visit: Visit, bookingId) =>
      client.tell(recordVisit, { ...visit, bookingId }, bookingId).pipe(
        Effect.map(({ outcome }) => outcome),
        Effect.orElseSucceed(() => "unknown" as const),
      ),
  }),
);

const entitlementOf = (cover: Cover): Entitlement => {
  switch (cover.outcome) {
    case "entitled":
      return { _tag: "Entitled", source: cover.source };
    case "not_entitled":
      return { _tag: "NotEntitled", reason: cover.reason };
    case "unknown":
      return { _tag: "Unknown", retryAfterSeconds: cover.retryAfterSeconds };
  }
};
