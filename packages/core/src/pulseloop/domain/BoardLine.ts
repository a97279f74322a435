import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import type { RankStyle } from "./Challenge.ts";
import type { ChallengeStanding } from "./ChallengeStanding.ts";
import * as Leaderboard from "./Leaderboard.ts";

/**
 * A line of a board as it is shown.
 *
 * **Shape** `entrantId`: the member or team; only staff see whose a line is, everybody sees teams and which line is its own.
 * **Units** `value`: as the challenge's target; `reachedOn`: the civil day on which the goal was reached.
 */
export const BoardLine = Schema.Struct({
  rank: Schema.Int,
  name: Schema.String,
  entrantId: Schema.optionalKey(Schema.String),
  value: Schema.Finite,
  reachedOn: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "BoardLine" });
export type BoardLine = typeof BoardLine.Type;

/** A reader's own line, hidden or not, with those who are shown next to it, nearest last and nearest first. */
export const OwnLine = Schema.Struct({
  ...BoardLine.fields,
  isShown: Schema.Boolean,
  ahead: Schema.Array(BoardLine),
  behind: Schema.Array(BoardLine),
}).annotate({ identifier: "OwnLine" });
export type OwnLine = typeof OwnLine.Type;

/** Lines in the order of the board, with their ranks. **Shape** `start`: where the first of them stands. */
export const ranked = (
  lines: ReadonlyArray<ChallengeStanding>,
  style: typeof RankStyle.Type,
  start?: Leaderboard.Start,
): ReadonlyArray<ChallengeStanding & { readonly rank: number }> =>
  Leaderboard.rankFrom(
    lines.map((line) => ({ ...line, participantId: line.entrantId })),
    style,
    start,
  );

/** The line as a reader sees it. */
export const toBoardLine = (
  { rank, name, entrantId, value, reachedOn }: ChallengeStanding & { readonly rank: number },
  namesEntrant: boolean,
): BoardLine => ({
  rank,
  name,
  ...(namesEntrant && { entrantId }),
  value,
  ...(reachedOn !== undefined && { reachedOn }),
});
