import { inspect } from "node:util";
import { assert, describe, it } from "@effect/vitest";
import { Eligibility, HealthScore, Messaging, Payments } from "@zmos/core";
import * as Clock from "effect/Clock";
import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import * as Schedule from "effect/Schedule";
import { TestClock } from "effect/testing";
import { CHARGE_LIMIT_MINOR_UNITS, FakeZhep, Step } from "../src/testing/index.ts";
import * as Wire from "../src/Wire.ts";
import { connectedTenant, layerWith } from "./support/Modes.ts";
import { at, bookingId, chargeOf, messageOf, scoreOf, visitOf } from "./support/Samples.ts";

const CHECK = Wire.checkEligibility.path;
const VISITS = Wire.recordVisit.path;
const SCORES = Wire.publishScore.path;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** A connected tenant, its eligibility, and ZHEP's other end. */
const scene = Effect.gen(function* () {
  const fake = yield* FakeZhep;
  const tenant = yield* connectedTenant;
  const eligibility = yield* Eligibility;
  return { fake, tenant, check: eligibility.check(visitOf(tenant.id)), eligibility };
});

describe("what ZHEP is sent", () => {
  it.effect("is who we are, a request id, and as idempotency key the booking's id", () =>
    Effect.gen(function* () {
      const { fake, tenant, eligibility } = yield* scene;
      yield* eligibility.recordVisit(visitOf(tenant.id), bookingId);
      const [asked] = fake.askedAt(VISITS);
      assert.match(asked?.headers["x-request-id"] ?? "", UUID_V7);
      assert.strictEqual(asked?.headers["idempotency-key"], bookingId);
      assert.match(asked?.headers["authorization"] ?? "", /^Basic /);
      assert.strictEqual(JSON.parse(asked?.body ?? "").startTime, "2026-03-07T03:00:00.000Z");
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("is one key for one message, whatever the key is made of, and another for another tenant's", () =>
    Effect.gen(function* () {
      const { fake, tenant } = yield* scene;
      const other = yield* connectedTenant;
      const messaging = yield* Messaging;
      yield* messaging.send(messageOf(tenant.id));
      yield* messaging.send(messageOf(tenant.id));
      yield* messaging.send(messageOf(other.id));
      assert.deepStrictEqual(
        fake.ledger.messages.map(({ tenantId }) => tenantId),
        [tenant.id, other.id],
      );
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("is a score only with consent, and then nothing but the score", () =>
    Effect.gen(function* () {
      const { fake, tenant } = yield* scene;
      const healthScore = yield* HealthScore;
      assert.strictEqual(yield* healthScore.publish(scoreOf(tenant.id, false)), "withheld");
      assert.strictEqual(yield* healthScore.publish(scoreOf(tenant.id, true)), "accepted");
      assert.strictEqual(fake.askedAt(SCORES).length, 1);
      assert.deepStrictEqual(Object.keys(JSON.parse(fake.askedAt(SCORES)[0]?.body ?? "")).toSorted(), [
        "asOf",
        "formula",
        "memberId",
        "tenantId",
        "value",
      ]);
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("is never what the wire contract cannot say: a score that is no number", () =>
    Effect.gen(function* () {
      const { fake, tenant } = yield* scene;
      const healthScore = yield* HealthScore;
      const score = { ...scoreOf(tenant.id, true), value: Number.NaN };
      assert.strictEqual(yield* healthScore.publish(score), "unknown");
      assert.strictEqual(fake.asked.length, 0);
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("is a charge, which may be declined", () =>
    Effect.gen(function* () {
      const { tenant } = yield* scene;
      const payments = yield* Payments;
      assert.strictEqual(yield* payments.charge(chargeOf(tenant.id, CHARGE_LIMIT_MINOR_UNITS)), "paid");
      const another = { ...chargeOf(tenant.id, CHARGE_LIMIT_MINOR_UNITS + 1), key: "another" };
      assert.strictEqual(yield* payments.charge(another), "declined");
    }).pipe(Effect.provide(layerWith({}))),
  );
});

describe("a partner that answers badly", () => {
  const garbage: ReadonlyArray<readonly [string, Step.Step]> = [
    ["a web page", Step.text("<html>ok</html>")],
    ["nothing at all", Step.text("")],
    ["no content", Step.status(204)],
    ["half a document", Step.text('{"outcome":"entitled","source":"ZH')],
    ["an outcome nobody agreed on", Step.json({ outcome: "maybe" })],
    ["an answer without its reason", Step.json({ outcome: "not_entitled" })],
    ["a retry time beneath zero", Step.json({ outcome: "unknown", retryAfterSeconds: -1 })],
    ["a retry time that is a text", Step.json({ outcome: "unknown", retryAfterSeconds: "30" })],
    ["a list", Step.json([{ outcome: "entitled", source: "x" }])],
    ["null", Step.json(null)],
    ["a prototype", Step.text('{"__proto__":{"outcome":"entitled","source":"x"}}')],
    ["JSON thirty thousand deep", Step.text("[".repeat(30_000) + "]".repeat(30_000))],
    ["somebody else's answer", Step.mixed],
    ["a connection cut in the middle", Step.cut("midway")],
    ["a good answer under status 300", Step.json({ outcome: "entitled", source: "x" }, 300)],
    ["a good answer under status 404", Step.json({ outcome: "entitled", source: "x" }, 404)],
    ["a good answer under status 500", Step.json({ outcome: "entitled", source: "x" }, 500)],
    ["a redirect", Step.status(307, { location: "/api/eligibility/check" })],
    ["an answer that never ends", Step.flood],
  ];
  it.effect.each(garbage)("knows nothing: %s", ([, step]) =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, step);
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 5 });
      assert.strictEqual(fake.askedAt(CHECK).length, 1);
      assert.strictEqual((yield* check)._tag, "Entitled");
    }).pipe(Effect.provide(layerWith({ retries: 0 }))),
  );

  it.effect("is read to the limit and not beyond: one byte less is an answer, one more is none", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      const answer = JSON.stringify({ outcome: "entitled", source: "ZHEP benefit" });
      fake.play(
        CHECK,
        Step.text(answer.padEnd(2_047)),
        Step.text(answer.padEnd(2_048)),
        Step.text(answer.padEnd(2_049)),
      );
      const tags = [(yield* check)._tag, (yield* check)._tag, (yield* check)._tag];
      assert.deepStrictEqual(tags, ["Entitled", "Entitled", "Unknown"]);
    }).pipe(Effect.provide(layerWith({ maxAnswerBytes: 2_048 }))),
  );

  it.effect("may add fields we do not know", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, Step.json({ outcome: "entitled", source: "gold", tier: 3 }));
      assert.deepStrictEqual(yield* check, { _tag: "Entitled", source: "gold" });
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("may answer twice on one connection: the second answer is nobody's", () =>
    Effect.gen(function* () {
      const { fake, tenant, check, eligibility } = yield* scene;
      fake.play(CHECK, Step.twice);
      assert.strictEqual((yield* check)._tag, "Entitled");
      assert.strictEqual((yield* eligibility.check(visitOf(tenant.id, "party-lapsed")))._tag, "NotEntitled");
      assert.strictEqual((yield* check)._tag, "Entitled");
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.live("may answer out of order: everybody gets their own answer", () =>
    Effect.gen(function* () {
      const { fake, tenant, eligibility } = yield* scene;
      fake.play(CHECK, Step.held, Step.held);
      const first = yield* Effect.forkChild(eligibility.check(visitOf(tenant.id, "party-amina")));
      yield* until(() => fake.askedAt(CHECK).length === 1);
      const second = yield* Effect.forkChild(eligibility.check(visitOf(tenant.id, "party-lapsed")));
      yield* until(() => fake.askedAt(CHECK).length === 2);
      fake.release();
      assert.strictEqual((yield* Fiber.join(first))._tag, "Entitled");
      assert.strictEqual((yield* Fiber.join(second))._tag, "NotEntitled");
    }).pipe(Effect.provide(layerWith({}))),
  );
});

describe("a partner that does not answer", () => {
  it.live("costs a caller the deadline and no more", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, Step.hang);
      const from = yield* Clock.currentTimeMillis;
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 5 });
      const tookMillis = (yield* Clock.currentTimeMillis) - from;
      assert.isAtLeast(tookMillis, 190);
      assert.isBelow(tookMillis, 1_500);
    }).pipe(Effect.provide(layerWith({ deadlineMillis: 200, retries: 3 }))),
  );

  it.live("is not waited for when it is late, and heard when it is in time", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, Step.late(3_000), Step.late(50));
      assert.strictEqual((yield* check)._tag, "Unknown");
      assert.strictEqual((yield* check)._tag, "Entitled");
    }).pipe(Effect.provide(layerWith({ deadlineMillis: 1_000 }))),
  );

  it.live("is unknown when nobody is there at all", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      yield* Effect.promise(() => fake.close());
      assert.strictEqual((yield* check)._tag, "Unknown");
      yield* Effect.promise(() => fake.open());
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.live("is asked once more after a server error or a cut line, not after nonsense, a refusal or a full house", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      const timesAsked = Effect.fnUntraced(function* (step: Step.Step) {
        const before = fake.askedAt(CHECK).length;
        fake.play(CHECK, step);
        yield* check;
        return fake.askedAt(CHECK).length - before;
      });
      assert.strictEqual(yield* timesAsked(Step.status(503)), 2);
      assert.strictEqual(yield* timesAsked(Step.cut("before")), 2);
      assert.strictEqual(yield* timesAsked(Step.text("nonsense")), 1);
      assert.strictEqual(yield* timesAsked(Step.status(400)), 1);
      assert.strictEqual(yield* timesAsked(Step.tooMany(0)), 1);
      assert.strictEqual(yield* timesAsked(Step.usual), 1);
    }).pipe(Effect.provide(layerWith({ retries: 1 }))),
  );

  it.live("counts a visit once when its answer was lost and the visit is told again", () =>
    Effect.gen(function* () {
      const { fake, tenant, eligibility } = yield* scene;
      fake.play(VISITS, Step.cut("after"));
      assert.strictEqual(yield* eligibility.recordVisit(visitOf(tenant.id), bookingId), "recorded");
      assert.strictEqual(yield* eligibility.recordVisit(visitOf(tenant.id), bookingId), "recorded");
      assert.strictEqual(fake.askedAt(VISITS).length, 3);
      assert.deepStrictEqual([...fake.ledger.visits.keys()], [bookingId]);
    }).pipe(Effect.provide(layerWith({ retries: 1 }))),
  );
});

