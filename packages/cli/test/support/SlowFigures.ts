/**
 * The demo's figures once more, straight from the file, as slowly and plainly as can be. Shares no code with the product: days are
 * texts, and every question goes through all rows again.
 */
import { readFileSync } from "node:fs";

const FILE = new URL("../../../../examples/data/fitbit-2016/daily-activity.csv", import.meta.url);
const FIRST_DAY = "2016-04-12";
const LAST_DAY = "2016-05-12";
const MONDAYS = ["2016-04-18", "2016-04-25", "2016-05-02", "2016-05-09"];

const nextDay = (day: string): string => {
  const noon = new Date(`${day}T12:00:00Z`);
  noon.setUTCDate(noon.getUTCDate() + 1);
  return noon.toISOString().slice(0, 10);
};

const daysFrom = (first: string, last: string): ReadonlyArray<string> => {
  const days = [];
  for (let day = first; day <= last; day = nextDay(day)) days.push(day);
  return days;
};

export const slowFigures = () => {
  const [, ...lines] = readFileSync(FILE, "utf8").trim().split("\n");
  const rows = lines.map((line) => line.trim().split(","));
  const participants = [...new Set(rows.map(([participant]) => participant ?? ""))];

  return participants.map((participant) => {
    const minutesOn = (day: string): number => {
      let minutes = 0;
      for (const [who, when, , veryActive, fairlyActive] of rows) {
        if (who === participant && when === day) minutes += 2 * Number(veryActive) + Number(fairlyActive);
      }
      return minutes;
    };
    const minutesIn = (first: string, last: string): number =>
      daysFrom(first, last).reduce((sum, day) => sum + minutesOn(day), 0);
    const isActive = (day: string): boolean => minutesOn(day) >= 30;

    const days = daysFrom(FIRST_DAY, LAST_DAY);
    let [run, bestStreak] = [0, 0];
    for (const day of days) {
      run = isActive(day) ? run + 1 : 0;
      bestStreak = Math.max(bestStreak, run);
    }
    // Today can still become active, so it does not end a streak that yesterday had.
    const isActiveToday = isActive(LAST_DAY);
    const counted = isActiveToday ? days : days.slice(0, -1);
    let currentStreak = 0;
    while (currentStreak < counted.length && isActive(counted[counted.length - 1 - currentStreak] ?? ""))
      currentStreak++;

    const weeks = MONDAYS.map((monday, index) => ({
      monday,
      minutes: minutesIn(monday, index === MONDAYS.length - 1 ? LAST_DAY : (daysFrom(monday, LAST_DAY)[6] ?? "")),
    }));
    const full = weeks.slice(0, -1).reduce((sum, { minutes }) => sum + minutes, 0);
    return {
      participant,
      month: minutesIn("2016-05-01", LAST_DAY),
      weeks,
      currentStreak,
      bestStreak,
      isAtRisk: currentStreak > 0 && !isActiveToday,
      adherence: Math.min(1, full / (3 * 150)),
    };
  });
};
