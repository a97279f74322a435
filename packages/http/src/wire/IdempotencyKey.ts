import { IdempotencyKey, InvalidCommand } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { IdempotencyKeyMissing } from "../DoorErrors.ts";

const isKey = Schema.is(IdempotencyKey);

/** The request's idempotency key. **Source** IETF draft-ietf-httpapi-idempotency-key-header-07. */
export const idempotencyKey = (request: Request): Effect.Effect<string, IdempotencyKeyMissing | InvalidCommand> => {
  const key = request.headers.get("idempotency-key");
  if (key === null || key === "") return Effect.fail(new IdempotencyKeyMissing());
  if (isKey(key)) return Effect.succeed(key);
  const message = "the Idempotency-Key header must be 1 to 200 visible ASCII characters";
  return Effect.fail(new InvalidCommand({ errors: [{ path: "", message }] }));
};
