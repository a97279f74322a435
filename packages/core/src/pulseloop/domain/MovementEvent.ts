import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import {
  BookingId,
  LocationId,
  MemberId,
  MovementEventId,
  MovementTileId,
  SessionInstanceId,
  SessionTypeId,
  TenantId,
} from "../../kernel/Ids.ts";
import { InstantFromString, toIso } from "../../kernel/Instant.ts";
import { ExternalId } from "../../kernel/Text.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import type { CalendarFact } from "./ActivityCalendar.ts";
import { intensities, movementTypes, sources } from "./Movement.ts";
import { OccurrenceFromString, toText } from "./Occurrence.ts";

export const MovementType = Schema.Literals(movementTypes);
export const Intensity = Schema.Literals(intensities);
export const MovementSource = Schema.Literals(sources);

/** How long a movement took. **Units** minutes, 0–1,440; fractions allowed. */
export const DurationMinutes = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_440 })).annotate({
  description: "minutes, 0 to 1,440",
});

/** The version of a fact: 1 as first told, higher for each correction. */
export const FactVersion = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 }));

/** What a movement came from, as far as it is known. */
export const provenance = {
  locationId: Schema.optionalKey(LocationId),
  sessionTypeId: Schema.optionalKey(SessionTypeId),
  sessionInstanceId: Schema.optionalKey(SessionInstanceId),
  bookingId: Schema.optionalKey(BookingId),
  tileId: Schema.optionalKey(MovementTileId),
};

/**
 * A fact: this member moved. Never overwritten; corrected by a higher version of the same identity.
 *
 * **Shape** identity is `(tenantId, source, externalId)` where there is an external id, else `id`. `civilDate` was decided once, when
 * the fact was recorded, and is kept with the zone (`timezone`) that decided it, by the name it was given. `createdAt` is when ZMOS
 * came to know. Unknown duration or intensity is absent and stays unknown.
 *
 * **Units** `durationMinutes`: minutes. `occurredAt`: an instant, or a civil day where no more is known.
 */
export const MovementEvent = Schema.Struct({
  id: MovementEventId,
  tenantId: TenantId,
  memberId: MemberId,
  version: FactVersion,
  isEnteredInError: Schema.Boolean,
  type: MovementType,
  occurredAt: OccurrenceFromString,
  timezone: Schema.optionalKey(ZoneName),
  civilDate: CivilDateFromString,
  durationMinutes: Schema.optionalKey(DurationMinutes),
  intensity: Schema.optionalKey(Intensity),
  source: MovementSource,
  externalId: Schema.optionalKey(ExternalId),
  ...provenance,
  createdAt: InstantFromString,
}).annotate({ identifier: "MovementEvent" });
export type MovementEvent = typeof MovementEvent.Type;

/** The fact on the wire: what its schema encodes, without walking the schema, because it is written for every fact. */
export const toWire = (event: MovementEvent): typeof MovementEvent.Encoded => ({
  ...event,
  occurredAt: toText(event.occurredAt),
  civilDate: CivilDate.toIso(event.civilDate),
  createdAt: toIso(event.createdAt),
});

/** The fact as a calendar counts it: its day and its contribution. */
export const toCalendarFact = (event: MovementEvent): CalendarFact => ({
  civilDate: event.civilDate,
  contribution: {
    factId: event.id,
    version: event.version,
    type: event.type,
    source: event.source,
    ...(event.sessionTypeId !== undefined && { sessionTypeId: event.sessionTypeId }),
    ...(event.locationId !== undefined && { locationId: event.locationId }),
    ...(event.tileId !== undefined && { tileId: event.tileId }),
    ...(event.intensity !== undefined && { intensity: event.intensity }),
    ...(event.durationMinutes !== undefined && { minutes: event.durationMinutes }),
    ...(event.isEnteredInError && { enteredInError: true as const }),
  },
});
