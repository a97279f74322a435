import { CivilDate, type Instant, type MemberId, PulseLoop, type Standing } from "@zmos/core";
import * as Effect from "effect/Effect";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Happening, playBookingStory } from "../demo/BookingStory.ts";
import * as Karura from "../demo/KaruraClub.ts";
import { asClub, ensureTenant, loadParticipants, setUpClub } from "../demo/LoadDemo.ts";
import { localTime, makeStoryClock } from "../demo/StoryClock.ts";
import { openInstallation } from "../Installation.ts";
import { standingColumns } from "../output/StandingColumns.ts";
import { type Column, table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { amount, days, percent, words } from "../output/Words.ts";
import type { Settings } from "../Settings.ts";
import { requireDatabase } from "./RequireDatabase.ts";

const DAY = CivilDate.of(Karura.LAST_DAY);
const RANKS_SHOWN = 10;

/** A participant's weeks. **Units** moderate-equivalent minutes. */
interface Weeks {
  readonly name: string;
  readonly weeks: ReadonlyArray<{
    readonly from: CivilDate.CivilDate;
    readonly actual: number;
    readonly isOver: boolean;
  }>;
  readonly score: number | undefined;
  readonly band: string | undefined;
}

/** `zmos demo`: the whole story once, as of 2016-05-12, computed by the product as it is told. */
export const demo = Effect.fn("demo")(function* (settings: Settings) {
  yield* requireDatabase(settings, "demo");
  // Only where somebody says so: an environment that names a database means it for other things than a demo.
  const services = yield* openInstallation(
    settings.isDatabaseTyped ? settings : { dataDir: yield* temporaryFolder, databaseUrl: undefined },
  );
  const clock = yield* makeStoryClock(localTime(Karura.club.timezone, Karura.LAST_DAY, 5, 0));
  const { story, standings, weeks } = yield* Effect.provide(clock.provide(play(clock)), services);
  if (settings.json) {
    return yield* print(
      JSON.stringify({ asOf: Karura.LAST_DAY, story, standings: standings.items, weeks: weeks.map(wire) }),
    );
  }
  yield* print(tellAll({ story, standings: standings.items, weeks }));
});

const temporaryFolder = Effect.acquireRelease(
  Effect.promise(() => mkdtemp(join(tmpdir(), "zmos-demo-"))),
  (folder) => Effect.promise(() => rm(folder, { recursive: true, force: true })),
);

const play = Effect.fnUntraced(function* (clock: Effect.Success<ReturnType<typeof makeStoryClock>>) {
  const tenantId = yield* ensureTenant();
  const club = yield* setUpClub(tenantId);
  const participants = yield* loadParticipants(tenantId);
  const { happenings } = yield* playBookingStory(club, DAY, clock);
  yield* clock.set(evening);
  const pulseLoop = yield* PulseLoop;
  const read = Effect.gen(function* () {
    const standings = yield* pulseLoop.getStandings({ asOf: DAY });
    const weeks = yield* Effect.forEach(participants, ([name, memberId]) => weeksOf(name, memberId));
    return { standings, weeks };
  });
  return { story: happenings, ...(yield* asClub(tenantId)(read)) };
});

const evening: Instant = localTime(Karura.club.timezone, Karura.LAST_DAY, 21, 0);

const weeksOf = Effect.fnUntraced(function* (name: string, memberId: MemberId) {
  const { periods, score, band } = yield* (yield* PulseLoop).getAdherenceSummary({ memberId, asOf: DAY });
  return {
    name,
    weeks: periods.map(({ from, actual, leftOut }) => ({ from, actual, isOver: leftOut === undefined })),
    score,
    band,
  } satisfies Weeks;
});

const wire = ({ weeks, ...rest }: Weeks) => ({
  ...rest,
  weeks: weeks.map(({ from, ...week }) => ({ from: CivilDate.toIso(from), ...week })),
});

interface Told {
  readonly story: ReadonlyArray<Happening>;
  readonly standings: ReadonlyArray<Standing>;
  readonly weeks: ReadonlyArray<Weeks>;
}

const tellAll = ({ story, standings, weeks }: Told): string => {
  const atRisk = standings.filter(({ streakStatus }) => streakStatus === "at_risk");
  return [
    title(`${Karura.club.name}, ${Karura.LAST_DAY}`),
    "A class of four, and five people who want to come.",
    "",
    table(storyColumns, story),
    "",
    title("Streaks: days in a row with at least 30 moderate-equivalent minutes"),
    `A streak is running for ${count(standings, ({ currentStreak }) => currentStreak > 0)} of ${standings.length} members; the longest:`,
    "",
    table(
      streakColumns,
      top(standings, ({ currentStreak }) => currentStreak),
    ),
    "",
    title("Weeks against the 150 moderate-equivalent minutes that the WHO recommends"),
    "A minute of vigorous effort counts twice. The week of 05-09 is still going on.",
    "",
    table(weekColumns(weeks), weeks),
    "",
    title("Who is at risk: a streak that ends today unless they move"),
    `${atRisk.length} members; those with most to lose:`,
    "",
    table(
      riskColumns,
      top(atRisk, ({ currentStreak }) => currentStreak),
    ),
    "",
    title("The leaderboard of the month"),
    "Moderate-equivalent minutes since the first of May, and since Monday.",
    "",
    table(standingColumns, standings.slice(0, RANKS_SHOWN)),
    "",
    "Every figure was computed by the product just now, from one movement event a person, day and intensity.",
    "Next: npm start serves the same club; npm run -s zmos -- --help lists the commands.",
  ].join("\n");
};

const title = (text: string): string => `\n${styled("bold", text)}`;
const count = <A>(items: ReadonlyArray<A>, holds: (item: A) => boolean): number => items.filter(holds).length;
const top = (standings: ReadonlyArray<Standing>, by: (standing: Standing) => number): ReadonlyArray<Standing> =>
  standings.toSorted((left, right) => by(right) - by(left) || left.rank - right.rank).slice(0, RANKS_SHOWN);
const fullName = ({ firstName, lastName }: Standing): string => `${firstName} ${lastName}`;

const storyColumns: ReadonlyArray<Column<Happening>> = [
  { title: "Time", of: ({ time }) => time },
  { title: "Who", of: ({ who }) => who },
  { title: "Does", of: ({ what }) => what },
  { title: "And then", of: ({ outcome, isRefusal }) => (isRefusal ? styled("red", outcome) : outcome) },
];

const streakColumns: ReadonlyArray<Column<Standing>> = [
  { title: "Member", of: fullName },
  { title: "In a row", align: "right", of: ({ currentStreak }) => days(currentStreak) },
  { title: "Best", align: "right", of: ({ bestStreak }) => days(bestStreak) },
  { title: "Now", of: ({ streakStatus }) => words(streakStatus) },
];

const riskColumns: ReadonlyArray<Column<Standing>> = [
  { title: "Member", of: fullName },
  { title: "To lose", align: "right", of: ({ currentStreak }) => days(currentStreak) },
  { title: "This week", align: "right", of: ({ week, weekTarget }) => `${amount(week)} of ${amount(weekTarget)}` },
  { title: "Adherence", align: "right", of: ({ score }) => percent(score) },
];

const weekColumns = (weeks: ReadonlyArray<Weeks>): ReadonlyArray<Column<Weeks>> => [
  { title: "Participant", of: ({ name }) => name },
  ...(weeks[0]?.weeks ?? []).map(({ from }): Column<Weeks> => ({
    title: CivilDate.toIso(from).slice(5),
    align: "right",
    of: ({ weeks }) => {
      const week = weeks.find((candidate) => candidate.from === from);
      return week === undefined ? "" : styled(week.actual >= 150 ? "green" : "yellow", amount(week.actual));
    },
  })),
  {
    title: "Met",
    align: "right",
    of: ({ weeks }) =>
      `${count(weeks, ({ actual, isOver }) => isOver && actual >= 150)} of ${count(weeks, ({ isOver }) => isOver)}`,
  },
  { title: "Adherence", align: "right", of: ({ score }) => percent(score) },
  { title: "", of: ({ band }) => (band === undefined ? "" : words(band)) },
];
