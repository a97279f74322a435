import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import { MemberId, type MovementEventId, SessionTypeId, type TenantId } from "../../kernel/Ids.ts";
import {
  CalendarStore,
  DayCell,
  defaultRules,
  type MovementEvent,
  MovementStore,
  PackedCalendar,
  PrescriptionProfiles,
  ScoringRulesStore,
  toCalendarFact,
} from "../../pulseloop/index.ts";
import { clausesOf, same } from "./Clause.ts";
import {
  addLocation,
  addMember,
  addSession,
  addSessionType,
  addTenant,
  inTenant,
  minutes,
  movementOf,
} from "./World.ts";

const monday = CivilDate.of("2026-03-02");
const tuesday = CivilDate.of("2026-03-03");

const insert = (...events: ReadonlyArray<MovementEvent>) => MovementStore.use((movements) => movements.insert(events));
const byId = (events: ReadonlyArray<MovementEvent>) =>
  events.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : left.version - right.version));

export const movementStoreContract = clausesOf("MovementStore")({
  "finds a movement as it was kept, with everything known of it": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const location = yield* addLocation(id);
    const sessionType = yield* addSessionType(id);
    const session = yield* addSession(id, { locationId: location.id, sessionTypeId: sessionType.id });
    const event = yield* movementOf(id, member.id, {
      occurredAt: { precision: "instant", instant: minutes(7) },
      timezone: "Asia/Kolkata",
      durationMinutes: 22.5,
      intensity: "vigorous",
      source: "device",
      externalId: "watch/1",
      locationId: location.id,
      sessionTypeId: sessionType.id,
      sessionInstanceId: session.id,
    });
    yield* inTenant(id, insert(event));
    const found = yield* inTenant(
      id,
      MovementStore.use((movements) => movements.find(id, event.id)),
    );
    yield* same("the movement", found, event);
  }),

  "keeps every version, and finds them by id or by who told it": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const first = yield* movementOf(id, member.id, { source: "import", externalId: "row-1" });
    const second = { ...first, version: 2, durationMinutes: 40 };
    const other = yield* movementOf(id, member.id, { source: "import", externalId: "row-2" });
    yield* inTenant(id, insert(first, other));
    yield* inTenant(id, insert(second));
    const versions = (...keys: Parameters<(typeof MovementStore)["Service"]["versions"]>[1]) =>
      Effect.map(
        inTenant(
          id,
          MovementStore.use((movements) => movements.versions(id, keys)),
        ),
        byId,
      );
    yield* same("by id", yield* versions({ id: first.id }), [first, second]);
    yield* same("by telling", yield* versions({ source: "import", externalId: "row-1" }), [first, second]);
    yield* same("by both", (yield* versions({ id: other.id }, { source: "import", externalId: "row-1" })).length, 3);
    yield* same("by another teller", yield* versions({ source: "device", externalId: "row-1" }), []);
    yield* same("by nothing", yield* versions(), []);
  }),

  "finds a fact by whatever others call it": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const names = ["a,b", '"quoted"', "{braces}", "back\\slash", "NULL", " ", "ß🏃", "it's"];
    const facts = yield* Effect.forEach(names, (externalId) =>
      movementOf(id, member.id, { source: "import", externalId }),
    );
    yield* inTenant(id, insert(...facts));
    const versions = MovementStore.use((movements) =>
      movements.versions(
        id,
        names.map((externalId) => ({ source: "import", externalId })),
      ),
    );
    yield* same("by telling", byId(yield* inTenant(id, versions)), byId(facts));
  }),

  "keeps a fact once of many who tell it at the same time: who comes second is run again and finds it": Effect.gen(
    function* () {
      const { id } = yield* addTenant();
      const member = yield* addMember(id);
      const key = { source: "import", externalId: "once" } as const;
      const tell = Effect.gen(function* () {
        const movements = yield* MovementStore;
        if ((yield* movements.versions(id, [key])).length > 0) return;
        yield* movements.insert([yield* movementOf(id, member.id, key)]);
      });
      yield* Effect.all(
        Array.from({ length: 8 }, () => inTenant(id, tell)),
        { concurrency: "unbounded" },
      );
      const { rows } = yield* inTenant(
        id,
        MovementStore.use((movements) => movements.list(id, { memberId: member.id }, { limit: 10 })),
      );
      yield* same("facts", rows.length, 1);
    },
  ),

  "finds the version that stands": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const find = (movementEventId: MovementEventId) =>
      inTenant(
        id,
        MovementStore.use((movements) => movements.find(id, movementEventId)),
      );
    const first = yield* movementOf(id, member.id);
    const error = { ...first, version: 2, isEnteredInError: true };
    const third = { ...first, version: 3 };
    yield* inTenant(id, insert(first, third));
    yield* same("the highest", yield* find(first.id), third);
    yield* inTenant(id, insert(error));
    yield* same("entered in error is final", yield* find(first.id), error);
    const listed = yield* inTenant(
      id,
      MovementStore.use((movements) => movements.list(id, { memberId: member.id }, { limit: 10 })),
    );
    yield* same("a higher version of it stands in no list either", listed.rows, []);
  }),

  "lists what stands of a member, in order of day, between two days": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const someoneElse = yield* addMember(id);
    const late = yield* movementOf(id, member.id, { civilDate: tuesday });
    const early = yield* movementOf(id, member.id);
    const wrong = yield* movementOf(id, member.id);
    const moved = { ...early, version: 2, durationMinutes: 30 };
    yield* inTenant(id, insert(late, early, wrong, yield* movementOf(id, someoneElse.id)));
    yield* inTenant(id, insert({ ...wrong, version: 2, isEnteredInError: true }, moved));
    const list = (days: { readonly from?: CivilDate.CivilDate; readonly to?: CivilDate.CivilDate }, limit = 10) =>
      inTenant(
        id,
        MovementStore.use((movements) => movements.list(id, { memberId: member.id, ...days }, { limit })),
      );
    yield* same("everything", (yield* list({})).rows, [moved, late]);
    yield* same("from Tuesday", (yield* list({ from: tuesday })).rows, [late]);
    yield* same("to Monday", (yield* list({ to: monday })).rows, [moved]);
    const first = yield* list({}, 1);
    const after = first.next ?? [];
    const second = yield* inTenant(
      id,
      MovementStore.use((movements) => movements.list(id, { memberId: member.id }, { limit: 1, after })),
    );
    yield* same("the second page", second, { rows: [late] });
  }),
});

