const BARS = "▁▂▃▄▅▆▇█";

/** Shares as a row of bars, the last ones if there are more than fit; `undefined` is a period that has no say. */
export const sparkline = (shares: ReadonlyArray<number | undefined>, most = 26): string =>
  shares
    .slice(-most)
    .map((share) => (share === undefined ? "·" : BARS[Math.round(Math.min(1, Math.max(0, share)) * (BARS.length - 1))]))
    .join("");
