/** A period of a score: what was done in it, what was asked, and whether it has a say. */
import type * as Period from "./Period.ts";

export type Status = "met" | "excused" | "pending" | "missed";

export interface ScoredPeriod extends Period.Span {
  readonly actual: number;
  readonly target: number;
  /** Actual ÷ target as it counts; 1 when nothing was asked. */
  readonly ratio: number;
  readonly status: Status;
  /** Brought over from the period before. */
  readonly carried: number;
  /** Days that were not excused. */
  readonly openDays: number;
  /** Why this period has no say in the score; absent when it has. */
  readonly leftOut?: "excused" | "not_over" | "began_before_the_score" | "outside_the_window";
}

/** Whether something was asked on at least one of its days. */
export const isOpen = ({ openDays }: ScoredPeriod): boolean => openDays > 0;
