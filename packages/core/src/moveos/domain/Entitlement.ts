import * as Result from "effect/Result";
import type { MemberId } from "../../kernel/Ids.ts";
import type { BookingPolicy } from "./BookingPolicy.ts";
import { EntitlementUnknown, NotEntitled } from "./Refusals.ts";

/** Whether somebody covers a visit. *Unknown* is an answer of its own: nobody could be asked in time. **Units** seconds. */
export type Entitlement =
  | { readonly _tag: "Entitled"; readonly source: string }
  | { readonly _tag: "NotEntitled"; readonly reason: string }
  | { readonly _tag: "Unknown"; readonly retryAfterSeconds: number };

/** Lets a member book who is covered; where that is not known, the policy decides. Answers who covers the visit. */
export const cover = (
  entitlement: Entitlement,
  memberId: MemberId,
  policy: Pick<BookingPolicy, "whenEligibilityUnknown">,
): Result.Result<string, NotEntitled | EntitlementUnknown> => {
  switch (entitlement._tag) {
    case "Entitled":
      return Result.succeed(entitlement.source);
    case "NotEntitled":
      return Result.fail(new NotEntitled({ memberId, reason: entitlement.reason }));
    case "Unknown":
      return policy.whenEligibilityUnknown === "book"
        ? Result.succeed("unknown")
        : Result.fail(new EntitlementUnknown({ memberId, retryAfterSeconds: entitlement.retryAfterSeconds }));
  }
};
