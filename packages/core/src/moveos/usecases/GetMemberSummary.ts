import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, Member, MemberStore } from "../../platform/index.ts";
import { AdherenceSummary, MovementEvent, PulseLoop, StreakSummary } from "../../pulseloop/index.ts";
import { Booking } from "../domain/Booking.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { RosterStore } from "../ports/RosterStore.ts";

/** **Shape** without `asOf`, as of today where the member lives. */
export const GetMemberSummary = Schema.Struct({
  memberId: MemberId,
  asOf: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "GetMemberSummary" });

/** How many bookings a summary shows, and how many days of movements. */
const BOOKINGS_SHOWN = 5;
const DAYS_SHOWN = 7;

/** A member at a glance: who it is, how it goes, what it did in the last seven days, what comes next. */
export const MemberSummary = Schema.Struct({
  member: Member,
  streak: StreakSummary,
  adherence: AdherenceSummary,
  recentMovements: Schema.Array(MovementEvent),
  upcoming: Schema.Array(Schema.Struct({ booking: Booking, session: SessionInstance })),
}).annotate({ identifier: "MemberSummary" });

/** A member at a glance, as of a civil day. */
export const getMemberSummary = UseCase.query(
  "GetMemberSummary",
  { command: GetMemberSummary, answer: MemberSummary, first: ({ memberId }) => authorize("member:read", memberId) },
  function* (command, { tenantId }) {
    const { memberId } = command;
    const pulseLoop = yield* PulseLoop;
    const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
    const streak = yield* pulseLoop.getStreak(command);
    const adherence = yield* pulseLoop.getAdherenceSummary(command);
    const { items: recentMovements } = yield* pulseLoop.listMovementEvents({
      memberId,
      from: CivilDate.addDays(streak.asOf, 1 - DAYS_SHOWN),
      to: streak.asOf,
    });
    const from = yield* now;
    const upcoming = yield* RosterStore.use((rosters) => rosters.upcoming(tenantId, memberId, from, BOOKINGS_SHOWN));
    return { member, streak, adherence, recentMovements, upcoming };
  },
);
