import type { CivilDate, StreakRuleJson } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import {
  createChallenge,
  finaliseChallenge,
  getChallenge,
  getChallengeProgress,
  getLeaderboard,
  joinChallenge,
  leaveChallenge,
  listChallenges,
  listWouldChange,
  showOnBoard,
} from "./UseCases.ts";

const wanjiru = { memberId: "01a0a1f4-0000-7000-8000-000000000004" };

/** What members do together or against each other, and how they stand. */
export const Challenges = HttpApiGroup.make("challenges").add(
  HttpApiEndpoint.post("createChallenge", "/challenges", {
    payload: createChallenge.command,
    success: created(createChallenge.answer),
    error: changing("ChallengeImpossible"),
  }).annotateMerge(
    aboutCommand(
      "Set up a challenge",
      "So much in a window, so often a week, a streak, a best day, or a team's goal. What it asks is fixed from then on.",
      {
        name: "600 minutes",
        kind: { kind: "cumulative", metric: { measure: "minutes" }, target: 600 },
        from: "2026-01-01",
        to: "2026-12-31",
        join: "any_time_counting_back",
      },
    ),
  ),
  HttpApiEndpoint.get("listChallenges", "/challenges", {
    query: listChallenges.command,
    success: listChallenges.answer,
    error: reading(),
  }).annotateMerge(about("List challenges", "The tenant's challenges, oldest first.")),
  HttpApiEndpoint.get("getChallenge", "/challenges/:challengeId", {
    params: getChallenge.command,
    success: getChallenge.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a challenge", "One challenge: what it asks, when, and whether its result is final.")),
  HttpApiEndpoint.post("joinChallenge", "/challenges/:challengeId/join", {
    params: joinChallenge.command.mapFields(Struct.pick(["challengeId"])),
    payload: joinChallenge.command.mapFields(Struct.omit(["challengeId"])),
    success: created(joinChallenge.answer),
    error: changing("NotFound", "AlreadyJoined", "JoiningClosed", "TeamNotFitting", "ChallengeFinal"),
  }).annotateMerge(
    aboutCommand("Join a challenge", "A member joins for itself, staff for anybody; by its join policy.", wanjiru),
  ),
  HttpApiEndpoint.post("leaveChallenge", "/challenges/:challengeId/leave", {
    params: leaveChallenge.command.mapFields(Struct.pick(["challengeId"])),
    payload: leaveChallenge.command.mapFields(Struct.omit(["challengeId"])),
    success: leaveChallenge.answer,
    error: changing("NotFound", "NotParticipating", "ChallengeFinal"),
  }).annotateMerge(aboutCommand("Leave a challenge", "The member's line goes; its team counts without it.", wanjiru)),
  HttpApiEndpoint.post("showOnBoard", "/challenges/:challengeId/visibility", {
    params: showOnBoard.command.mapFields(Struct.pick(["challengeId"])),
    payload: showOnBoard.command.mapFields(Struct.omit(["challengeId"])),
    success: showOnBoard.answer,
    error: changing("NotFound", "NotParticipating"),
  }).annotateMerge(
    aboutCommand(
      "Show a member on the board, or not",
      "Who is not shown is ranked like everyone else, so that others' places stay true.",
      { ...wanjiru, isShown: false },
    ),
  ),
  HttpApiEndpoint.get("getChallengeProgress", "/challenges/:challengeId/progress", {
    params: getChallengeProgress.command.mapFields(Struct.pick(["challengeId"])),
    query: getChallengeProgress.command.mapFields(Struct.omit(["challengeId"])),
    success: getChallengeProgress.answer,
    error: reading("NotFound", "NotParticipating"),
  }).annotateMerge(
    about(
      "Get progress",
      "Value, target, periods and explanation: a member's own, anybody's or everybody's for staff.",
    ),
  ),
  HttpApiEndpoint.get("getLeaderboard", "/challenges/:challengeId/leaderboard", {
    params: getLeaderboard.command.mapFields(Struct.pick(["challengeId"])),
    query: getLeaderboard.command.mapFields(Struct.omit(["challengeId"])),
    success: getLeaderboard.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("Get the leaderboard", "Value, then the earlier day, then the id; and one's own place with its neighbours."),
  ),
  HttpApiEndpoint.post("finaliseChallenge", "/challenges/:challengeId/finalise", {
    params: finaliseChallenge.command.mapFields(Struct.pick(["challengeId"])),
    payload: finaliseChallenge.command.mapFields(Struct.omit(["challengeId"])),
    success: finaliseChallenge.answer,
    error: changing("NotFound", "ChallengeNotOver", "ChallengeFinal"),
  }).annotateMerge(
    aboutCommand(
      "Make the result final",
      "Once the grace is over in every zone. Again only with a reason, to take late facts in.",
      {},
    ),
  ),
  HttpApiEndpoint.get("listWouldChange", "/challenges/:challengeId/would-change", {
    params: listWouldChange.command.mapFields(Struct.pick(["challengeId"])),
    query: listWouldChange.command.mapFields(Struct.omit(["challengeId"])),
    success: listWouldChange.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("List what late facts would change", "Lines of a final result that facts which came later would change."),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate, StreakRuleJson };
