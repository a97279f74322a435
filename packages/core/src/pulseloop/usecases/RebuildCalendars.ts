import * as Effect from "effect/Effect";
import * as Equal from "effect/Equal";
import * as Schema from "effect/Schema";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import { record } from "../../kernel/EventLog.ts";
import { MemberId, type TenantId } from "../../kernel/Ids.ts";
import type { Position } from "../../kernel/Page.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, MemberStore } from "../../platform/index.ts";
import * as ActivityCalendar from "../domain/ActivityCalendar.ts";
import type { DayCell } from "../domain/DayCell.ts";
import { toCalendarFact } from "../domain/MovementEvent.ts";
import * as PackedCalendar from "../domain/PackedCalendar.ts";
import { CalendarStore, type CellKey, type KeyedCell } from "../ports/CalendarStore.ts";
import { MovementStore } from "../ports/MovementStore.ts";
import { keepStandings } from "./KeepStandings.ts";

/** How many members one unit of work rebuilds: while it lasts, their movement waits. */
const MEMBERS_AT_ONCE = 10;

/** **Shape** without `memberId`, everybody. */
export const RebuildCalendars = Schema.Struct({ memberId: Schema.optionalKey(MemberId) }).annotate({
  identifier: "RebuildCalendars",
});

/** What was looked at, and what was not as the facts say and is now. **Units** members; days of a member. */
export const CalendarsRebuilt = Schema.Struct({
  members: Schema.Int,
  cells: Schema.Int,
  differing: Schema.Int,
}).annotate({ identifier: "CalendarsRebuilt" });
type CalendarsRebuilt = typeof CalendarsRebuilt.Type;

/**
 * Computes calendars anew from every fact there is, a few members at a time, and mends what differs.
 *
 * **Invariant** I14: after any history nothing differs. Only a change behind our back, or a mistake of ours, leaves something to mend.
 */
export const rebuildCalendars = UseCase.make(
  "RebuildCalendars",
  { command: RebuildCalendars, answer: CalendarsRebuilt },
  function* ({ memberId }) {
    const { tenantId } = yield* authorize("tenant:manage");
    const units = yield* UnitOfWork;
    const members = yield* MemberStore;
    if (memberId !== undefined) {
      yield* units.read(tenantId, members.find(tenantId, memberId));
      return yield* units.run(tenantId, rebuild(tenantId, [memberId]));
    }
    let total: CalendarsRebuilt = { members: 0, cells: 0, differing: 0 };
    let after: Position | undefined;
    do {
      const page = { limit: MEMBERS_AT_ONCE, ...(after && { after }) };
      const { rows, next }: Effect.Success<ReturnType<typeof members.list>> = yield* units.read(
        tenantId,
        members.list(tenantId, {}, page),
      );
      const ids = rows.map(({ id }) => id);
      const { cells, differing } = yield* units.run(tenantId, rebuild(tenantId, ids));
      total = {
        members: total.members + ids.length,
        cells: total.cells + cells,
        differing: total.differing + differing,
      };
      after = next;
    } while (after !== undefined);
    return total;
  },
);

const rebuild = Effect.fnUntraced(function* (tenantId: TenantId, memberIds: ReadonlyArray<MemberId>) {
  const store = yield* CalendarStore;
  const kept = yield* store.read(tenantId, memberIds, {});
  const told = yield* foldOf(tenantId, memberIds);
  const packed = yield* store.packed(tenantId, memberIds);
  const keys = memberIds.flatMap((memberId): ReadonlyArray<CellKey> => {
    const days = new Set<number>([
      ...calendarOf(kept, memberId).keys(),
      ...calendarOf(told, memberId).keys(),
      ...(packed.get(memberId)?.days ?? []),
    ]);
    return [...days].map((day) => ({ memberId, civilDate: day as CivilDate }));
  });

  const columns = yield* store.lock(tenantId, memberIds);
  // Whoever recorded between the first reading and the lock is heard now; who comes later finds what is kept here.
  const facts = yield* foldOf(tenantId, memberIds);
  const differing = (yield* store.cells(tenantId, keys)).flatMap((keyed): ReadonlyArray<KeyedCell> => {
    const { memberId, civilDate, cell: before } = keyed;
    const cell = ActivityCalendar.cellOn(calendarOf(facts, memberId), civilDate);
    const isAsTold = Equal.equals(before, cell) && says(columns.get(memberId) ?? PackedCalendar.empty, civilDate, cell);
    return isAsTold ? [] : [{ ...keyed, cell }];
  });
  if (differing.length > 0) {
    yield* store.save(tenantId, differing);
    yield* keepStandings(
      tenantId,
      differing.map(({ memberId, civilDate }) => ({ memberId, from: civilDate, to: civilDate })),
    );
    yield* record(
      ...[...Map.groupBy(differing, ({ memberId }) => memberId)].map(([memberId, cells]) => ({
        type: "CalendarRebuilt",
        entityType: "Member",
        entityId: memberId,
        data: { differing: cells.length },
      })),
    );
  }
  return { members: memberIds.length, cells: keys.length, differing: differing.length };
});

/** The calendars that every fact of these members makes, folded from the first to the last. */
const foldOf = Effect.fnUntraced(function* (tenantId: TenantId, memberIds: ReadonlyArray<MemberId>) {
  const standing = yield* MovementStore.use((movements) => movements.standing(tenantId, memberIds, {}));
  return new Map(
    [...Map.groupBy(standing, ({ memberId }) => memberId)].map(([memberId, events]) => [
      memberId,
      ActivityCalendar.fromFacts(events.map(toCalendarFact)),
    ]),
  );
});

const calendarOf = (calendars: ReadonlyMap<MemberId, ActivityCalendar.ActivityCalendar>, memberId: MemberId) =>
  calendars.get(memberId) ?? ActivityCalendar.empty;

/** Whether the packed calendar says of a day what its cell says. */
const says = (packed: PackedCalendar.PackedCalendar, day: CivilDate, cell: DayCell): boolean => {
  const index = packed.days.indexOf(day);
  return index === -1
    ? cell.events === 0
    : packed.events[index] === cell.events &&
        packed.minutes[index] === cell.minutes &&
        packed.moderateEquivalentMinutes[index] === cell.moderateEquivalentMinutes;
};
