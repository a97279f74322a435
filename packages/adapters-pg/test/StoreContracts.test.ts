import { assert, describe, it } from "@effect/vitest";
import { CivilDate, Principal } from "@zmos/core/kernel";
import { Platform } from "@zmos/core/platform";
import { PulseLoop } from "@zmos/core/pulseloop";
import {
  Challenges,
  factsTogether,
  Histories,
  incrementalIsBatch,
  rebuildMends,
  standingsAreBatch,
  storeContracts,
} from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import { TestClock } from "effect/testing";
import * as fc from "fast-check";
import { describeStores } from "./support/describeStores.ts";

const EVERY_ADAPTER = ["memory", "pglite", "postgres"];

describeStores("every store keeps the contract", EVERY_ADAPTER, (it) => {
  for (const { port, rule, check } of storeContracts) it.effect(`${port} ${rule}`, () => check);
});

describeStores("day cells", EVERY_ADAPTER, (it) => {
  it.effect(
    "are what a fold of the whole history gives, after any arrival of it (I7)",
    Effect.fnUntraced(function* () {
      const arrivals = fc.record({
        facts: Histories.historyAndArrival({ maxFacts: 15 }).map(([, facts]) => facts),
        batchSize: fc.integer({ min: 1, max: 12 }),
      });
      for (const arrival of fc.sample(arrivals, 10)) yield* TestClock.withLive(incrementalIsBatch(arrival));
    }, Effect.provide(PulseLoop.layerNoDeps)),
  );

  it.effect("are mended by a rebuild where they are not as the facts say (I14)", () =>
    Effect.provide(TestClock.withLive(rebuildMends), PulseLoop.layerNoDeps),
  );
});

describeStores("facts that many tell at once", EVERY_ADAPTER, (it) => {
  it.effect("are each recorded or refused as if they had been told one after the other", () =>
    Effect.provide(TestClock.withLive(factsTogether), PulseLoop.layerNoDeps),
  );
});

describeStores("facts of which the database cannot take one", ["pglite", "postgres"], (it) => {
  it.effect("are all recorded but that one, which alone is a defect", () =>
    Effect.gen(function* () {
      const { tenantId, memberId } = yield* someMember;
      const pulseLoop = yield* PulseLoop;
      const tell = (externalId: string) =>
        Effect.exit(
          pulseLoop.recordMovement({
            memberId,
            type: "gym_checkin",
            occurredAt: { precision: "day", day: CivilDate.of("2026-03-02") },
            source: "device",
            externalId,
            version: 1,
            isEnteredInError: false,
          }),
        );
      // No door lets a NUL in; PostgreSQL has no text that holds one.
      const names = ["1", "2", "3", "\u0000", "4", "5", "6", "7"];
      const exits = yield* Effect.forEach(names, tell, { concurrency: "unbounded" }).pipe(
        Effect.provideService(Principal, Principal.of({ tenantId, actorId: "gate", actorType: "host", roles: [] })),
      );
      const taken = exits.map((exit, index) => (Exit.isSuccess(exit) ? names[index] : undefined));
      assert.deepStrictEqual(taken, ["1", "2", "3", undefined, "4", "5", "6", "7"]);
    }).pipe(TestClock.withLive, Effect.provide(PulseLoop.layerNoDeps)),
  );
});

describeStores("boards", EVERY_ADAPTER, (it) => {
  it.effect(
    "are what a batch evaluation of the whole history gives, whoever joins and leaves meanwhile (I13)",
    Effect.fnUntraced(function* () {
      for (const arrival of fc.sample(Challenges.arrival({ maxFacts: 6 }), 6)) {
        yield* TestClock.withLive(standingsAreBatch(arrival));
      }
    }, Effect.provide(PulseLoop.layerNoDeps)),
  );
});

/** A member of a tenant of its own. */
const someMember = Effect.gen(function* () {
  const platform = yield* Platform;
  const { id: tenantId } = yield* platform.createTenant({ name: "Lavington Movement", timezone: "Africa/Nairobi" });
  const asHost = Effect.provideService(
    Principal,
    Principal.of({ tenantId, actorId: "gate", actorType: "host", roles: [] }),
  );
  const { id: memberId } = yield* asHost(platform.registerMember({ firstName: "Amina", lastName: "Otieno" }));
  return { tenantId, memberId };
}).pipe(Effect.provide(Platform.layerNoDeps));

describe("describeStores", () => {
  it("refuses an adapter that there is not, and no adapter at all", () => {
    assert.throws(() => describeStores("anything", ["sqlite"], () => undefined), /no adapter called sqlite/);
    assert.throws(() => describeStores("anything", [], () => undefined), /No adapter/);
  });
});
