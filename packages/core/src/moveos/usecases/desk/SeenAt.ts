import * as Result from "effect/Result";
import { Instant } from "../../../kernel/Instant.ts";
import { InvalidCommand } from "../../../kernel/InvalidCommand.ts";

/** How far a device's clock may be ahead of ours. **Units** milliseconds. */
const CLOCK_SKEW_MILLIS = 5 * 60_000;

/** When a member was seen: as the device says, if that is not in the future; else now. **Errors** `InvalidCommand`. */
export const seenAt = (told: Instant | undefined, now: Instant): Result.Result<Instant, InvalidCommand> => {
  if (told === undefined) return Result.succeed(now);
  return told > now + CLOCK_SKEW_MILLIS
    ? Result.fail(
        new InvalidCommand({ errors: [{ path: "/at", message: "lies in the future; set the device's clock" }] }),
      )
    : Result.succeed(Instant.make(Math.min(told, now)));
};
