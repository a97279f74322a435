import * as Effect from "effect/Effect";
import type * as CivilDate from "../../kernel/CivilDate.ts";
import { Principal } from "../../kernel/Principal.ts";
import { CalendarStore, type DayCell, PackedCalendar, PulseLoop } from "../../pulseloop/index.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import { moderateEquivalent } from "../../pulseloop/domain/Movement.ts";
import { liveFacts } from "../reference/LiveFacts.ts";
import { same } from "./Clause.ts";
import { addMember, addTenant, inTenant } from "./World.ts";

/** How facts arrive: in this order, so many at a time. */
export interface Arrival {
  readonly facts: ReadonlyArray<CalendarFact>;
  readonly batchSize: number;
}

type Totals = Pick<DayCell.DayCell, "events" | "minutes" | "moderateEquivalentMinutes">;

/**
 * The law of day cells: kept fact by fact, in whatever order, number and repetition, they are what a slow fold of the whole history gives.
 *
 * **Invariant** I7.
 */
export const incrementalIsBatch = Effect.fn("incrementalIsBatch")(function* ({ facts, batchSize }: Arrival) {
  const { id: tenantId } = yield* addTenant();
  const { id: memberId } = yield* addMember(tenantId);
  const pulseLoop = yield* PulseLoop;
  const host = Principal.of({ tenantId, actorId: "law", actorType: "host", roles: [] });
  for (let start = 0; start < facts.length; start += batchSize) {
    const events = facts.slice(start, start + batchSize).map(({ civilDate, contribution }) => ({
      memberId,
      type: contribution.type,
      occurredAt: { precision: "day" as const, day: civilDate },
      source: "device" as const,
      externalId: contribution.factId,
      version: contribution.version,
      isEnteredInError: contribution.enteredInError === true,
      ...(contribution.minutes !== undefined && { durationMinutes: contribution.minutes }),
      ...(contribution.intensity !== undefined && { intensity: contribution.intensity }),
    }));
    yield* Effect.provideService(pulseLoop.recordMovements({ events }), Principal, host);
  }
  const packed = yield* inTenant(
    tenantId,
    CalendarStore.use((store) => store.packed(tenantId, [memberId])),
  );
  const read = CalendarStore.use((store) => store.read(tenantId, [memberId], {}));
  const calendar = (yield* inTenant(tenantId, read)).get(memberId) ?? new Map();
  const kept = [...calendar].map(
    ([day, { events, minutes, moderateEquivalentMinutes }]): [CivilDate.CivilDate, Totals] => [
      day,
      { events, minutes: rounded(minutes), moderateEquivalentMinutes: rounded(moderateEquivalentMinutes) },
    ],
  );
  yield* same("the day cells", kept, foldOf(facts));
  const columns = PackedCalendar.encode(packed.get(memberId) ?? PackedCalendar.empty);
  yield* same("the packed calendar", [...columns], [...PackedCalendar.encode(PackedCalendar.of(calendar))]);
  const rebuilt = yield* Effect.provideService(pulseLoop.rebuildCalendars({}), Principal, host);
  yield* same("days that a rebuild found otherwise (I14)", rebuilt.differing, 0);
});

/** Totals by day, added up the slow way from the facts that are live. */
const foldOf = (facts: ReadonlyArray<CalendarFact>): Array<[CivilDate.CivilDate, Totals]> => {
  const live = liveFacts(facts);
  const days = [...new Set(live.map(({ civilDate }) => civilDate))].toSorted((left, right) => left - right);
  return days.map((day) => {
    const ofDay = live.filter(({ civilDate }) => civilDate === day).map(({ contribution }) => contribution);
    const sum = (weight: (one: DayCell.Contribution) => number) =>
      rounded(ofDay.reduce((total, one) => total + (one.minutes ?? 0) * weight(one), 0));
    return [
      day,
      {
        events: ofDay.length,
        minutes: sum(() => 1),
        moderateEquivalentMinutes: sum(({ intensity }) =>
          intensity === undefined ? 0 : moderateEquivalent[intensity],
        ),
      },
    ];
  });
};

/** Fractions add up differently in another order; a millionth of a minute is not a difference. */
const rounded = (minutes: number): number => Math.round(minutes * 1e6) / 1e6;
