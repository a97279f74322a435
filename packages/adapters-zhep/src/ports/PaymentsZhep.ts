import { Payments } from "@zmos/core";
import * as Effect from "effect/Effect";
import { idempotencyKeyOf } from "../IdempotencyKeyOf.ts";
import { charge } from "../Wire.ts";
import { ZhepClient } from "../ZhepClient.ts";

/** Collects money through ZHEP. */
export const make = Effect.map(ZhepClient, (client) =>
  Payments.of({
    charge: (owed) =>
      client.tell(charge, owed, idempotencyKeyOf(owed.tenantId, owed.key)).pipe(
        Effect.map(({ outcome }) => outcome),
        Effect.orElseSucceed(() => "unknown" as const),
      ),
  }),
);
