/**
 * A share as people read it, in per cent with one decimal where there is one. Rounded down, so that what falls short of a threshold never
 * reads as if it reached it.
 */
export const percent = (share: number): string => `${Math.floor(share * 1_000 + 1e-6) / 10} %`;
