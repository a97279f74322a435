import { Messaging } from "@zmos/core";
import * as Effect from "effect/Effect";
import { idempotencyKeyOf } from "../IdempotencyKeyOf.ts";
import { sendMessage } from "../Wire.ts";
import { ZhepClient } from "../ZhepClient.ts";

/** Tells members things through ZHEP, which knows how to reach them. */
export const make = Effect.map(ZhepClient, (client) =>
  Messaging.of({
    send: (message) =>
      client.tell(sendMessage, message, idempotencyKeyOf(message.tenantId, message.key)).pipe(
        Effect.map(({ outcome }) => outcome),
        Effect.orElseSucceed(() => "unknown" as const),
      ),
  }),
);
