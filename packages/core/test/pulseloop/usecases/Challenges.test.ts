import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { TestClock } from "effect/testing";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { EventLog, type MemberId, Platform, PulseLoop, UnitOfWork, Zmos } from "../../../src/index.ts";
import { at, openGym } from "../../support/Gym.ts";

const june = { from: "2026-06-01", to: "2026-06-30" };
const minutes = { kind: "cumulative", metric: { measure: "minutes" }, target: 100 };

const setting = Effect.gen(function* () {
  yield* TestClock.setTime(at("2026-05-20T09:00:00Z"));
  const gym = yield* openGym();
  const pulseLoop = yield* PulseLoop;
  const { asOwner, tenant } = gym;
  const challenge = (more: object = {}) =>
    Effect.flatMap(
      Schema.decodeUnknownEffect(pulseLoop.createChallenge.command)({ name: "June", kind: minutes, ...june, ...more }),
      (command) => asOwner(pulseLoop.createChallenge(command)),
    );
  const move = (memberId: MemberId, day: string, durationMinutes: number, more: object = {}) =>
    Effect.flatMap(
      Schema.decodeUnknownEffect(pulseLoop.recordMovement.command)({
        memberId,
        type: "home_workout",
        occurredAt: day,
        durationMinutes,
        ...more,
      }),
      (command) => asOwner(pulseLoop.recordMovement(command)),
    );
  const eventTypes = Effect.map(
    UnitOfWork.use((units) =>
      units.read(
        tenant.id,
        EventLog.use((log) => log.audit(tenant.id, { limit: 200 })),
      ),
    ),
    ({ rows }) => rows.map(({ type }) => type),
  );
  return { ...gym, pulseLoop, challenge, move, eventTypes };
});

const inMemory = Effect.provide(Zmos.layerMemory);