const cellOf = (...events: ReadonlyArray<MovementEvent>) =>
  DayCell.of(events.map((event) => toCalendarFact(event).contribution));

/** A member's calendar, locked, and its cell of Monday. */
const lockMonday = Effect.fnUntraced(function* (tenantId: TenantId, memberId: MemberId) {
  const store = yield* CalendarStore;
  const packed = yield* store.lock(tenantId, [memberId]);
  return { packed, cells: yield* store.cells(tenantId, [{ memberId, civilDate: monday }]) };
});

export const calendarStoreContract = clausesOf("CalendarStore")({
  "answers an empty cell where there is none": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const { id: memberId } = yield* addMember(id);
    const { cells, packed } = yield* inTenant(id, lockMonday(id, memberId));
    yield* same("the cells", cells, [{ memberId, civilDate: monday, cell: DayCell.empty }]);
    yield* same("days of the packed calendar", packed.get(memberId)?.days.length, 0);
  }),

  "keeps a cell with all it knows": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const { id: memberId } = yield* addMember(id);
    const full = { durationMinutes: 12.5, intensity: "moderate", externalId: "x" } as const;
    const cell = cellOf(yield* movementOf(id, memberId, full), yield* movementOf(id, memberId));
    yield* inTenant(
      id,
      CalendarStore.use((store) =>
        Effect.andThen(store.lock(id, [memberId]), store.save(id, [{ memberId, civilDate: monday, cell }])),
      ),
    );
    const { cells, packed } = yield* inTenant(id, lockMonday(id, memberId));
    yield* same("the cell", cells[0]?.cell, cell);
    yield* same("the minutes of the packed calendar", [...(packed.get(memberId)?.minutes ?? [])], [12.5]);
  }),

  "keeps packed calendars that are handed in with the cells": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const { id: memberId } = yield* addMember(id);
    const store = yield* CalendarStore;
    for (const civilDate of [tuesday, monday]) {
      const event = yield* movementOf(id, memberId, { durationMinutes: 30 });
      const keep = Effect.gen(function* () {
        const packed = yield* store.lock(id, [memberId]);
        const cells = yield* store.cells(id, [{ memberId, civilDate }]);
        const changed = cells.map((keyed) => ({ ...keyed, cell: cellOf(event) }));
        const before = packed.get(memberId) ?? PackedCalendar.empty;
        const after = PackedCalendar.put(
          before,
          changed.map((keyed) => [keyed.civilDate, keyed.cell] as const),
        );
        yield* store.save(id, changed, new Map([[memberId, after]]));
      });
      yield* inTenant(id, keep);
    }
    const kept = (yield* inTenant(id, store.packed(id, [memberId]))).get(memberId) ?? PackedCalendar.empty;
    const days = (yield* inTenant(id, store.read(id, [memberId], {}))).get(memberId) ?? new Map();
    yield* same("days", [...kept.days], [monday, tuesday]);
    yield* same("packed", [...PackedCalendar.encode(kept)], [...PackedCalendar.encode(PackedCalendar.of(days))]);
  }),

  "reads the calendars of members, between two days": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const active = (yield* addMember(id)).id;
    const idle = (yield* addMember(id)).id;
    const cell = cellOf(yield* movementOf(id, active));
    const save = (civilDate: CivilDate.CivilDate) =>
      CalendarStore.use((store) => store.save(id, [{ memberId: active, civilDate, cell }]));
    yield* inTenant(id, Effect.andThen(save(tuesday), save(monday)));
    const read = (days: { readonly from?: CivilDate.CivilDate; readonly to?: CivilDate.CivilDate }) =>
      inTenant(
        id,
        CalendarStore.use((store) => store.read(id, [active, idle], days)),
      );
    const everything = yield* read({});
    yield* same("in order of day", [...(everything.get(active)?.keys() ?? [])], [monday, tuesday]);
    yield* same("nobody moved", everything.get(idle)?.size, 0);
    yield* same("to Monday", [...((yield* read({ to: monday })).get(active)?.keys() ?? [])], [monday]);
    yield* same("from Tuesday", [...((yield* read({ from: tuesday })).get(active)?.keys() ?? [])], [tuesday]);
    const stranger = yield* newId(MemberId);
    const ofStranger = yield* inTenant(
      id,
      CalendarStore.use((store) => store.read(id, [stranger], {})),
    );
    yield* same("of somebody who is not there", ofStranger.get(stranger)?.size, 0);
  }),

  "packs the totals of the same calendars": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const active = (yield* addMember(id)).id;
    const idle = (yield* addMember(id)).id;
    const other = (yield* addTenant()).id;
    const store = yield* CalendarStore;
    const save = (civilDate: CivilDate.CivilDate, ...events: ReadonlyArray<MovementEvent>) =>
      inTenant(id, store.save(id, [{ memberId: active, civilDate, cell: cellOf(...events) }]));
    const agree = Effect.gen(function* () {
      const cells = yield* inTenant(id, store.read(id, [active, idle], {}));
      const packed = yield* inTenant(id, store.packed(id, [active, idle]));
      const everybody = yield* inTenant(id, store.packed(id));
      const ofActive = PackedCalendar.encode(everybody.get(active) ?? PackedCalendar.empty);
      yield* same("everybody's", [...ofActive], [...PackedCalendar.encode(packed.get(active) ?? PackedCalendar.empty)]);
      yield* same("another tenant's", (yield* inTenant(other, store.packed(other))).size, 0);
      for (const memberId of [active, idle]) {
        const expected = PackedCalendar.encode(PackedCalendar.of(cells.get(memberId) ?? new Map()));
        yield* same("packed", [...PackedCalendar.encode(packed.get(memberId) ?? PackedCalendar.empty)], [...expected]);
      }
    });
    yield* agree;
    yield* save(tuesday, yield* movementOf(id, active, { durationMinutes: 30, intensity: "vigorous" }));
    yield* agree;
    yield* save(monday, yield* movementOf(id, active, { durationMinutes: 7.25, intensity: "moderate" }));
    yield* agree;
    yield* save(tuesday);
    yield* agree;
  }),

  "loses nothing among many who lock the same calendars at once, in any order": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const memberIds = [(yield* addMember(id)).id, (yield* addMember(id)).id];
    const keys = memberIds.flatMap((memberId) => [monday, tuesday].map((civilDate) => ({ memberId, civilDate })));
    const write = Effect.fnUntraced(function* (writer: number) {
      const store = yield* CalendarStore;
      const { contribution } = toCalendarFact(yield* movementOf(id, memberIds[0]!));
      yield* store.lock(id, writer % 2 === 0 ? memberIds : memberIds.toReversed());
      const locked = yield* store.cells(id, keys);
      yield* Effect.yieldNow;
      yield* store.save(
        id,
        locked.map((keyed) => ({ ...keyed, cell: DayCell.put(keyed.cell, contribution) })),
      );
    });
    yield* Effect.forEach(
      Array.from({ length: 24 }, (_, writer) => writer),
      (writer) => inTenant(id, write(writer)),
      { concurrency: "unbounded" },
    );
    const cells = yield* inTenant(
      id,
      CalendarStore.use((store) => store.cells(id, keys)),
    );
    yield* same(
      "events on each day",
      cells.map(({ cell }) => cell.events),
      [24, 24, 24, 24],
    );
  }),
});

