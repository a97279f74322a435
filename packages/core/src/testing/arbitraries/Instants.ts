/**
 * Arbitrary instants in the zones and around the days on which time arithmetic goes wrong.
 */
import * as fc from "fast-check";
import * as CivilDate from "../../kernel/CivilDate.ts";

export interface ZonedInstant {
  readonly zone: string;
  readonly epochMillis: number;
}

/** A day that is not 24 hours long, skips its midnight, begins twice, or never came; and an ordinary one. */
const oddDays: ReadonlyArray<readonly [zone: string, day: string]> = [
  ["Europe/Vienna", "2026-03-29"],
  ["Europe/Vienna", "2026-10-25"],
  ["Australia/Lord_Howe", "2026-04-05"],
  ["Australia/Lord_Howe", "2026-10-04"],
  ["Pacific/Apia", "2011-12-30"],
  ["America/St_Johns", "2010-11-07"],
  ["America/Sao_Paulo", "2018-11-04"],
  ["Asia/Beirut", "2026-03-29"],
  ["Africa/Cairo", "2026-04-24"],
  ["Asia/Kathmandu", "2026-06-15"],
];

/** Within two days of an odd day, to the minute. */
export const aroundOddDays: fc.Arbitrary<ZonedInstant> = fc
  .record({ odd: fc.constantFrom(...oddDays), minute: fc.integer({ min: -2_880, max: 4_320 }) })
  .map(({ odd: [zone, day], minute }) => ({ zone, epochMillis: CivilDate.of(day) * 86_400_000 + minute * 60_000 }));

/** Any instant from 1970 to 2100 in one of those zones. */
export const anywhen: fc.Arbitrary<ZonedInstant> = fc
  .record({
    zone: fc.constantFrom(...oddDays.map(([zone]) => zone)),
    second: fc.integer({ min: 0, max: 4_102_444_799 }),
  })
  .map(({ zone, second }) => ({ zone, epochMillis: second * 1_000 }));

/** Mostly odd, sometimes any. */
export const zonedInstant: fc.Arbitrary<ZonedInstant> = fc.oneof(
  { weight: 3, arbitrary: aroundOddDays },
  { weight: 1, arbitrary: anywhen },
);
