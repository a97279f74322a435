/**
 * What one member did on one civil day: the facts of the day as compact contributions, with the common totals cached.
 *
 * **Shape** contributions sorted by fact id, one per fact. A fact entered in error may stay as a mark that counts nothing,
 * so that it also withdraws a copy of itself that is merged in later; `prune` drops such marks.
 *
 * **Units** minutes; unknown duration or intensity is absent, counts as an event and never as minutes.
 *
 * **Invariant** `merge` is a join (associative, commutative, idempotent): no order, repetition or delay changes a cell.
 */
import * as Movement from "./Movement.ts";

export interface Contribution {
  readonly factId: string;
  readonly version: number;
  readonly type: Movement.MovementType;
  readonly source: Movement.Source;
  readonly sessionTypeId?: string;
  readonly locationId?: string;
  readonly tileId?: string;
  readonly intensity?: Movement.Intensity;
  readonly minutes?: number;
  /** Final, whatever version says otherwise. */
  readonly enteredInError?: true;
}

export interface DayCell {
  readonly contributions: ReadonlyArray<Contribution>;
  readonly events: number;
  readonly minutes: number;
  readonly moderateEquivalentMinutes: number;
}

export const empty: DayCell = { contributions: [], events: 0, minutes: 0, moderateEquivalentMinutes: 0 };

/** The cell of these contributions, in any order and with any repetition. */
export const of = (contributions: Iterable<Contribution>): DayCell => {
  const standing = new Map<string, Contribution>();
  for (const contribution of contributions) {
    const other = standing.get(contribution.factId);
    if (other === undefined || supersedes(contribution, other)) standing.set(contribution.factId, contribution);
  }
  return standing.size === 0 ? empty : withTotals([...standing.values()].toSorted(byFactId));
};

/** Adds a contribution, or replaces the one of the same fact if the new one supersedes it. */
export const put = (cell: DayCell, contribution: Contribution): DayCell => {
  const index = indexOf(cell, contribution.factId);
  const other = cell.contributions[index];
  if (other?.factId !== contribution.factId) return withTotals(cell.contributions.toSpliced(index, 0, contribution));
  return supersedes(contribution, other) ? withTotals(cell.contributions.with(index, contribution)) : cell;
};

/** The cell without this fact, as if it had never been recorded here. */
export const remove = (cell: DayCell, factId: string): DayCell => {
  const index = indexOf(cell, factId);
  return cell.contributions[index]?.factId === factId ? withTotals(cell.contributions.toSpliced(index, 1)) : cell;
};

/** The cell of everything either cell knows. */
export const merge = (left: DayCell, right: DayCell): DayCell =>
  left.contributions.length === 0
    ? right
    : right.contributions.length === 0
      ? left
      : of([...left.contributions, ...right.contributions]);

/** The cell without the marks of facts entered in error. */
export const prune = (cell: DayCell): DayCell =>
  cell.contributions.some(isInError) ? withTotals(cell.contributions.filter(isLive)) : cell;

/** Whether nothing counts on this day. */
export const isIdle = (cell: DayCell): boolean => cell.events === 0;

export const isLive = (contribution: Contribution): boolean => contribution.enteredInError !== true;

/**
 * Whether `next` stands instead of `previous`: entered in error wins, then the higher version.
 *
 * The same version with other content is refused where facts are recorded. Should two such contributions meet here all the
 * same, the order of their content decides, so that every reader arrives at the same cell.
 */
export const supersedes = (next: Contribution, previous: Contribution): boolean => {
  if (isLive(next) !== isLive(previous)) return isLive(previous);
  if (next.version !== previous.version) return next.version > previous.version;
  return contentKey(next) > contentKey(previous);
};

const isInError = (contribution: Contribution): boolean => !isLive(contribution);

/** No two contributions of a cell are of one fact. */
const byFactId = (left: Contribution, right: Contribution): number => (left.factId < right.factId ? -1 : 1);

const contentKey = (one: Contribution): string =>
  JSON.stringify([one.type, one.source, one.sessionTypeId, one.locationId, one.tileId, one.intensity, one.minutes]);

const indexOf = (cell: DayCell, factId: string): number => {
  let low = 0;
  let high = cell.contributions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cell.contributions[middle]!.factId < factId) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Totals are summed anew in the order of fact ids, so that fractions of minutes add up alike on every path. */
const withTotals = (contributions: ReadonlyArray<Contribution>): DayCell => {
  let events = 0;
  let minutes = 0;
  let moderateEquivalentMinutes = 0;
  for (const contribution of contributions) {
    if (!isLive(contribution)) continue;
    events += 1;
    minutes += contribution.minutes ?? 0;
    moderateEquivalentMinutes +=
      contribution.intensity === undefined
        ? 0
        : (contribution.minutes ?? 0) * Movement.moderateEquivalent[contribution.intensity];
  }
  return { contributions, events, minutes, moderateEquivalentMinutes };
};
