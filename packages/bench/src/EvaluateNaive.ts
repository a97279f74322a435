/** What a careful application does with a file of events: csv-parse, a set of ids, luxon for the day, and loops over dates. */
import { parse } from "csv-parse";
import { DateTime } from "luxon";
import { createReadStream } from "node:fs";

interface Row {
  readonly member_id: string;
  readonly occurred_at: string;
  readonly zone: string;
  readonly duration_minutes: string;
  readonly intensity: string;
  readonly external_id: string;
}

/** Moderate-equivalent minutes and events, by member and ISO date. */
const daysOf = async (path: string): Promise<Map<string, Map<string, number>>> => {
  const seen = new Set<string>();
  const members = new Map<string, Map<string, number>>();
  for await (const row of createReadStream(path).pipe(parse({ columns: true })) as AsyncIterable<Row>) {
    const key = `${row.member_id}/${row.external_id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const date = DateTime.fromISO(row.occurred_at, { zone: row.zone }).toISODate()!;
    let days = members.get(row.member_id);
    if (days === undefined) members.set(row.member_id, (days = new Map()));
    const weight = row.intensity === "vigorous" ? 2 : row.intensity === "moderate" ? 1 : 0;
    days.set(date, (days.get(date) ?? 0) + weight * Number(row.duration_minutes));
  }
  return members;
};

/** Current and best streak, by member. */
export const naiveStreaks = async (path: string, asOf: string): Promise<Map<string, string>> => {
  const answers = new Map<string, string>();
  for (const [member, days] of await daysOf(path)) {
    let day = DateTime.fromISO(asOf, { zone: "utc" });
    if (!days.has(day.toISODate()!)) day = day.minus({ days: 1 });
    let current = 0;
    for (; days.has(day.toISODate()!); day = day.minus({ days: 1 })) current++;
    let [best, run, expected] = [0, 0, ""];
    for (const date of [...days.keys()].filter((one) => one <= asOf).toSorted()) {
      run = date === expected ? run + 1 : 1;
      best = Math.max(best, run);
      expected = DateTime.fromISO(date, { zone: "utc" }).plus({ days: 1 }).toISODate()!;
    }
    answers.set(member, `${current} ${best}`);
  }
  return answers;
};

/** The mean of the last four full weeks' moderate-equivalent minutes ÷ 150, at most 1 each, by member. */
export const naiveWho150 = async (path: string, asOf: string): Promise<Map<string, string>> => {
  const answers = new Map<string, string>();
  const thisWeek = DateTime.fromISO(asOf, { zone: "utc" }).startOf("week");
  for (const [member, days] of await daysOf(path)) {
    let sum = 0;
    for (let week = 4; week >= 1; week--) {
      let minutes = 0;
      for (let day = 0; day < 7; day++) {
        minutes += days.get(thisWeek.minus({ weeks: week }).plus({ days: day }).toISODate()!) ?? 0;
      }
      sum += Math.min(1, minutes / 150);
    }
    answers.set(member, (sum / 4).toFixed(9));
  }
  return answers;
};
