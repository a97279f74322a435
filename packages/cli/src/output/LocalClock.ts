import { ZoneRules } from "@zmos/core";

const MILLIS_PER_MINUTE = 60_000;
const MINUTES_PER_DAY = 1_440;

/** What the clock of a place shows at an instant: `17:30`. */
export const localClock = (timezone: string, instant: number): string => {
  const minutes = Math.floor((instant + ZoneRules.offsetSecondsAt(timezone, instant) * 1_000) / MILLIS_PER_MINUTE);
  const ofDay = ((minutes % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return `${String(Math.floor(ofDay / 60)).padStart(2, "0")}:${String(ofDay % 60).padStart(2, "0")}`;
};
