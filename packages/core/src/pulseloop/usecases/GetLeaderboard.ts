import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { ChallengeId, MemberId, type TenantId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, type Position } from "../../kernel/Page.ts";
import type { PrincipalClaims } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { allows, authorize, MemberStore } from "../../platform/index.ts";
import { BoardLine, OwnLine, ranked, toBoardLine } from "../domain/BoardLine.ts";
import { type Challenge, ChallengeStatus, isForTeams, RankStyle } from "../domain/Challenge.ts";
import type { ChallengeStanding, EntrantId } from "../domain/ChallengeStanding.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { ParticipantStore } from "../ports/ParticipantStore.ts";
import { type Place, StandingStore } from "../ports/StandingStore.ts";

/** **Shape** `memberId`: whose own line is shown besides; a member's is its own. */
export const GetLeaderboard = Schema.Struct({
  challengeId: ChallengeId,
  memberId: Schema.optionalKey(MemberId),
  ...pageFields,
}).annotate({ identifier: "GetLeaderboard" });

/** A stretch of a challenge's board. **Shape** `me`: the line of the member asked about, if it takes part. */
export const LeaderboardPage = Schema.Struct({
  challengeId: ChallengeId,
  status: ChallengeStatus,
  rankStyle: RankStyle,
  ...Page(BoardLine).fields,
  me: Schema.optionalKey(OwnLine),
}).annotate({ identifier: "Leaderboard" });

/** How many neighbours stand on each side of one's own line. */
const NEIGHBOURS = 2;

/**
 * A challenge's board: value, then the earlier day the goal was reached, then the smaller id. Read from lines that are kept as facts arrive;
 * no fact is read. Who opted out of being shown holds its place and is left out of what is listed.
 */
export const getLeaderboard = UseCase.query(
  "GetLeaderboard",
  {
    command: GetLeaderboard,
    answer: LeaderboardPage,
    first: ({ memberId }) => authorizeReading(memberId),
  },
  function* (command, principal) {
    const { tenantId } = principal;
    const challenge = yield* ChallengeStore.use((store) => store.find(tenantId, command.challengeId));
    const { id: challengeId, status, rankStyle } = challenge;
    const { memberId } = command;
    if (memberId !== undefined) yield* MemberStore.use((members) => members.find(tenantId, memberId));
    const own = yield* entrantOf(tenantId, challenge, memberId ?? ownId(principal));
    const namesEntrants = isForTeams(challenge) || allows(principal, "member:read");
    const isNamed = ({ entrantId }: ChallengeStanding) => namesEntrants || entrantId === own;
    const { limit, after } = pageRequest(command);
    const { shown, next } = yield* shownFrom(tenantId, challenge, limit, after && placeOf(after));
    const me = own && (yield* ownLine(tenantId, challenge, own));
    return {
      challengeId,
      status,
      rankStyle,
      items: shown.map((line) => toBoardLine(line, isNamed(line))),
      ...(next !== undefined && { nextCursor: positionOf(next) }),
      ...(me !== undefined && {
        me: {
          ...toBoardLine(me.line, true),
          isShown: !me.line.isHidden,
          ahead: me.ahead.map((line) => toBoardLine(line, isNamed(line))),
          behind: me.behind.map((line) => toBoardLine(line, isNamed(line))),
        },
      }),
    };
  },
);

/** Everybody who may read a board sees it; only staff ask how somebody else stands. */
const authorizeReading = Effect.fnUntraced(function* (memberId: MemberId | undefined) {
  if (memberId !== undefined) yield* authorize("movement:read", memberId);
  return yield* authorize("challenge:read");
});

const ownId = ({ actorType, actorId }: PrincipalClaims): MemberId | undefined =>
  actorType === "member" ? MemberId.make(actorId) : undefined;

const entrantOf = Effect.fnUntraced(function* (tenantId: TenantId, challenge: Challenge, memberId?: MemberId) {
  if (memberId === undefined || !isForTeams(challenge)) return memberId;
  const participants = yield* ParticipantStore;
  return (yield* participants.find(tenantId, challenge.id, memberId))?.teamId;
});

/** The next lines that are shown, ranked among all, and the place of the last where more follow. */
const shownFrom = Effect.fnUntraced(function* (
  tenantId: TenantId,
  { id, rankStyle }: Challenge,
  limit: number,
  after?: Place,
) {
  const standings = yield* StandingStore;
  const lines: Array<ChallengeStanding> = [];
  let shown = 0;
  for (let chunk = limit + 1, from = after; shown <= limit; chunk *= 2) {
    const found = yield* standings.page(tenantId, id, { limit: chunk, ...(from && { from }) });
    lines.push(...found);
    shown = lines.filter(({ isHidden }) => !isHidden).length;
    if (found.length < chunk) break;
    from = found.at(-1);
  }
  const [first] = lines;
  const start = after && first ? yield* standings.start(tenantId, id, first, rankStyle) : undefined;
  const visible = ranked(lines, rankStyle, start).filter(({ isHidden }) => !isHidden);
  const listed = visible.slice(0, limit);
  return { shown: listed, next: visible.length > limit ? listed.at(-1) : undefined };
});

/** An entrant's own line and its neighbours; ranks are counted from the first of them, by index. */
const ownLine = Effect.fnUntraced(function* (tenantId: TenantId, { id, rankStyle }: Challenge, entrantId: EntrantId) {
  const standings = yield* StandingStore;
  const mine = yield* standings.find(tenantId, id, entrantId);
  if (mine === undefined) return undefined;
  const limit = NEIGHBOURS * 2;
  const [before, after] = yield* Effect.all(
    [
      standings.page(tenantId, id, { limit, from: mine, backwards: true }),
      standings.page(tenantId, id, { limit, from: mine }),
    ],
    { concurrency: 2 },
  );
  const lines = [...before.toReversed(), mine, ...after];
  const start = yield* standings.start(tenantId, id, lines[0] ?? mine, rankStyle);
  const all = ranked(lines, rankStyle, start);
  const line = all[before.length];
  if (line === undefined) return undefined;
  const isShown = ({ isHidden }: ChallengeStanding) => !isHidden;
  return {
    line,
    ahead: all.slice(0, before.length).filter(isShown).slice(-NEIGHBOURS),
    behind: all
      .slice(before.length + 1)
      .filter(isShown)
      .slice(0, NEIGHBOURS),
  };
});

const positionOf = ({ value, reachedOn, entrantId }: Place): Position => [
  String(value),
  reachedOn === undefined ? "" : CivilDate.toIso(reachedOn),
  entrantId,
];

/** The place a cursor names; a cursor that somebody made up begins at the beginning. */
const placeOf = ([value = "", day = "", entrantId = ""]: Position): Place | undefined => {
  const reachedOn = day === "" ? undefined : CivilDate.fromIso(day);
  const isPlace = value !== "" && Number.isFinite(Number(value)) && (day === "" || reachedOn !== undefined);
  return isPlace && Schema.is(MemberId)(entrantId)
    ? { value: Number(value), entrantId, ...(reachedOn !== undefined && { reachedOn }) }
    : undefined;
};
