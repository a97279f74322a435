/**
 * Who stands where: a declared total order, and one of three ways to number it.
 *
 * **Shape** order: higher value first, then the earlier civil day on which it was reached, then the smaller id. Equal value
 * and day are a tie for `competition` (1-1-3) and `dense` (1-1-2); `ordinal` (1-2-3) never ties.
 *
 * **Invariant** the order depends on nothing else: no order of the entries, no wall clock, no zone.
 */
import type { CivilDate } from "../../kernel/CivilDate.ts";

export type RankStyle = "ordinal" | "competition" | "dense";

export interface Entry {
  readonly participantId: string;
  readonly value: number;
  readonly reachedOn?: CivilDate;
  /** Opted out of being shown: ranked like everyone, so that others' ranks stay true, and left out of what is listed. */
  readonly isHidden?: boolean;
}

export interface RankedEntry extends Entry {
  readonly rank: number;
}

/** The total order; negative when `left` stands before `right`. */
export const compare = (left: Entry, right: Entry): number =>
  compareStanding(left, right) ||
  (left.participantId < right.participantId ? -1 : left.participantId > right.participantId ? 1 : 0);

/** Everyone in order, with their rank. */
export const rank = (entries: ReadonlyArray<Entry>, style?: RankStyle): ReadonlyArray<RankedEntry> =>
  rankFrom(entries.toSorted(compare), style);

/** Where a stretch of the order begins: how many stand before its first entry, and the rank of that entry. */
export interface Start {
  readonly before: number;
  readonly rank: number;
}

/** A stretch of entries that are in order already, with their rank. */
export const rankFrom = <E extends Entry>(
  ordered: ReadonlyArray<E>,
  style: RankStyle = "competition",
  start: Start = { before: 0, rank: 1 },
): ReadonlyArray<E & { readonly rank: number }> => {
  let current = start.rank;
  return ordered.map((entry, index) => {
    const before = ordered[index - 1];
    const isTied = before === undefined || (style !== "ordinal" && compareStanding(before, entry) === 0);
    if (!isTied) current = style === "dense" ? current + 1 : start.before + index + 1;
    return { ...entry, rank: current };
  });
};

/** What is shown: the first so many that may be shown. */
export const top = (entries: ReadonlyArray<Entry>, count: number, style?: RankStyle): ReadonlyArray<RankedEntry> =>
  rank(entries, style)
    .filter(({ isHidden }) => isHidden !== true)
    .slice(0, count);

/** One participant's own rank, hidden or not; `undefined` when they do not take part. */
export const rankOf = (
  entries: ReadonlyArray<Entry>,
  participantId: string,
  style: RankStyle = "competition",
): number | undefined => {
  const own = entries.find((entry) => entry.participantId === participantId);
  if (own === undefined) return undefined;
  if (style === "ordinal") return 1 + entries.filter((entry) => compare(entry, own) < 0).length;
  const before = entries.filter((entry) => compareStanding(entry, own) < 0);
  return 1 + (style === "competition" ? before.length : new Set(before.map(standingKey)).size);
};

const compareStanding = (left: Entry, right: Entry): number =>
  right.value - left.value || compareDays(left.reachedOn, right.reachedOn);

/** Whoever has not reached anything yet comes after those who have. */
const compareDays = (left: CivilDate | undefined, right: CivilDate | undefined): number =>
  left === right ? 0 : left === undefined ? 1 : right === undefined ? -1 : left - right;

const standingKey = ({ value, reachedOn }: Entry): string => `${value} ${reachedOn ?? ""}`;