describe("what is logged of a call that failed", () => {
  it.effect("names the path, the request id and the kind; no token, name, body or secret", () => {
    const lines: Array<string> = [];
    const keep = Logger.make(({ message }) => lines.push(inspect(message, { depth: 10 })));
    return Effect.gen(function* () {
      const { fake, tenant, check } = yield* scene;
      const messaging = yield* Messaging;
      fake.play(CHECK, Step.status(401), Step.text("nonsense"), Step.cut("before"));
      fake.play(Wire.sendMessage.path, Step.status(500));
      for (let calls = 1; calls <= 3; calls++) yield* check;
      yield* messaging.send(messageOf(tenant.id));
      const log = lines.join("\n");
      assert.strictEqual(lines.length, 4);
      for (const kind of ["refused", "garbage", "cut", "broken"]) assert.include(log, kind);
      assert.include(log, fake.askedAt(CHECK)[0]?.headers["x-request-id"] ?? "none");
      for (const secret of ["sesame", "Basic", "party-amina", "Morning Spin", "nonsense"])
        assert.notInclude(log, secret);
    }).pipe(Effect.provide(layerWith({ retries: 0 }).pipe(Layer.provideMerge(Logger.layer([keep])))));
  });
});

describe("a partner that asks for patience", () => {
  it.effect("is not asked again before the time it named, and callers learn how long that is", () =>
    Effect.gen(function* () {
      const { fake, tenant, check, eligibility } = yield* scene;
      fake.play(CHECK, Step.tooMany(20));
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 20 });
      yield* TestClock.adjust("19500 millis");
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 1 });
      assert.strictEqual(fake.askedAt(CHECK).length, 1);
      // One path that is full says nothing about another.
      assert.strictEqual(yield* eligibility.recordVisit(visitOf(tenant.id), bookingId), "recorded");
      yield* TestClock.adjust("500 millis");
      assert.strictEqual((yield* check)._tag, "Entitled");
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("is waited for when it is down and says when it will be back", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, Step.status(503, { "retry-after": "60" }));
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 60 });
      yield* TestClock.adjust("59 seconds");
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 1 });
      assert.strictEqual(fake.askedAt(CHECK).length, 1);
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("may name a date", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(at("2026-03-06T12:00:00Z"));
      const { fake, check } = yield* scene;
      fake.play(CHECK, Step.tooMany("Fri, 06 Mar 2026 12:01:30 GMT"));
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 90 });
    }).pipe(Effect.provide(layerWith({}))),
  );
});

