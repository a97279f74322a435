/**
 * The streak of the default rule, days in a row with at least one event, straight from the days themselves.
 *
 * The smallest and fastest evaluator: civil days in, result out, no other module behind it. `Streak.evaluate` gives the same
 * answer for `Streak.daily` without excuses, and everything else besides.
 *
 * **Units** civil days as epoch days; lengths count days.
 */
export interface Run {
  readonly length: number;
  readonly start?: number;
  readonly end?: number;
}

export interface Result {
  readonly current: Run;
  readonly best: Run;
  readonly status: "active" | "at_risk" | "broken";
  /** The first day without movement after the streak before the current one. */
  readonly brokenBy?: number;
}

/** The streak as of a day. `activeDays` in ascending order, repetitions allowed; any other order is sorted first. */
export const evaluate = (activeDays: ArrayLike<number>, asOf: number, since = -Infinity): Result => {
  let start = NaN;
  let end = NaN;
  let endBefore = NaN;
  let bestStart = NaN;
  let bestLength = 0;
  for (let index = 0; index < activeDays.length; index++) {
    const day = activeDays[index]!;
    if (day < since) continue;
    if (day < end) return evaluate(Float64Array.from(activeDays).toSorted(), asOf, since);
    if (day > asOf) continue;
    if (day > end + 1 || end !== end) {
      endBefore = end;
      start = day;
    }
    end = day;
    if (end - start >= bestLength - 1) {
      bestLength = end - start + 1;
      bestStart = start;
    }
  }
  const isAlive = end >= asOf - 1;
  const lost = isAlive ? endBefore : end;
  return {
    current: isAlive ? { length: end - start + 1, start, end } : { length: 0 },
    best: bestLength > 0 ? { length: bestLength, start: bestStart, end: bestStart + bestLength - 1 } : { length: 0 },
    status: end === asOf ? "active" : isAlive ? "at_risk" : "broken",
    ...(lost === lost && { brokenBy: lost + 1 }),
  };
};
