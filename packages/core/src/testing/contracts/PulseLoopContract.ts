import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { newId } from "../../kernel/IdSource.ts";
import { type MemberId, MovementEventId, SessionTypeId, type TenantId } from "../../kernel/Ids.ts";
import {
  CalendarStore,
  DayCell,
  defaultRules,
  type MovementEvent,
  MovementStore,
  PrescriptionProfiles,
  ScoringRulesStore,
  toCalendarFact,
} from "../../pulseloop/index.ts";
import { clausesOf, same } from "./Clause.ts";
import { addLocation, addMember, addSessionType, addTenant, EPOCH, inTenant, minutes } from "./World.ts";

const monday = CivilDate.of("2026-03-02");
const tuesday = CivilDate.of("2026-03-03");

const movement = Effect.fnUntraced(function* (
  tenantId: TenantId,
  memberId: MemberId,
  more: Partial<MovementEvent> = {},
) {
  const event: MovementEvent = {
    id: yield* newId(MovementEventId),
    tenantId,
    memberId,
    version: 1,
    isEnteredInError: false,
    type: "home_workout",
    occurredAt: { precision: "day", day: monday },
    civilDate: monday,
    source: "manual",
    createdAt: EPOCH,
    ...more,
  };
  return event;
});

const insert = (...events: ReadonlyArray<MovementEvent>) => MovementStore.use((movements) => movements.insert(events));
const byId = (events: ReadonlyArray<MovementEvent>) =>
  events.toSorted((left, right) => (left.id < right.id ? -1 : left.id > right.id ? 1 : left.version - right.version));

export const movementStoreContract = clausesOf("MovementStore")({
  "finds a movement as it was kept, with everything known of it": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const location = yield* addLocation(id);
    const sessionType = yield* addSessionType(id);
    const event = yield* movement(id, member.id, {
      occurredAt: { precision: "instant", instant: minutes(7) },
      timezone: "Asia/Kolkata",
      durationMinutes: 22.5,
      intensity: "vigorous",
      source: "device",
      externalId: "watch/1",
      locationId: location.id,
      sessionTypeId: sessionType.id,
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
    const first = yield* movement(id, member.id, { source: "import", externalId: "row-1" });
    const second = { ...first, version: 2, durationMinutes: 40 };
    const other = yield* movement(id, member.id, { source: "import", externalId: "row-2" });
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

  "finds the version that stands": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const find = (movementEventId: MovementEventId) =>
      inTenant(
        id,
        MovementStore.use((movements) => movements.find(id, movementEventId)),
      );
    const first = yield* movement(id, member.id);
    const error = { ...first, version: 2, isEnteredInError: true };
    const third = { ...first, version: 3 };
    yield* inTenant(id, insert(first, third));
    yield* same("the highest", yield* find(first.id), third);
    yield* inTenant(id, insert(error));
    yield* same("entered in error is final", yield* find(first.id), error);
  }),

  "lists what stands of a member, in order of day, between two days": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id);
    const someoneElse = yield* addMember(id);
    const late = yield* movement(id, member.id, { civilDate: tuesday });
    const early = yield* movement(id, member.id);
    const wrong = yield* movement(id, member.id);
    const moved = { ...early, version: 2, durationMinutes: 30 };
    yield* inTenant(id, insert(late, early, wrong, yield* movement(id, someoneElse.id)));
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

export const calendarStoreContract = clausesOf("CalendarStore")({
  "answers an empty cell where there is none": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const { id: memberId } = yield* addMember(id);
    const cells = yield* inTenant(
      id,
      CalendarStore.use((store) => store.lock(id, [{ memberId, civilDate: monday }])),
    );
    yield* same("the cells", cells, [{ memberId, civilDate: monday, cell: DayCell.empty }]);
  }),

  "keeps a cell with all it knows": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const { id: memberId } = yield* addMember(id);
    const full = { durationMinutes: 12.5, intensity: "moderate", externalId: "x" } as const;
    const cell = cellOf(yield* movement(id, memberId, full), yield* movement(id, memberId));
    yield* inTenant(
      id,
      CalendarStore.use((store) =>
        Effect.andThen(
          store.lock(id, [{ memberId, civilDate: monday }]),
          store.save(id, [{ memberId, civilDate: monday, cell }]),
        ),
      ),
    );
    const [kept] = yield* inTenant(
      id,
      CalendarStore.use((store) => store.lock(id, [{ memberId, civilDate: monday }])),
    );
    yield* same("the cell", kept?.cell, cell);
  }),

  "reads the calendars of members, between two days": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const active = (yield* addMember(id)).id;
    const idle = (yield* addMember(id)).id;
    const cell = cellOf(yield* movement(id, active));
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
  }),

  "counts each of many who write one day at once": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const { id: memberId } = yield* addMember(id);
    const key = { memberId, civilDate: monday };
    const add = Effect.gen(function* () {
      const event = yield* movement(id, memberId);
      const store = yield* CalendarStore;
      const [locked] = yield* store.lock(id, [key]);
      yield* Effect.yieldNow;
      const cell = DayCell.put(locked?.cell ?? DayCell.empty, toCalendarFact(event).contribution);
      yield* store.save(id, [{ ...key, cell }]);
    });
    yield* Effect.all(
      Array.from({ length: 8 }, () => inTenant(id, add)),
      { concurrency: "unbounded" },
    );
    const [kept] = yield* inTenant(
      id,
      CalendarStore.use((store) => store.lock(id, [key])),
    );
    yield* same("events", kept?.cell.events, 8);
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
    const unknown = yield* newId(SessionTypeId);
    const profiles = yield* inTenant(
      id,
      PrescriptionProfiles.use((port) => port.find(id, [spin.id, open.id, unknown])),
    );
    yield* same("spin", profiles.get(spin.id), { intensity: "vigorous" });
    yield* same("open", profiles.get(open.id), {});
    yield* same("unknown", profiles.has(unknown), false);
  }),
});
