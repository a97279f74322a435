import * as Schema from "effect/Schema";
import { CalendarFeedId, LocationId, MemberId, TenantId, UserAccountId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import type { SessionInstance } from "./SessionInstance.ts";

/** Whose sessions a calendar shows: a location's, an instructor's, or those that a member has booked. */
export const CalendarScope = Schema.Union([
  Schema.Struct({ locationId: LocationId }),
  Schema.Struct({ instructorId: UserAccountId }),
  Schema.Struct({ memberId: MemberId }),
]).annotate({ identifier: "CalendarScope", description: "one of locationId, instructorId, memberId" });
export type CalendarScope = typeof CalendarScope.Type;

/**
 * A calendar that an application subscribes to, by an address that only its owner knows.
 *
 * **Shape** `issuedBy`: the actor who asked for it. The address itself is kept nowhere, only the digest of its secret.
 */
export const CalendarFeed = Schema.Struct({
  id: CalendarFeedId,
  tenantId: TenantId,
  scope: CalendarScope,
  issuedBy: Schema.String,
  createdAt: InstantFromString,
  revokedAt: Schema.optionalKey(InstantFromString),
}).annotate({ identifier: "CalendarFeed" });
export type CalendarFeed = typeof CalendarFeed.Type;

/** A session as a calendar shows it. **Shape** `uid` and `sequence` let an application recognise the session again and see that it changed. */
export interface CalendarEvent {
  readonly uid: string;
  readonly sequence: number;
  readonly startTime: Instant;
  readonly endTime: Instant;
  readonly changedAt: Instant;
  readonly isCancelled: boolean;
  readonly summary: string;
  readonly description?: string;
  readonly location: string;
}

/** A calendar to be written. **Units** `writtenAt`: when. */
export interface CalendarDocument {
  readonly name: string;
  readonly writtenAt: Instant;
  readonly events: ReadonlyArray<CalendarEvent>;
}

/** The names of what a session refers to. */
export interface SessionNames {
  readonly sessionType: string;
  readonly location: string;
  readonly room?: string | undefined;
  readonly instructor?: string | undefined;
}

/** A session as a calendar shows it: what, where, and with whom; never who has booked it. */
export const calendarEvent = (session: SessionInstance, names: SessionNames): CalendarEvent => ({
  uid: session.id,
  sequence: session.sequence,
  startTime: session.startTime,
  endTime: session.endTime,
  changedAt: session.updatedAt,
  isCancelled: session.status === "cancelled",
  summary: names.sessionType,
  location: names.room === undefined ? names.location : `${names.room}, ${names.location}`,
  ...(names.instructor !== undefined && { description: `With ${names.instructor}` }),
});
