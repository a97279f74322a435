/**
 * Arbitrary histories of one member's movement: versions, corrections that change the day, errors, unknown values.
 *
 * **Invariant** the same fact id and version always carries the same content, as recording guarantees.
 */
import * as fc from "fast-check";
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { CalendarFact } from "../../pulseloop/domain/ActivityCalendar.ts";
import type { Contribution } from "../../pulseloop/domain/DayCell.ts";
import * as Movement from "../../pulseloop/domain/Movement.ts";

/** The first day of generated histories, a Monday; seven weeks before a leap day. */
export const firstDay = CivilDate.of("2024-01-08");

/** A civil day within `spanDays` of `firstDay`. */
export const civilDate = (spanDays = 70): fc.Arbitrary<CivilDate.CivilDate> =>
  fc.integer({ min: 0, max: spanDays - 1 }).map((days) => CivilDate.addDays(firstDay, days));

const minutes = fc.oneof(
  fc.constantFrom(10, 15, 30, 45, 60, 90),
  fc.integer({ min: 1, max: 240 }),
  fc.constantFrom(0.1, 7.3, 33.3),
);

const content = fc.record(
  {
    type: fc.constantFrom(...Movement.movementTypes),
    source: fc.constantFrom(...Movement.sources),
    sessionTypeId: fc.constantFrom("spin", "yoga", "box"),
    locationId: fc.constantFrom("north", "south"),
    tileId: fc.constantFrom("stretch", "stairs"),
    intensity: fc.constantFrom(...Movement.intensities),
    minutes,
  },
  { requiredKeys: ["type", "source"] },
);

/** One contribution of version 1, entered correctly. */
export const contribution: fc.Arbitrary<Contribution> = fc
  .record({ factId: fc.uuid(), content })
  .map(({ factId, content: rest }) => ({ factId, version: 1, ...rest }));

const versions = (spanDays: number) =>
  fc
    .record({
      versions: fc.array(fc.record({ civilDate: civilDate(spanDays), content }), { minLength: 1, maxLength: 3 }),
      enteredInError: fc.oneof(
        { weight: 5, arbitrary: fc.constant(false) },
        { weight: 1, arbitrary: fc.constant(true) },
      ),
    })
    .map(({ versions: all, enteredInError }) => ({ all, enteredInError }));

/**
 * Every version of every fact of one member, in the order of recording.
 *
 * A fact has one to three versions; one in six is finally entered in error.
 */
export const history = ({ spanDays = 70, maxFacts = 40 } = {}): fc.Arbitrary<ReadonlyArray<CalendarFact>> =>
  fc.array(versions(spanDays), { maxLength: maxFacts }).map((facts) =>
    facts.flatMap(({ all, enteredInError }, number) =>
      all.map(({ civilDate: day, content: rest }, index): CalendarFact => {
        const isLast = index === all.length - 1;
        return {
          civilDate: day,
          contribution: {
            factId: `fact-${number}`,
            version: index + 1,
            ...rest,
            ...(isLast && enteredInError ? { enteredInError: true as const } : {}),
          },
        };
      }),
    ),
  );

/** The same history as it may arrive: shuffled, some facts twice. */
export const arrival = (facts: ReadonlyArray<CalendarFact>): fc.Arbitrary<ReadonlyArray<CalendarFact>> =>
  fc
    .tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length }),
      fc.shuffledSubarray([...facts]),
    )
    .map(([all, repeated]) => [...all, ...repeated]);

/** A history with one arrival of it. */
export const historyAndArrival = (options: { spanDays?: number; maxFacts?: number } = {}) =>
  history(options).chain((facts) => fc.tuple(fc.constant(facts), arrival(facts)));
