import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { explainLine, lineOf } from "../domain/Roster.ts";
import { NotPromoted, notPromotedText, WaitlistEntry } from "../domain/WaitlistEntry.ts";
import { lookAtMembers } from "./desk/MembersConcerned.ts";
import { lookAtRoster } from "./desk/LookAtRoster.ts";
import { situations } from "./desk/Situations.ts";

export const GetWaitlist = Schema.Struct({ sessionInstanceId: SessionInstanceId }).annotate({
  identifier: "GetWaitlist",
});

/** A place in line. **Shape** `notPromoted`: why it has no seat yet, also `because` in words. **Units** `position`: 1 is next. */
export const PlaceInLine = Schema.Struct({
  entry: WaitlistEntry,
  position: Schema.Int,
  notPromoted: NotPromoted,
  because: Schema.String,
}).annotate({ identifier: "PlaceInLine" });

/** **Shape** `items`: in order, the next first; all of them, as a waitlist is short. */
export const Waitlist = Schema.Struct({ items: Schema.Array(PlaceInLine) }).annotate({ identifier: "Waitlist" });

/** Who waits for a session, in order, each with the reason for having no seat yet. For staff. **Errors** `NotPermitted`, `NotFound`. */
export const getWaitlist = UseCase.query(
  "GetWaitlist",
  { command: GetWaitlist, answer: Waitlist, first: () => authorize("booking:read") },
  function* ({ sessionInstanceId }, { tenantId }) {
    const sheet = yield* lookAtRoster(tenantId, sessionInstanceId);
    const at = yield* now;
    const members = yield* lookAtMembers(
      lineOf(sheet.roster).map(({ memberId }) => ({ sheet, memberId })),
      at,
    );
    const { situationOf } = situations(sheet, members, { now: at, isWalkIn: false });
    const line = explainLine(sheet.roster, { now: at, policy: sheet.policy, situationOf });
    return {
      items: line.map(({ entry, position, because }) => ({
        entry,
        position,
        notPromoted: because,
        because: notPromotedText[because],
      })),
    };
  },
);
