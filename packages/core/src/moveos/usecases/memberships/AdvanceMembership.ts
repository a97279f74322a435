import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import { MembershipId } from "../../../kernel/Ids.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { lockHeld } from "./LockHeld.ts";
import { wakeWhenDue } from "./BringUpToDate.ts";

export const AdvanceMembership = Schema.Struct({ membershipId: MembershipId }).annotate({
  identifier: "AdvanceMembership",
});

/** Does what time asks of a membership: begins its periods, grants and expires credits, ends it. Done twice, it does nothing more. */
export const advanceMembership = UseCase.command(
  "AdvanceMembership",
  { command: AdvanceMembership, answer: Schema.Void, first: () => authorize("membership:manage") },
  function* ({ membershipId }) {
    const found = yield* Effect.option(lockHeld(membershipId));
    if (Option.isSome(found)) yield* wakeWhenDue(found.value.held, found.value.day);
  },
);