describe("challenges", () => {
  it.effect("are joined to the last day there is where the member lives, and by the join policy", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, challenge, join } = yield* setting;
      const early = yield* challenge({ join: "before_start" });
      const open = yield* challenge({ join: "any_time" });
      const members = [yield* join("A"), yield* join("B"), yield* join("C"), yield* join("D")] as const;
      const joining = (challengeId: typeof early.id, memberId: MemberId) =>
        asOwner(pulseLoop.joinChallenge({ challengeId, memberId }));
      // 31 May, 23:59 in Nairobi.
      yield* TestClock.setTime(at("2026-05-31T20:59:00Z"));
      assert.strictEqual((yield* joining(early.id, members[0].id)).joinedOn, CivilDate.of("2026-05-31"));
      yield* TestClock.setTime(at("2026-05-31T21:00:00Z"));
      const started = yield* Effect.flip(joining(early.id, members[1].id));
      assert.deepInclude(started, { _tag: "JoiningClosed", reason: "already_started" });
      yield* TestClock.setTime(at("2026-06-30T20:59:00Z"));
      yield* joining(open.id, members[2].id);
      yield* TestClock.setTime(at("2026-06-30T21:00:00Z"));
      const over = yield* Effect.flip(joining(open.id, members[3].id));
      assert.deepInclude(over, { _tag: "JoiningClosed", reason: "is_over" });
    }).pipe(inMemory),
  );

  it.effect("count back or from the day of joining, as they say, and tell what they left out", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, challenge, join, move } = yield* setting;
      const back = yield* challenge({ join: "any_time_counting_back" });
      const forth = yield* challenge({ join: "any_time", sources: ["manual"] });
      const { id: memberId } = yield* join("Amina");
      yield* TestClock.setTime(at("2026-06-10T09:00:00Z"));
      yield* move(memberId, "2026-06-05", 40);
      yield* asOwner(pulseLoop.joinChallenge({ challengeId: back.id, memberId }));
      yield* asOwner(pulseLoop.joinChallenge({ challengeId: forth.id, memberId }));
      yield* move(memberId, "2026-06-10", 60);
      yield* move(memberId, "2026-06-10", 5, { source: "import" });
      const progress = Effect.fnUntraced(function* (challengeId: typeof back.id) {
        const { items } = yield* asOwner(pulseLoop.getChallengeProgress({ challengeId, memberId }));
        return items[0]!;
      });
      const all = yield* progress(back.id);
      assert.deepInclude(all, { value: 105, isReached: true, reachedOn: CivilDate.of("2026-06-10") });
      assert.strictEqual(
        all.explanation.days.reduce((sum, { amount }) => sum + amount, 0),
        all.value,
      );
      const some = yield* progress(forth.id);
      assert.strictEqual(some.value, 60);
      assert.deepStrictEqual(
        some.explanation.leftOut.map(({ reason }) => reason),
        ["before_joining", "other_source"],
      );
      const board = yield* asOwner(pulseLoop.getLeaderboard({ challengeId: forth.id, memberId }));
      assert.deepInclude(board.me, { rank: 1, value: 60 });
    }).pipe(inMemory),
  );

  it.effect(
    "are final once their grace is over everywhere; late facts are listed, and taken in only for a reason",
    () =>
      Effect.gen(function* () {
        const { asOwner, pulseLoop, challenge, join, move, eventTypes } = yield* setting;
        const { id: challengeId } = yield* challenge({ graceDays: 2 });
        const { id: memberId } = yield* join("Amina");
        yield* asOwner(pulseLoop.joinChallenge({ challengeId, memberId }));
        yield* TestClock.setTime(at("2026-07-03T11:59:59.999Z"));
        yield* move(memberId, "2026-06-30", 40);
        const finalise = (reason?: string) =>
          asOwner(pulseLoop.finaliseChallenge({ challengeId, ...(reason !== undefined && { reason }) }));
        assert.strictEqual((yield* Effect.flip(finalise()))._tag, "ChallengeNotOver");
        yield* TestClock.setTime(at("2026-07-03T12:00:00Z"));
        assert.strictEqual((yield* finalise()).changed, 0);
        yield* move(memberId, "2026-06-29", 70);
        const value = Effect.map(
          asOwner(pulseLoop.getLeaderboard({ challengeId })),
          ({ items, status }) => `${status} ${items[0]?.value}`,
        );
        assert.strictEqual(yield* value, "final 40");
        const late = yield* asOwner(pulseLoop.listWouldChange({ challengeId }));
        assert.deepInclude(late.items[0], { value: 40, nowValue: 110, nowReachedOn: CivilDate.of("2026-06-30") });
        assert.strictEqual((yield* Effect.flip(finalise()))._tag, "ChallengeFinal");
        const leaving = yield* Effect.flip(asOwner(pulseLoop.leaveChallenge({ challengeId, memberId })));
        assert.strictEqual(leaving._tag, "ChallengeFinal");
        assert.strictEqual((yield* finalise("The watch was offline.")).changed, 1);
        assert.strictEqual(yield* value, "final 110");
        assert.includeMembers([...(yield* eventTypes)], ["ChallengeFinalised", "ChallengeRefinalised"]);
      }).pipe(inMemory),
  );

  it.effect("of streaks follow excuses that are granted and ended, also backwards", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, challenge, join, move } = yield* setting;
      const rule = { period: { kind: "day" }, thresholds: [{ metric: { measure: "events" }, atLeast: 1 }] };
      const { id: challengeId } = yield* challenge({ kind: { kind: "streak", rule, target: 3 } });
      const { id: memberId } = yield* join("Amina");
      yield* asOwner(pulseLoop.joinChallenge({ challengeId, memberId }));
      yield* TestClock.setTime(at("2026-06-10T09:00:00Z"));
      for (const day of ["2026-06-01", "2026-06-02", "2026-06-04"]) yield* move(memberId, day, 10);
      const value = Effect.map(asOwner(pulseLoop.getLeaderboard({ challengeId })), ({ items }) => items[0]?.value);
      assert.strictEqual(yield* value, 2);
      const day = CivilDate.of("2026-06-03");
      const excuse = yield* asOwner(pulseLoop.grantExcuse({ memberId, from: day, to: day, reason: "illness" }));
      assert.strictEqual(yield* value, 3);
      yield* asOwner(pulseLoop.endExcuse({ excuseId: excuse.id, isEnteredInError: true }));
      assert.strictEqual(yield* value, 2);
    }).pipe(inMemory),
  );

  it.effect("of teams add up who is in the team, and ask which", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, challenge, join, move } = yield* setting;
      const kind = { kind: "team", metric: { measure: "minutes" }, target: 100 };
      const { id: challengeId, teams } = yield* challenge({ kind, teams: ["Reds", "Blues"] });
      const amina = yield* join("Amina");
      const brian = yield* join("Brian");
      const missing = yield* Effect.flip(asOwner(pulseLoop.joinChallenge({ challengeId, memberId: amina.id })));
      assert.strictEqual(missing._tag, "TeamNotFitting");
      for (const { id: memberId } of [amina, brian]) {
        yield* asOwner(pulseLoop.joinChallenge({ challengeId, memberId, teamId: teams[0]!.id }));
      }
      yield* TestClock.setTime(at("2026-06-10T09:00:00Z"));
      yield* move(amina.id, "2026-06-02", 40);
      yield* move(brian.id, "2026-06-03", 60);
      const board = yield* asOwner(pulseLoop.getLeaderboard({ challengeId, memberId: brian.id }));
      assert.deepStrictEqual(
        board.items.map(({ name, value }) => `${name} ${value}`),
        ["Reds 100", "Blues 0"],
      );
      assert.deepInclude(board.me, { name: "Reds", reachedOn: CivilDate.of("2026-06-03") });
      yield* asOwner(pulseLoop.leaveChallenge({ challengeId, memberId: brian.id }));
      const after = yield* asOwner(pulseLoop.getLeaderboard({ challengeId }));
      assert.strictEqual(after.items[0]?.value, 40);
    }).pipe(inMemory),
  );

  it.effect("name a member by its first name and one letter, unless it says otherwise", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, challenge } = yield* setting;
      const platform = yield* Platform;
      const { id: challengeId } = yield* challenge();
      const { id: memberId } = yield* asOwner(platform.registerMember({ firstName: "Zoë", lastName: "𝒪tieno" }));
      const joined = yield* asOwner(pulseLoop.joinChallenge({ challengeId, memberId }));
      assert.strictEqual(joined.displayName, "Zoë 𝒪.");
      yield* asOwner(pulseLoop.showOnBoard({ challengeId, memberId, isShown: true, displayName: "Zed" }));
      const { items } = yield* asOwner(pulseLoop.getLeaderboard({ challengeId }));
      assert.strictEqual(items[0]?.name, "Zed");
    }).pipe(inMemory),
  );
});
