import * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import { envelop } from "../../kernel/DomainEvent.ts";
import { EventLog } from "../../kernel/EventLog.ts";
import { newIds } from "../../kernel/IdSource.ts";
import { type MemberId, MovementEventId, type TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import { Principal, type PrincipalClaims } from "../../kernel/Principal.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { LocationStore, MemberStore, TenantStore, zoneInForce } from "../../platform/index.ts";
import * as DayCell from "../domain/DayCell.ts";
import { place } from "../domain/CivilPlacement.ts";
import { type MovementEvent, toCalendarFact, toWire } from "../domain/MovementEvent.ts";
import { admit, type FactConflict, identityOf, prevailing } from "../domain/MovementFacts.ts";
import { isInFuture, MovementInFuture } from "../domain/Occurrence.ts";
import * as PackedCalendar from "../domain/PackedCalendar.ts";
import { CalendarStore, type CellKey, type KeyedCell } from "../ports/CalendarStore.ts";
import { type FactKey, MovementStore } from "../ports/MovementStore.ts";
import { PrescriptionProfiles } from "../ports/PrescriptionProfiles.ts";
import { TileStore } from "../ports/TileStore.ts";
import { refreshStandings, touchedBy } from "./KeepStandings.ts";

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
 * Who may record has been decided by the caller. **Shape** `by`: who tells each fact, in order; without it, the principal at hand tells them all.
 */
export const recordFacts = Effect.fn("recordFacts")(function* (
  tenantId: TenantId,
  told: ReadonlyArray<ToldFact>,
  by?: ReadonlyArray<PrincipalClaims>,
) {
  const movements = yield* MovementStore;
  const principal = yield* Principal;
  const refusals: Array<FactRefusal> = [];
  // Who is named and what was told before are looked up in one message: neither depends on the other.
  const [placed, versions] = yield* Effect.all(
    [placeFacts(tenantId, told, refusals), movements.versions(tenantId, told.flatMap(keyOf))],
    { concurrency: 2 },
  );
  const known = new Map<string, Array<MovementEvent>>();
  for (const version of versions) versionsOf(known, version).push(version);
  const before = new Map([...known].map(([identity, versions]) => [identity, prevailing(versions)]));

  const recorded: Array<MovementEvent> = [];
  const recordedBy: Array<PrincipalClaims> = [];
  const standing: Array<MovementEvent> = [];
  for (const [index, event] of placed.entries()) {
    const versionsKnown = versionsOf(known, event);
    const admission = admit(event, versionsKnown);
    if (admission._tag === "Conflict") refusals.push({ index, error: admission.conflict });
    if (admission._tag === "New") {
      versionsKnown.push(admission.event);
      recorded.push(admission.event);
      recordedBy.push(by?.[index] ?? principal);
    }
    standing.push(prevailing(versionsKnown) ?? event);
  }
  if (refusals.length > 0) return { refusals: inOrder(refusals), standing: [], recorded: [] } satisfies Recorded;

  if (recorded.length === 0) return { refusals, standing, recorded } satisfies Recorded;

  const changes = [...new Set(recorded.map(identityOf))].map((identity): Change => ({
    before: before.get(identity),
    after: prevailing(known.get(identity) ?? []),
  }));
  const calendars = yield* CalendarStore;
  const keys = keysOf(changes);
  // One message, in this order: calendars are what others wait for, so they are locked last and held shortest.
  const [, , packed] = yield* Effect.all(
    [
      movements.insert(recorded),
      tell(recorded, recordedBy),
      calendars.lock(tenantId, unique(keys.map(({ memberId }) => memberId))),
    ],
    { concurrency: "unbounded" },
  );
  yield* keepCalendars(tenantId, changes, keys, packed);
  return { refusals, standing, recorded } satisfies Recorded;
});

/** Gives each fact its id and its civil day, by the zones in force when it occurred; names what does not exist. */
const placeFacts = Effect.fnUntraced(function* (
  tenantId: TenantId,
  told: ReadonlyArray<ToldFact>,
  refusals: Array<FactRefusal>,
) {
  const [tenant, members, locations, profiles, tiles] = yield* Effect.all(
    [
      Effect.orDie(TenantStore.use((store) => store.find(tenantId))),
      MemberStore.use((store) => store.zones(tenantId, unique(told.map((fact) => fact.memberId)))),
      named(
        told.map((fact) => fact.locationId),
        (ids) => LocationStore.use((store) => store.zones(tenantId, ids)),
      ),
      named(
        told.map((fact) => fact.sessionTypeId),
        (ids) => PrescriptionProfiles.use((port) => port.find(tenantId, ids)),
      ),
      named(
        told.map((fact) => fact.tileId),
        (ids) => TileStore.use((store) => store.known(tenantId, ids)),
      ),
    ],
    { concurrency: "unbounded" },
  );
  const createdAt = yield* now;
  const ids = yield* newIds(MovementEventId, told.length);
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
      id: fact.id ?? ids[index]!,
      tenantId,
      createdAt,
    });
  }
  return placed;
});

