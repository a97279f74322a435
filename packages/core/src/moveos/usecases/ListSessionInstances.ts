import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { BookingId, LocationId, MemberId, RoomId, SessionTypeId, UserAccountId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString, now } from "../../kernel/Instant.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, MemberStore } from "../../platform/index.ts";
import { decide, placeOf, seatOf, type Situation } from "../domain/Roster.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { type PoliciedRoster, RosterStore } from "../ports/RosterStore.ts";
import { SessionInstanceStore } from "../ports/SessionInstanceStore.ts";
import { lookAtMembers } from "./desk/MembersConcerned.ts";
import { situations } from "./desk/Situations.ts";

/**
 * Which part of the timetable. **Shape** with `memberId`, each session says whether this member may book it, and why not. **Units** sessions that
 * start at `from` or later, and before `to`.
 */
export const ListSessionInstances = Schema.Struct({
  from: Schema.optionalKey(InstantFromString),
  to: Schema.optionalKey(InstantFromString),
  locationId: Schema.optionalKey(LocationId),
  sessionTypeId: Schema.optionalKey(SessionTypeId),
  instructorId: Schema.optionalKey(UserAccountId),
  roomId: Schema.optionalKey(RoomId),
  memberId: Schema.optionalKey(MemberId),
  ...pageFields,
}).annotate({ identifier: "ListSessionInstances" });

/**
 * What a session is to one member. **Shape** `bookingId`: the seat it holds; `waitlistEntryId`: its place in line. `notBookable`: the refusal that a
 * booking would get now, and in words what would have to change; a partner, where one covers the member, is not asked before the booking itself.
 */
export const ForMember = Schema.Struct({
  mayBook: Schema.Boolean,
  mayJoinWaitlist: Schema.Boolean,
  bookingId: Schema.optionalKey(BookingId),
  waitlistEntryId: Schema.optionalKey(BookingId),
  notBookable: Schema.optionalKey(Schema.Struct({ reason: Schema.String, message: Schema.String })),
}).annotate({ identifier: "ForMember" });

/** A session of the timetable, and what it is to the member who was named. */
export const TimetableSession = Schema.Struct({
  ...SessionInstance.fields,
  forMember: Schema.optionalKey(ForMember),
}).annotate({ identifier: "TimetableSession" });

/** The timetable, in order of start. A member asks for itself. **Errors** `NotPermitted`, `NotFound` for a member that is not there. */
export const listSessionInstances = UseCase.query(
  "ListSessionInstances",
  {
    command: ListSessionInstances,
    answer: Page(TimetableSession),
    first: ({ memberId }) => (memberId === undefined ? authorize("session:read") : authorize("booking:read", memberId)),
  },
  function* ({ memberId, ...command }, { tenantId }) {
    if (memberId !== undefined) yield* MemberStore.use((members) => members.find(tenantId, memberId));
    const page = toPage(
      yield* SessionInstanceStore.use((sessions) => sessions.list(tenantId, command, pageRequest(command))),
    );
    if (memberId === undefined || page.items.length === 0) return page;
    const requests = page.items.map(({ id }) => ({ tenantId, sessionInstanceId: id, memberId }));
    const at = yield* now;
    const sheets = yield* RosterStore.use((rosters) => rosters.look(requests, at));
    const members = yield* lookAtMembers(
      sheets.map((sheet) => ({ sheet, memberId })),
      at,
    );
    const known = new Map(
      sheets.map((sheet) => {
        const { situationOf } = situations(sheet, members, { now: at, isWalkIn: false });
        return [sheet.roster.session.id, forMember(sheet, memberId, at, situationOf)];
      }),
    );
    return {
      ...page,
      items: page.items.map((session) => {
        const found = known.get(session.id);
        return found === undefined ? session : { ...session, forMember: found };
      }),
    };
  },
);

/** Asked of the roster itself, as if the member did it now. */
const forMember = (
  { roster, policy }: PoliciedRoster,
  memberId: MemberId,
  at: Instant,
  situationOf: (memberId: MemberId) => Situation,
): typeof ForMember.Type => {
  const context = { now: at, policy, situationOf };
  // Nothing is kept, so that any id will do.
  const id = BookingId.make(memberId);
  const asked = { memberId, channel: "online", acknowledged: true } as const;
  const booked = decide(roster, { _tag: "Book", bookingId: id, ...asked }, context);
  const joined = decide(roster, { _tag: "JoinWaitlist", entryId: id, ...asked }, context);
  const seat = seatOf(roster, memberId);
  const place = placeOf(roster, memberId);
  return {
    mayBook: Result.isSuccess(booked),
    mayJoinWaitlist: Result.isSuccess(joined),
    ...(seat !== undefined && { bookingId: seat.id }),
    ...(place !== undefined && { waitlistEntryId: place.id }),
    ...(Result.isFailure(booked) && {
      notBookable: { reason: booked.failure._tag, message: booked.failure.message },
    }),
  };
};
