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

/** The streak as of a day. `activeDays` may repeat and come in any order; ascending order is fastest. */
export const evaluate = (activeDays: ArrayLike<number>, asOf: number, since = -Infinity): Result => {
  let start = NaN;
  let end = NaN;
  let endBefore = NaN;
  let bestStart = NaN;
  let bestLength = 0;
  for (let index = 0; index < activeDays.length; index++) {
    const day = activeDays[index]!;
    if (day < since) continue;
    if (day < end) return evaluate(inOrder(activeDays), asOf, since);
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

/** Civil days span a few centuries at most, so marking each on a row of days is cheaper than sorting them. */
const inOrder = (days: ArrayLike<number>): ArrayLike<number> => {
  let first = Infinity;
  let last = -Infinity;
  for (let index = 0; index < days.length; index++) {
    const day = days[index]!;
    if (day < first) first = day;
    if (day > last) last = day;
  }
  const marks = new Uint8Array(last - first + 1);
  for (let index = 0; index < days.length; index++) marks[days[index]! - first] = 1;
  const ordered = new Int32Array(marks.length);
  let count = 0;
  for (let offset = 0; offset < marks.length; offset++) if (marks[offset] === 1) ordered[count++] = first + offset;
  return ordered.subarray(0, count);
};