describe("the circuit breaker", () => {
  const options = { retries: 0, breakerFailures: 3, breakerOpenSeconds: 10 };

  it.effect("opens after failures in a row, leaves the path alone, and closes when a probe succeeds", () =>
    Effect.gen(function* () {
      const { fake, tenant, check, eligibility } = yield* scene;
      fake.play(CHECK, Step.status(500), Step.text("nonsense"), Step.cut("before"));
      for (let failures = 1; failures <= 3; failures++) assert.strictEqual((yield* check)._tag, "Unknown");
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 10 });
      assert.strictEqual(fake.askedAt(CHECK).length, 3);
      assert.strictEqual(yield* eligibility.recordVisit(visitOf(tenant.id), bookingId), "recorded");

      yield* TestClock.adjust("10 seconds");
      assert.strictEqual((yield* check)._tag, "Entitled");
      assert.strictEqual((yield* check)._tag, "Entitled");
      assert.strictEqual(fake.askedAt(CHECK).length, 5);
    }).pipe(Effect.provide(layerWith(options))),
  );

  it.effect("stays open, for longer, when the probe fails too", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, ...Array.from({ length: 4 }, () => Step.status(500)));
      for (let failures = 1; failures <= 3; failures++) yield* check;
      yield* TestClock.adjust("10 seconds");
      yield* check;
      assert.strictEqual(fake.askedAt(CHECK).length, 4);
      assert.deepStrictEqual(yield* check, { _tag: "Unknown", retryAfterSeconds: 20 });
      assert.strictEqual(fake.askedAt(CHECK).length, 4);
    }).pipe(Effect.provide(layerWith(options))),
  );

  it.effect("opens for a partner that is full and does not say for how long", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, Step.status(429), Step.status(429), Step.tooMany("soon"));
      for (let calls = 1; calls <= 4; calls++) yield* check;
      assert.strictEqual(fake.askedAt(CHECK).length, 3);
    }).pipe(Effect.provide(layerWith(options))),
  );

  it.effect("does not open below the number of failures, nor for refusals, which are answers", () =>
    Effect.gen(function* () {
      const { fake, check } = yield* scene;
      fake.play(CHECK, Step.status(500), Step.status(500), Step.usual, Step.status(500), Step.status(500));
      for (let calls = 1; calls <= 5; calls++) yield* check;
      fake.play(CHECK, ...Array.from({ length: 4 }, () => Step.status(401)));
      for (let calls = 1; calls <= 4; calls++) yield* check;
      assert.strictEqual((yield* check)._tag, "Entitled");
      assert.strictEqual(fake.askedAt(CHECK).length, 10);
    }).pipe(Effect.provide(layerWith(options))),
  );
});

const until = (isSo: () => boolean) =>
  Effect.suspend(() => (isSo() ? Effect.void : Effect.fail("not yet"))).pipe(
    Effect.retry({ times: 400, schedule: Schedule.spaced("10 millis") }),
  );
