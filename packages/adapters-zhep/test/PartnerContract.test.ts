/** What core relies on, whoever the partner is: the same clauses for the local stand-ins and for ZHEP. */
import { assert, describe, it } from "@effect/vitest";
import { Eligibility, HealthScore, Messaging, Payments } from "@zmos/core";
import * as Effect from "effect/Effect";
import { FakeZhep, Step } from "../src/testing/index.ts";
import * as Wire from "../src/Wire.ts";
import { connectedTenant, layerOf, type Mode, standaloneTenant } from "./support/Modes.ts";
import { bookingId, chargeOf, messageOf, scoreOf, visitOf } from "./support/Samples.ts";

const modes: ReadonlyArray<Mode> = ["ZMOS_ONLY", "ZMOS_ZHEP"];

describe.each(modes)("partners in %s", (mode) => {
  it.effect("cover a member in good standing, the same however often they are asked", () =>
    Effect.gen(function* () {
      const tenant = yield* connectedTenant;
      const eligibility = yield* Eligibility;
      const answers = yield* Effect.forEach([1, 2, 3], () => eligibility.check(visitOf(tenant.id)));
      assert.deepStrictEqual(
        answers.map(({ _tag }) => _tag),
        ["Entitled", "Entitled", "Entitled"],
      );
      const { ledger } = yield* FakeZhep;
      assert.strictEqual(ledger.visits.size, 0);
    }).pipe(Effect.provide(layerOf(mode))),
  );

  it.effect("record a visit, and say so again when told again", () =>
    Effect.gen(function* () {
      const tenant = yield* connectedTenant;
      const eligibility = yield* Eligibility;
      assert.strictEqual(yield* eligibility.recordVisit(visitOf(tenant.id), bookingId), "recorded");
      assert.strictEqual(yield* eligibility.recordVisit(visitOf(tenant.id), bookingId), "recorded");
    }).pipe(Effect.provide(layerOf(mode))),
  );

  it.effect("take a message, and take it again under the same key", () =>
    Effect.gen(function* () {
      const tenant = yield* connectedTenant;
      const messaging = yield* Messaging;
      assert.strictEqual(yield* messaging.send(messageOf(tenant.id)), "accepted");
      assert.strictEqual(yield* messaging.send(messageOf(tenant.id)), "accepted");
    }).pipe(Effect.provide(layerOf(mode))),
  );

  it.effect("settle a charge one way under one key", () =>
    Effect.gen(function* () {
      const tenant = yield* connectedTenant;
      const payments = yield* Payments;
      const first = yield* payments.charge(chargeOf(tenant.id));
      assert.include(["paid", "on_account"], first);
      assert.strictEqual(yield* payments.charge(chargeOf(tenant.id)), first);
    }).pipe(Effect.provide(layerOf(mode))),
  );

  it.effect("let no score out without the member's consent", () =>
    Effect.gen(function* () {
      const tenant = yield* connectedTenant;
      const healthScore = yield* HealthScore;
      assert.strictEqual(yield* healthScore.publish(scoreOf(tenant.id, false)), "withheld");
      assert.deepStrictEqual((yield* FakeZhep).asked, []);
    }).pipe(Effect.provide(layerOf(mode))),
  );

  it.effect("never fail, whatever the partner does", () =>
    Effect.gen(function* () {
      const tenant = yield* connectedTenant;
      const fake = yield* FakeZhep;
      const eligibility = yield* Eligibility;
      const messaging = yield* Messaging;
      const payments = yield* Payments;
      const healthScore = yield* HealthScore;
      const troubles = [Step.status(500), Step.cut("before"), Step.text("<html>"), Step.tooMany(0), Step.status(401)];
      for (const { path } of Wire.endpoints) fake.play(path, ...troubles);
      for (const _ of troubles) {
        const outcomes = [
          yield* eligibility.recordVisit(visitOf(tenant.id), bookingId),
          yield* messaging.send(messageOf(tenant.id)),
          yield* payments.charge(chargeOf(tenant.id)),
          yield* healthScore.publish(scoreOf(tenant.id, true)),
          (yield* eligibility.check(visitOf(tenant.id)))._tag,
        ];
        assert.deepStrictEqual(
          outcomes,
          mode === "ZMOS_ONLY"
            ? ["recorded", "accepted", "on_account", "withheld", "Entitled"]
            : ["unknown", "unknown", "unknown", "unknown", "Unknown"],
        );
      }
    }).pipe(Effect.provide(layerOf(mode, { ZHEP_RETRIES: "0" }))),
  );

  it.effect("keep away from ZHEP in everything that concerns a tenant that is not connected", () =>
    Effect.gen(function* () {
      const fake = yield* FakeZhep;
      const tenant = yield* standaloneTenant;
      assert.strictEqual((yield* (yield* Eligibility).check(visitOf(tenant.id, "party-lapsed")))._tag, "Entitled");
      assert.strictEqual(yield* (yield* Eligibility).recordVisit(visitOf(tenant.id), bookingId), "recorded");
      assert.strictEqual(yield* (yield* Messaging).send(messageOf(tenant.id)), "accepted");
      assert.strictEqual(yield* (yield* Payments).charge(chargeOf(tenant.id)), "on_account");
      assert.strictEqual(yield* (yield* HealthScore).publish(scoreOf(tenant.id, true)), "withheld");
      assert.deepStrictEqual(fake.asked, []);
    }).pipe(Effect.provide(layerOf(mode))),
  );
});
