/** The calendar of a location, an instructor or a member, from the timetable. */
import * as Effect from "effect/Effect";
import type { TenantId } from "../../../kernel/Ids.ts";
import { Instant, now } from "../../../kernel/Instant.ts";
import type { Position } from "../../../kernel/Page.ts";
import { LocationStore, MemberStore, UserAccountStore } from "../../../platform/index.ts";
import { calendarEvent, type CalendarDocument, type CalendarScope } from "../../domain/CalendarFeed.ts";
import type { SessionInstance } from "../../domain/SessionInstance.ts";
import { RoomStore } from "../../ports/RoomStore.ts";
import { SessionInstanceStore, type TimetableFilter } from "../../ports/SessionInstanceStore.ts";
import { SessionTypeStore } from "../../ports/SessionTypeStore.ts";

const MILLIS_PER_DAY = 86_400_000;

/** Which part of the timetable a calendar shows, around now. **Units** days; sessions at the most. */
const DAYS_BACK = 31;
const DAYS_AHEAD = 366;
const SESSIONS_SHOWN = 5_000;
const PAGE = 500;

/** A calendar of these sessions, under the name of what it is of. **Errors** `NotFound`. */
export const calendarOf = Effect.fnUntraced(function* (tenantId: TenantId, scope: CalendarScope) {
  const writtenAt = yield* now;
  const name = yield* nameOf(tenantId, scope);
  const sessions = yield* sessionsOf(tenantId, {
    ...scope,
    from: Instant.make(writtenAt - DAYS_BACK * MILLIS_PER_DAY),
    to: Instant.make(writtenAt + DAYS_AHEAD * MILLIS_PER_DAY),
  });
  const names = yield* namesOf(tenantId, sessions);
  const calendar: CalendarDocument = {
    name,
    writtenAt,
    events: sessions.map((session) => calendarEvent(session, names(session))),
  };
  return calendar;
});

const sessionsOf = Effect.fnUntraced(function* (tenantId: TenantId, filter: TimetableFilter) {
  const store = yield* SessionInstanceStore;
  const sessions: Array<SessionInstance> = [];
  let after: Position | undefined;
  do {
    const page = yield* store.list(tenantId, filter, { limit: PAGE, ...(after !== undefined && { after }) });
    sessions.push(...page.rows);
    after = page.next;
  } while (after !== undefined && sessions.length < SESSIONS_SHOWN);
  return sessions;
});

const fullName = ({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }) =>
  `${firstName} ${lastName}`;

const nameOf = Effect.fnUntraced(function* (tenantId: TenantId, scope: CalendarScope) {
  if ("locationId" in scope) {
    return (yield* LocationStore.use((locations) => locations.find(tenantId, scope.locationId))).name;
  }
  if ("instructorId" in scope) {
    return fullName(yield* UserAccountStore.use((accounts) => accounts.find(tenantId, scope.instructorId)));
  }
  return fullName(yield* MemberStore.use((members) => members.find(tenantId, scope.memberId)));
});

/** The names of what sessions refer to, each looked up once. */
const namesOf = Effect.fnUntraced(function* (tenantId: TenantId, sessions: ReadonlyArray<SessionInstance>) {
  const types = yield* SessionTypeStore;
  const locations = yield* LocationStore;
  const rooms = yield* RoomStore;
  const accounts = yield* UserAccountStore;
  const names = new Map<string, string>();
  for (const { sessionTypeId, locationId, roomId, instructorId } of sessions) {
    if (!names.has(sessionTypeId)) names.set(sessionTypeId, (yield* types.find(tenantId, sessionTypeId)).name);
    if (!names.has(locationId)) names.set(locationId, (yield* locations.find(tenantId, locationId)).name);
    if (roomId !== undefined && !names.has(roomId)) names.set(roomId, (yield* rooms.find(tenantId, roomId)).name);
    if (instructorId !== undefined && !names.has(instructorId)) {
      names.set(instructorId, fullName(yield* accounts.find(tenantId, instructorId)));
    }
  }
  return ({ sessionTypeId, locationId, roomId, instructorId }: SessionInstance) => ({
    sessionType: names.get(sessionTypeId) ?? "",
    location: names.get(locationId) ?? "",
    room: roomId && names.get(roomId),
    instructor: instructorId && names.get(instructorId),
  });
});
