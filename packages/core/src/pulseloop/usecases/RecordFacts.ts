import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { type MemberId, MovementEventId, type TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import { LocationStore, MemberStore, TenantStore, zoneInForce } from "../../platform/index.ts";
import * as DayCell from "../domain/DayCell.ts";
import { place } from "../domain/CivilPlacement.ts";
import { MovementEvent, toCalendarFact } from "../domain/MovementEvent.ts";
import { admit, type FactConflict, identityOf, prevailing } from "../domain/MovementFacts.ts";
import { isInFuture, MovementInFuture } from "../domain/Occurrence.ts";
import { CalendarStore, type KeyedCell } from "../ports/CalendarStore.ts";
import { type FactKey, MovementStore } from "../ports/MovementStore.ts";
import { PrescriptionProfiles } from "../ports/PrescriptionProfiles.ts";
import { TileStore } from "../ports/TileStore.ts";
import { keepStandings } from "./KeepStandings.ts";

/** A fact as it is told: not yet placed on a civil day, and known or not. */
export type ToldFact = Omit<MovementEvent, "id" | "tenantId" | "civilDate" | "createdAt"> & {
  readonly id?: MovementEventId;
};

/** Why one of several facts cannot be taken. **Shape** `index` counts from 0, in the order told. */
export interface FactRefusal {
  readonly index: number;
  readonly error: NotFound | FactConflict | MovementInFuture;
}

/** What became of facts told together. **Shape** `standing`: the version that stands now, for each fact told, in order. */
export interface Recorded {
  readonly refusals: ReadonlyArray<FactRefusal>;
  readonly standing: ReadonlyArray<MovementEvent>;
  readonly recorded: ReadonlyArray<MovementEvent>;
}

/**
 * Records facts in the unit of work at hand, with their day cells and their events; or nothing, if one of them is refused.
 *
 * Who may record has been decided by the caller.
 */
export const recordFacts = Effect.fn("recordFacts")(function* (tenantId: TenantId, told: ReadonlyArray<ToldFact>) {
  const movements = yield* MovementStore;
  const refusals: Array<FactRefusal> = [];
  const placed = yield* placeFacts(tenantId, told, refusals);

  const known = new Map<string, Array<MovementEvent>>();
  for (const version of yield* movements.versions(tenantId, placed.map(keyOf))) {
    versionsOf(known, version).push(version);
  }
  const before = new Map([...known].map(([identity, versions]) => [identity, prevailing(versions)]));

  const recorded: Array<MovementEvent> = [];
  const standing: Array<MovementEvent> = [];
  for (const [index, event] of placed.entries()) {
    const versions = versionsOf(known, event);
    const admission = admit(event, versions);
    if (admission._tag === "Conflict") refusals.push({ index, error: admission.conflict });
    if (admission._tag === "New") {
      versions.push(admission.event);
      recorded.push(admission.event);
    }
    standing.push(prevailing(versions) ?? event);
  }
  if (refusals.length > 0) return { refusals: inOrder(refusals), standing: [], recorded: [] } satisfies Recorded;

  yield* movements.insert(recorded);
  yield* keepCalendar(
    tenantId,
    [...new Set(recorded.map(identityOf))].map((identity) => ({
      before: before.get(identity),
      after: prevailing(known.get(identity) ?? []),
    })),
  );
  yield* record(...recorded.map(happening));
  return { refusals, standing, recorded } satisfies Recorded;
});

/** Gives each fact its id and its civil day, by the zones in force when it occurred; names what does not exist. */
const placeFacts = Effect.fnUntraced(function* (
  tenantId: TenantId,
  told: ReadonlyArray<ToldFact>,
  refusals: Array<FactRefusal>,
) {
  const tenant = yield* Effect.orDie(TenantStore.use((store) => store.find(tenantId)));
  const members = yield* MemberStore.use((store) => store.zones(tenantId, unique(told.map((fact) => fact.memberId))));
  const locations = yield* LocationStore.use((store) => store.zones(tenantId, unique(told.map((f) => f.locationId))));
  const profiles = yield* PrescriptionProfiles.use((port) =>
    port.find(tenantId, unique(told.map((fact) => fact.sessionTypeId))),
  );
  const tiles = yield* TileStore.use((store) => store.known(tenantId, unique(told.map((fact) => fact.tileId))));
  const createdAt = yield* now;
  const placed: Array<MovementEvent> = [];
  for (const [index, fact] of told.entries()) {
    const { memberId, locationId, sessionTypeId, tileId, occurredAt } = fact;
    const memberZones = members.get(memberId);
    const tile = tileId && tiles.get(tileId);
    const profile = sessionTypeId && profiles.get(sessionTypeId);
    const missing = (entityType: string, entityId: string) =>
      refusals.push({ index, error: new NotFound({ entityType, entityId }) });
    if (memberZones === undefined) missing("Member", memberId);
    if (locationId !== undefined && !locations.has(locationId)) missing("Location", locationId);
    if (sessionTypeId !== undefined && profile === undefined) missing("SessionType", sessionTypeId);
    if (tileId !== undefined && tile === undefined) missing("Tile", tileId);
    if (isInFuture(occurredAt, createdAt)) refusals.push({ index, error: new MovementInFuture({ occurredAt }) });
    const zones = {
      fact: fact.timezone,
      location: locationId && locations.get(locationId),
      member: occurredAt.precision === "instant" ? zoneInForce(memberZones ?? [], occurredAt.instant) : undefined,
      tenant: tenant.timezone,
    };
    const intensity = fact.intensity ?? (profile || undefined)?.intensity ?? (tile || undefined)?.intensity;
    const durationMinutes = fact.durationMinutes ?? (tile || undefined)?.durationMinutes;
    placed.push({
      ...fact,
      ...(intensity !== undefined && { intensity }),
      ...(durationMinutes !== undefined && { durationMinutes }),
      ...place(occurredAt, zones, tenant.dayStartHours),
      id: fact.id ?? (yield* newId(MovementEventId)),
      tenantId,
      createdAt,
    });
  }
  return placed;
});

/** Brings day cells and boards up to date with the facts that changed: each leaves the day it stood on and enters the one it stands on. */
const keepCalendar = Effect.fnUntraced(function* (
  tenantId: TenantId,
  changes: ReadonlyArray<{ readonly before: MovementEvent | undefined; readonly after: MovementEvent | undefined }>,
) {
  const calendars = yield* CalendarStore;
  const touched = changes.flatMap(({ before, after }) => [before, after]).filter((event) => event !== undefined);
  const keys = [...new Map(touched.map((event) => [cellKey(event), event])).values()];
  const cells = new Map<string, KeyedCell>();
  for (const keyed of yield* calendars.lock(tenantId, keys)) cells.set(cellKey(keyed), keyed);
  const change = (event: MovementEvent, next: (cell: DayCell.DayCell) => DayCell.DayCell) => {
    const { memberId, civilDate } = event;
    const cell = cells.get(cellKey(event))?.cell ?? DayCell.empty;
    cells.set(cellKey(event), { memberId, civilDate, cell: next(cell) });
  };
  for (const { before, after } of changes) {
    if (before !== undefined) change(before, (cell) => DayCell.remove(cell, before.id));
    if (after !== undefined && !after.isEnteredInError) {
      change(after, (cell) => DayCell.put(cell, toCalendarFact(after).contribution));
    }
  }
  const saved = [...cells.values()];
  yield* calendars.save(tenantId, saved);
  yield* keepStandings(
    tenantId,
    saved.map(({ memberId, civilDate }) => ({ memberId, from: civilDate, to: civilDate })),
  );
});

const happening = (event: MovementEvent) => ({
  type: event.isEnteredInError ? "MovementRetracted" : event.version > 1 ? "MovementCorrected" : "MovementRecorded",
  entityType: "MovementEvent",
  entityId: event.id,
  data: encodeEvent(event),
});

const encodeEvent = Schema.encodeSync(MovementEvent);

const cellKey = ({ memberId, civilDate }: { readonly memberId: MemberId; readonly civilDate: CivilDate }) =>
  `${memberId}/${civilDate}`;

const keyOf = (event: MovementEvent): FactKey =>
  event.externalId === undefined ? { id: event.id } : { source: event.source, externalId: event.externalId };

const versionsOf = (known: Map<string, Array<MovementEvent>>, event: MovementEvent): Array<MovementEvent> => {
  const identity = identityOf(event);
  const versions = known.get(identity) ?? [];
  known.set(identity, versions);
  return versions;
};

const unique = <A>(values: ReadonlyArray<A | undefined>): Array<A> => [
  ...new Set(values.filter((value) => value !== undefined)),
];

const inOrder = (refusals: Array<FactRefusal>) => refusals.toSorted((left, right) => left.index - right.index);
