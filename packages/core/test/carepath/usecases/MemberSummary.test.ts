import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { TestClock } from "effect/testing";
import { CarePath, MoveOs, PulseLoop, Zmos } from "../../../src/index.ts";
import { at, openGym } from "../../support/Gym.ts";

describe("a member at a glance", () => {
  it.effect("brings together streak, adherence, movements, challenges, journeys and what comes next", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(at("2026-03-02T06:00:00Z"));
      const { asOwner, join, session } = yield* openGym();
      const pulseLoop = yield* PulseLoop;
      const carePath = yield* CarePath;
      const { id: memberId } = yield* join("Amina");
      const challenge = yield* Effect.flatMap(
        Schema.decodeUnknownEffect(pulseLoop.createChallenge.command)({
          name: "March",
          kind: { kind: "cumulative", metric: { measure: "minutes" }, target: 100 },
          from: "2026-03-01",
          to: "2026-03-31",
        }),
        (command) => asOwner(pulseLoop.createChallenge(command)),
      );
      yield* asOwner(pulseLoop.joinChallenge({ challengeId: challenge.id, memberId }));
      const journey = yield* asOwner(
        carePath.createJourney({
          name: "Back to the hills",
          durationWeeks: 4,
          targetGoals: { sessionsPerWeek: 2, focusAreas: [] },
          phases: [],
          standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
        }),
      );
      const enrollment = yield* asOwner(carePath.enrolMember({ journeyId: journey.id, memberId }));
      const dropped = yield* asOwner(carePath.getMemberSummary({ memberId }));
      assert.strictEqual(dropped.streak.current.length, 0);

      const move = yield* Schema.decodeUnknownEffect(pulseLoop.recordMovement.command)({
        memberId,
        type: "home_workout",
        occurredAt: "2026-03-02",
        durationMinutes: 40,
      });
      const movement = yield* asOwner(pulseLoop.recordMovement(move));
      const booking = yield* asOwner(
        MoveOs.use((moveOs) => moveOs.bookSession({ memberId, sessionInstanceId: session.id })),
      );

      const summary = yield* asOwner(carePath.getMemberSummary({ memberId }));
      assert.strictEqual(summary.streak.current.length, 1);
      assert.deepStrictEqual(
        summary.recentMovements.map(({ id }) => id),
        [movement.id],
      );
      assert.deepStrictEqual(
        summary.challenges.map(({ challengeId, progress }) => [challengeId, progress.value]),
        [[challenge.id, 40]],
      );
      assert.deepStrictEqual(
        summary.journeys.map(({ enrollmentId }) => enrollmentId),
        [enrollment.id],
      );
      assert.deepStrictEqual(
        summary.upcoming.map(({ booking: { id } }) => id),
        [booking.id],
      );

      yield* asOwner(carePath.dropEnrollment({ journeyId: journey.id, enrollmentId: enrollment.id }));
      assert.deepStrictEqual((yield* asOwner(carePath.getMemberSummary({ memberId }))).journeys, []);
    }).pipe(Effect.provide(Zmos.layerMemory)),
  );
});
