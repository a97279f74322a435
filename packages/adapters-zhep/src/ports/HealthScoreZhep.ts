import { CivilDate, HealthScore } from "@zmos/core";
import * as Effect from "effect/Effect";
import { idempotencyKeyOf } from "../IdempotencyKeyOf.ts";
import { publishScore } from "../Wire.ts";
import { ZhepClient } from "../ZhepClient.ts";

/**
 * Hands scores to ZHEP. Without the member's consent nothing is sent, not even that there is a score. A member has one score a formula and
 * civil day; a correction of it is a new value, so the value is part of the key.
 */
export const make = Effect.map(ZhepClient, (client) =>
  HealthScore.of({
    publish: ({ hasConsent, ...score }) => {
      if (!hasConsent) return Effect.succeed("withheld");
      const key = [score.memberId, score.formula, CivilDate.toIso(score.asOf), score.value].join("/");
      return client.tell(publishScore, score, idempotencyKeyOf(score.tenantId, key)).pipe(
        Effect.map(({ outcome }) => outcome),
        Effect.orElseSucceed(() => "unknown" as const),
      );
    },
  }),
);