/** What is known of the things that facts name; where none is named, nobody is asked. */
const named = <Id, Thing, R>(
  ids: ReadonlyArray<Id | undefined>,
  lookUp: (ids: ReadonlyArray<Id>) => Effect.Effect<ReadonlyMap<Id, Thing>, never, R>,
): Effect.Effect<ReadonlyMap<Id, Thing>, never, R> => {
  const some = unique(ids);
  return some.length === 0 ? Effect.succeed(new Map()) : lookUp(some);
};

/** A fact as it stood before this unit of work, and as it stands after it. */
interface Change {
  readonly before: MovementEvent | undefined;
  readonly after: MovementEvent | undefined;
}

/** The cells that a fact leaves or enters. */
const keysOf = (changes: ReadonlyArray<Change>): ReadonlyArray<CellKey> => {
  const keys = new Map<string, CellKey>();
  for (const { before, after } of changes) {
    if (before !== undefined) keys.set(cellKey(before), before);
    if (after !== undefined) keys.set(cellKey(after), after);
  }
  return [...keys.values()];
};

/**
 * Brings day cells and boards up to date with the facts that changed: each leaves the day it stood on and enters the one it stands on.
 *
 * **Contract** the caller has locked the calendars, which are `packed`. Others wait for them: so what can be asked at once is, and nobody waits
 * here for what is written, which goes out with the unit's end.
 */
const keepCalendars = Effect.fnUntraced(function* (
  tenantId: TenantId,
  changes: ReadonlyArray<Change>,
  keys: ReadonlyArray<CellKey>,
  packed: Packed,
) {
  const calendars = yield* CalendarStore;
  const days = keys.map(({ memberId, civilDate }) => ({ memberId, from: civilDate, to: civilDate }));
  // Most facts are the first of their day, and the packed calendar says so: those cells are empty, and not asked for.
  const kept = keys.filter(({ memberId, civilDate }) => PackedCalendar.has(calendarIn(packed, memberId), civilDate));
  const [before, touched] = yield* Effect.all(
    [kept.length === 0 ? Effect.succeed([]) : calendars.cells(tenantId, kept), touchedBy(tenantId, days)],
    { concurrency: 2 },
  );
  const after = changed(changes, before, packed);
  const saved = calendars.save(tenantId, after.cells, after.packed);
  yield* UnitOfWork.use((units) => Effect.asVoid(units.inPassing(saved)));
  yield* refreshStandings(tenantId, touched, after.packed);
});

type Packed = ReadonlyMap<MemberId, PackedCalendar.PackedCalendar>;

const calendarIn = (packed: Packed, memberId: MemberId): PackedCalendar.PackedCalendar =>
  packed.get(memberId) ?? PackedCalendar.empty;

/** The cells with these changes in them, and the calendars they belong to. */
const changed = (changes: ReadonlyArray<Change>, before: ReadonlyArray<KeyedCell>, calendars: Packed) => {
  const cells = new Map(before.map((keyed) => [cellKey(keyed), keyed]));
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
  const packed = new Map<MemberId, PackedCalendar.PackedCalendar>();
  for (const [memberId, ofMember] of Map.groupBy(saved, (keyed) => keyed.memberId)) {
    const totals = ofMember.map(({ civilDate, cell }) => [civilDate, cell] as const);
    packed.set(memberId, PackedCalendar.put(calendarIn(calendars, memberId), totals));
  }
  return { cells: saved, packed };
};

/** Records that these facts were told, each by its teller. */
const tell = Effect.fnUntraced(function* (recorded: ReadonlyArray<MovementEvent>, by: ReadonlyArray<PrincipalClaims>) {
  const tellers = Map.groupBy(recorded.keys(), (index) => by[index]!);
  const events = yield* Effect.forEach(tellers, ([principal, indexes]) =>
    Effect.provideService(envelop(indexes.map((index) => happening(recorded[index]!))), Principal, principal),
  );
  yield* EventLog.use((log) => log.append(events.flat()));
});

const happening = (event: MovementEvent) => ({
  type: event.isEnteredInError ? "MovementRetracted" : event.version > 1 ? "MovementCorrected" : "MovementRecorded",
  entityType: "MovementEvent",
  entityId: event.id,
  data: toWire(event),
});

const cellKey = ({ memberId, civilDate }: { readonly memberId: MemberId; readonly civilDate: CivilDate }) =>
  `${memberId}/${civilDate}`;

/** By what a fact may be known already; one that nobody named is new. */
const keyOf = ({ id, source, externalId }: ToldFact): ReadonlyArray<FactKey> => {
  if (externalId !== undefined) return [{ source, externalId }];
  return id === undefined ? [] : [{ id }];
};

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
