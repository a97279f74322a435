import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { Principal } from "../../kernel/Principal.ts";
import { CalendarStore, DayCell, PackedCalendar, PulseLoop } from "../../pulseloop/index.ts";
import { same } from "./Clause.ts";
import { addMember, addTenant, inTenant } from "./World.ts";

const monday = CivilDate.of("2026-03-02");
const tuesday = CivilDate.of("2026-03-03");

/**
 * A rebuild mends what is not as the facts say: a cell that lost a fact, a cell that holds one nobody told, cells of many members; and,
 * run again, finds nothing more to mend.
 *
 * **Invariant** I14, as far as it can be seen to fail.
 */
export const rebuildMends = Effect.gen(function* () {
  const { id: tenantId } = yield* addTenant();
  const pulseLoop = yield* PulseLoop;
  const host = Principal.of({ tenantId, actorId: "operator", actorType: "host", roles: [] });
  const asHost = Effect.provideService(Principal, host);
  const calendars = yield* CalendarStore;
  const memberIds = (yield* Effect.forEach(Array.from({ length: 12 }), () => addMember(tenantId))).map(({ id }) => id);
  const told = (memberId: (typeof memberIds)[number]) => ({
    memberId,
    type: "home_workout" as const,
    occurredAt: { precision: "day" as const, day: monday },
    durationMinutes: 12.5,
    source: "manual" as const,
    version: 1,
    isEnteredInError: false,
  });
  yield* asHost(pulseLoop.recordMovements({ events: memberIds.map(told) }));
  const read = inTenant(tenantId, calendars.read(tenantId, memberIds, {}));
  const sound = yield* read;
  const lost = memberIds.map((memberId) => ({ memberId, civilDate: monday, cell: DayCell.empty }));
  const invented = memberIds.slice(0, 1).map((memberId) => ({
    memberId,
    civilDate: tuesday,
    cell: sound.get(memberId)?.get(monday) ?? DayCell.empty,
  }));
  yield* inTenant(
    tenantId,
    Effect.andThen(calendars.lock(tenantId, memberIds), calendars.save(tenantId, [...lost, ...invented])),
  );
  const rebuilt = yield* asHost(pulseLoop.rebuildCalendars({}));
  yield* same("what was rebuilt", rebuilt, { members: 12, cells: 13, differing: 13 });
  yield* same("the calendars", yield* read, sound);
  const packed = yield* inTenant(tenantId, calendars.packed(tenantId, memberIds));
  for (const memberId of memberIds) {
    const expected = PackedCalendar.encode(PackedCalendar.of(sound.get(memberId) ?? new Map()));
    const columns = PackedCalendar.encode(packed.get(memberId) ?? PackedCalendar.empty);
    yield* same("the packed calendar", [...columns], [...expected]);
  }
  yield* same("differing, run again", (yield* asHost(pulseLoop.rebuildCalendars({}))).differing, 0);
  const [first] = memberIds;
  const one = yield* asHost(pulseLoop.rebuildCalendars(first === undefined ? {} : { memberId: first }));
  yield* same("one member alone", one, { members: 1, cells: 1, differing: 0 });
});
