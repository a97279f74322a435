/** Files of movement events for the benchmark: a year of many members, in order of time, one event in fifty told twice. */
import { closeSync, openSync, writeSync } from "node:fs";

const zones = [
  "Africa/Nairobi",
  "Europe/Vienna",
  "America/New_York",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Australia/Lord_Howe",
];
const types = ["class_attendance", "gym_checkin", "home_workout"];
const intensities = ["light", "moderate", "vigorous", ""];
const from = Date.UTC(2025, 0, 1);
const spanMillis = 365 * 86_400_000;

/** The civil day as of which the files are evaluated. */
export const asOf = "2025-12-31";

export interface BenchFile {
  readonly path: string;
  readonly lines: number;
  readonly members: number;
}

/** Writes so many lines; the same ones every time. */
export const writeEvents = ({ path, lines, members }: BenchFile): void => {
  const file = openSync(path, "w");
  let state = 88_172_645;
  const random = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4_294_967_296;
  };
  let text = "member_id,occurred_at,zone,type,duration_minutes,intensity,external_id\n";
  let before = "";
  for (let line = 0; line < lines; line++) {
    if (line % 50 !== 49) {
      const member = Math.floor(random() * members);
      const at = new Date(from + Math.floor((spanMillis * line) / lines)).toISOString().slice(0, 19);
      const minutes = 10 + Math.floor(random() * 80);
      before = `m${String(member).padStart(6, "0")},${at}Z,${zones[member % zones.length]},${types[line % 3]},${minutes},${intensities[Math.floor(random() * 4)]},evt-${String(line).padStart(9, "0")}\n`;
    }
    text += before;
    if (text.length > 1 << 20) {
      writeSync(file, text);
      text = "";
    }
  }
  writeSync(file, text);
  closeSync(file);
};
