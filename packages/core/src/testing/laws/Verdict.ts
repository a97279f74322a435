/**
 * What checking a law came to: it held in so many runs, or here is the smallest case found that breaks it, in words.
 */
import * as fc from "fast-check";

export type Verdict =
  | { readonly law: string; readonly holds: true; readonly runs: number }
  | {
      readonly law: string;
      readonly holds: false;
      readonly counterexample: ReadonlyArray<string>;
      readonly seed: number;
    };

export interface CheckOptions {
  readonly runs?: number;
  /** The same seed looks at the same cases. */
  readonly seed?: number;
}

/** Looks for a case for which `violation` has something to say, and shrinks it. */
export const search = <Case>(
  law: string,
  cases: fc.Arbitrary<Case>,
  violation: (one: Case) => ReadonlyArray<string> | undefined,
  { runs = 300, seed = 1 }: CheckOptions = {},
): Verdict => {
  const details = fc.check(
    fc.property(cases, (one) => violation(one) === undefined),
    { numRuns: runs, seed },
  );
  if (!details.failed) return { law, holds: true, runs: details.numRuns };
  const smallest = details.counterexample?.[0];
  const counterexample = smallest === undefined ? undefined : violation(smallest);
  return { law, holds: false, seed, counterexample: counterexample ?? [String(details.errorInstance)] };
};
