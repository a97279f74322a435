/** A simulated gym as lines of CSV: what stands of each fact, told as often as it was told. */
import { CivilDate } from "@zmos/core/kernel";
import type { GymSimulator } from "@zmos/core/testing";
import { EVENT_COLUMNS } from "./EventReader.ts";

export const headers = {
  events: `${EVENT_COLUMNS.join(",")}\n`,
  members: "member_id,from,to\n",
  excused: "member_id,from,to,reason\n",
} as const;

/** The facts that stand, in the order in which they arrived; a fact that arrived twice is there twice. */
export const eventLines = (facts: ReadonlyArray<GymSimulator.SimulatedFact>): ReadonlyArray<string> => {
  const standing = new Map<string, GymSimulator.SimulatedFact>();
  for (const fact of facts) {
    const other = standing.get(fact.externalId);
    if (other === undefined || supersedes(fact, other)) standing.set(fact.externalId, fact);
  }
  return facts
    .filter((fact) => {
      const last = standing.get(fact.externalId);
      return last !== undefined && !last.enteredInError && last.version === fact.version;
    })
    .map(lineOf);
};

const supersedes = (next: GymSimulator.SimulatedFact, other: GymSimulator.SimulatedFact): boolean =>
  next.enteredInError === other.enteredInError ? next.version > other.version : next.enteredInError;

const lineOf = (fact: GymSimulator.SimulatedFact): string =>
  `${fact.memberId},${instantText(fact.occurredAt)},${fact.zone},${fact.type},${fact.minutes ?? ""},${fact.intensity ?? ""},${fact.externalId}\n`;

const DAY_MILLIS = 86_400_000;
const dayTexts = new Map<number, string>();

/** ISO 8601 in UTC, to the second. */
const instantText = (millis: number): string => {
  const day = Math.floor(millis / DAY_MILLIS);
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = CivilDate.toIso(CivilDate.fromEpochDay(day));
    dayTexts.set(day, text);
  }
  const second = Math.floor((millis - day * DAY_MILLIS) / 1_000);
  return `${text}T${two(Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}Z`;
};

const two = (number: number): string => (number < 10 ? `0${number}` : String(number));

export const memberLine = ({ memberId, since }: GymSimulator.SimulatedMember): string =>
  `${memberId},${CivilDate.toIso(since)},\n`;

export const excusedLines = ({ memberId, excuses }: GymSimulator.SimulatedMember): ReadonlyArray<string> =>
  excuses.map(
    ({ from, to, reason }) =>
      `${memberId},${CivilDate.toIso(from)},${to === undefined ? "" : CivilDate.toIso(to)},${reason}\n`,
  );