export const scoringRulesStoreContract = clausesOf("ScoringRulesStore")({
  "answers the latest version": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const latest = inTenant(
      id,
      ScoringRulesStore.use((store) => store.latest(id)),
    );
    yield* same("before any", yield* latest, undefined);
    for (const version of [1, 2]) {
      const rules = { ...defaultRules, version, setAt: minutes(version) };
      yield* inTenant(
        id,
        ScoringRulesStore.use((store) => store.insert(id, rules)),
      );
      yield* same("the latest", yield* latest, rules);
    }
  }),
});

export const prescriptionProfilesContract = clausesOf("PrescriptionProfiles")({
  "knows the profiles of session types that exist": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const spin = yield* addSessionType(id, { intensity: "vigorous" });
    const open = yield* addSessionType(id);
    const foreign = yield* Effect.flatMap(addTenant(), (other) => addSessionType(other.id));
    const unknown = yield* newId(SessionTypeId);
    const profiles = yield* inTenant(
      id,
      PrescriptionProfiles.use((port) => port.find(id, [spin.id, open.id, foreign.id, unknown])),
    );
    yield* same("spin", profiles.get(spin.id), { intensity: "vigorous" });
    yield* same("open", profiles.get(open.id), {});
    yield* same("those that exist here", profiles.size, 2);
  }),
});
