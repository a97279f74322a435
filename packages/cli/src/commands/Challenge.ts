/** `zmos challenge list | create | join | progress | leaderboard`: what members take on together. */
import {
  type Challenge,
  ChallengeId,
  ChallengeTeamId,
  CivilDate,
  CreateChallenge,
  type ParticipantProgress,
} from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { readRule } from "../evaluate/RuleFiles.ts";
import { findMember } from "../FindMember.ts";
import { type Column, table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { amount, percent, words } from "../output/Words.ts";
import { readId } from "../ReadId.ts";
import type { Settings } from "../Settings.ts";
import { asOfQuery } from "./AsOf.ts";

/** `zmos challenge list` */
export const listChallenges = Effect.fn("listChallenges")(function* (settings: Settings) {
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.challenges.listChallenges({ query: { limit: 100 }, responseMode: "decoded-and-response" }),
  );
  if (settings.json) return yield* print(text);
  if (answer.items.length === 0) return yield* print("No challenge has been set up yet.");
  yield* print(
    table<Challenge>(
      [
        { title: "Challenge", of: ({ name }) => name },
        { title: "Asks", of: ({ kind }) => words(kind.kind) },
        { title: "From", of: ({ from }) => CivilDate.toIso(from) },
        { title: "To", of: ({ to }) => CivilDate.toIso(to) },
        { title: "Result", of: ({ status }) => status },
        { title: "Id", of: ({ id }) => id, isWhole: true },
      ],
      answer.items,
    ),
  );
});

/** `zmos challenge create FILE` */
export const createChallenge = Effect.fn("createChallenge")(function* (settings: Settings, file: string) {
  const payload = yield* readRule(file, CreateChallenge, "a challenge");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.challenges.createChallenge({ payload, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : tellChallenge(answer));
});

interface JoinOptions {
  readonly team?: string;
  readonly name?: string;
  readonly hidden?: boolean;
}

/** `zmos challenge join CHALLENGE MEMBER` */
export const joinChallenge = Effect.fn("joinChallenge")(function* (
  settings: Settings,
  challenge: string,
  member: string,
  { team, name, hidden }: JoinOptions,
) {
  const challengeId = yield* readId(ChallengeId, challenge, "a challenge");
  const teamId = team === undefined ? undefined : yield* readId(ChallengeTeamId, team, "a team");
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, member);
  const { answer, text } = yield* withText(
    api.challenges.joinChallenge({
      params: { challengeId },
      payload: {
        memberId,
        ...(name !== undefined && { displayName: name }),
        ...(hidden === true && { isShown: false }),
        ...(teamId !== undefined && { teamId }),
      },
      responseMode: "decoded-and-response",
    }),
  );
  const { displayName, joinedOn, isShown } = answer;
  const shown = isShown ? `on the board as ${displayName}` : "ranked, and not shown on the board";
  yield* print(settings.json ? text : `${styled("bold", "joined")} on ${CivilDate.toIso(joinedOn)}: ${shown}`);
});

interface ProgressOptions {
  readonly asOf?: string;
  readonly explain?: boolean;
}

/** `zmos challenge progress CHALLENGE [MEMBER]` */
export const progress = Effect.fn("progress")(function* (
  settings: Settings,
  challenge: string,
  member: string | undefined,
  { asOf, explain }: ProgressOptions,
) {
  const challengeId = yield* readId(ChallengeId, challenge, "a challenge");
  const query = yield* asOfQuery(asOf);
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.challenges.getChallengeProgress({
      params: { challengeId },
      query: { limit: 100, ...query, ...(member !== undefined && { memberId: yield* findMember(api, member) }) },
      responseMode: "decoded-and-response",
    }),
  );
  if (settings.json) return yield* print(text);
  if (answer.items.length === 0) return yield* print("Nobody takes part yet.");
  const told = explain === true ? answer.items.map(explained).join("\n\n") : table(progressColumns, answer.items);
  yield* print(told);
});

/** `zmos challenge leaderboard CHALLENGE` */
export const leaderboard = Effect.fn("leaderboard")(function* (settings: Settings, challenge: string) {
  const challengeId = yield* readId(ChallengeId, challenge, "a challenge");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.challenges.getLeaderboard({
      params: { challengeId },
      query: { limit: 100 },
      responseMode: "decoded-and-response",
    }),
  );
  if (settings.json) return yield* print(text);
  if (answer.items.length === 0) return yield* print("Nobody is on the board yet.");
  yield* print(
    table(
      [
        { title: "#", align: "right", of: ({ rank }) => String(rank) },
        { title: "Name", of: ({ name }) => name },
        { title: "Value", align: "right", of: ({ value }) => amount(value) },
        { title: "Reached", of: ({ reachedOn }) => (reachedOn === undefined ? "" : CivilDate.toIso(reachedOn)) },
      ],
      answer.items,
    ),
  );
});

type Progress = typeof ParticipantProgress.Type;

const progressColumns: ReadonlyArray<Column<Progress>> = [
  { title: "Name", of: ({ name }) => name },
  { title: "Joined", of: ({ joinedOn }) => CivilDate.toIso(joinedOn) },
  { title: "Done", align: "right", of: ({ value, target }) => `${amount(value)} of ${amount(target)}` },
  { title: "", align: "right", of: ({ fraction }) => percent(fraction) },
  { title: "Reached", of: ({ reachedOn }) => (reachedOn === undefined ? "" : CivilDate.toIso(reachedOn)) },
];

/** The sentence, and what does not count and why. */
const explained = ({ name, explanation: { text, days, leftOut } }: Progress): string =>
  [
    `${styled("bold", name)}: ${text}`,
    ...days.map((one) => `  ${CivilDate.toIso(one.day)}  ${amount(one.amount)}`),
    ...leftOut.map((one) => `  ${CivilDate.toIso(one.day)}  does not count: ${words(one.reason)}`),
  ].join("\n");

const tellChallenge = ({ id, name, from, to, teams }: Challenge): string =>
  [
    `${styled("bold", name)}, ${CivilDate.toIso(from)} to ${CivilDate.toIso(to)}: challenge ${id}`,
    ...teams.map((team) => `  ${team.name}: team ${team.id}`),
  ].join("\n");
