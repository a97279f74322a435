/**
 * The chain of met periods that ends with the last one, and the longest chain ever, over a row of period statuses.
 *
 * **Shape** statuses in order of time; chains name periods by their index.
 *
 * **Invariant** excused and pending periods neither add nor break; turning any status into `met` shortens no chain.
 *
 * Freezes are derived. A freeze is worth `earnEvery` met periods; the member's stock grows by one part with each met period
 * and stands still while it is full. Walking back, each missed period takes a freeze as long as the stock that was there at
 * that time carries it and every later one: so the most recent gap comes first, and more movement never lowers a streak.
 */
export type PeriodStatus = "met" | "excused" | "pending" | "missed";

export interface Freezes {
  readonly initial: number;
  /** Met periods that earn one more; without it none is earned. */
  readonly earnEvery?: number;
  /** The most a member can hold at once. */
  readonly cap: number;
}

export interface Chain {
  readonly length: number;
  /** First and last met period, -1 when there is none. */
  readonly first: number;
  readonly last: number;
  /** Missed periods that took a freeze, most recent first. */
  readonly frozen: ReadonlyArray<number>;
  /** The missed period before the chain, -1 when the row ended. */
  readonly stoppedAt: number;
}

export interface Chains {
  readonly current: Chain;
  readonly best: Chain;
  /** The missed period with which the streak before the current one was lost, -1 when there was none. */
  readonly brokenBy: number;
  readonly freezesLeft: number;
}

export const noFreezes: Freezes = { initial: 0, cap: 0 };

export const evaluate = (statuses: ReadonlyArray<PeriodStatus>, freezes: Freezes = noFreezes): Chains => {
  // The stock is counted in parts, `unit` of them to a freeze, so that everything stays whole numbers.
  const unit = freezes.earnEvery ?? 1;
  const gain = freezes.earnEvery === undefined ? 0 : 1;
  const full = freezes.cap * unit;
  const start = Math.min(full, freezes.initial * unit);

  // What the member would hold before each period, had none ever been spent.
  const stock: Array<number> = [];
  let unspent = start;
  for (const status of statuses) {
    stock.push(unspent);
    if (status === "met") unspent = Math.min(full, unspent + gain);
  }

  const chainEndingAt = (end: number): Chain => {
    let length = 0;
    let first = -1;
    let last = -1;
    let owed = 0;
    const gaps: Array<number> = [];
    let index = end;
    for (; index >= 0; index--) {
      if (statuses[index] === "met") {
        length++;
        first = index;
        if (last < 0) last = index;
        owed = Math.max(0, owed - gain);
      } else if (statuses[index] === "missed") {
        owed += unit;
        if (owed > stock[index]!) break;
        gaps.push(index);
      }
    }
    return { length, first, last, frozen: gaps.filter((gap) => first >= 0 && gap > first), stoppedAt: index };
  };

  const current = chainEndingAt(statuses.length - 1);

  let best = current;
  let beforeMissed = true;
  for (let index = statuses.length - 1; index >= 0; index--) {
    if (statuses[index] === "missed") beforeMissed = true;
    if (statuses[index] === "met" && beforeMissed) {
      beforeMissed = false;
      const chain = chainEndingAt(index);
      if (chain.length > best.length) best = chain;
    }
  }

  let held = start;
  statuses.forEach((status, index) => {
    if (status === "met") held = Math.min(full, held + gain);
    else if (current.frozen.includes(index)) held -= unit;
  });

  const lastBefore = statuses.lastIndexOf("met", current.length > 0 ? current.first - 1 : statuses.length - 1);
  let brokenBy = -1;
  if (lastBefore >= 0 && current.first !== 0) {
    const until = current.length > 0 ? current.first : statuses.length;
    brokenBy = lastBefore + 1;
    while (brokenBy < until && !(statuses[brokenBy] === "missed" && chainEndingAt(brokenBy).length === 0)) brokenBy++;
    if (brokenBy === until) brokenBy = current.stoppedAt;
  }

  return { current, best, brokenBy, freezesLeft: Math.floor(held / unit) };
};
