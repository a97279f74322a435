import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import { TestClock } from "effect/testing";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { MovementTileId, PulseLoop, Zmos } from "../../../src/index.ts";
import { actingAs, at, openGym } from "../../support/Gym.ts";
import { told } from "../../support/Movements.ts";

const day = CivilDate.of;
const inMemory = Effect.provide(Zmos.layerMemory);

const setting = Effect.gen(function* () {
  yield* TestClock.setTime(at("2026-03-06T22:00:00Z"));
  const gym = yield* openGym();
  const pulseLoop = yield* PulseLoop;
  const amina = yield* gym.join("Amina");
  const squats = yield* gym.asOwner(
    pulseLoop.createTile({ name: "Ten squats", durationMinutes: 2.5, intensity: "vigorous", category: "strength" }),
  );
  const { durationMinutes: _, ...fact } = yield* told(amina.id, { type: "tile_completion", tileId: squats.id });
  return { ...gym, pulseLoop, amina, squats, fact };
});

describe("tiles", () => {
  it.effect("lend a completion their duration and intensity where it tells none", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, squats, fact } = yield* setting;
      const plain = yield* asOwner(pulseLoop.recordMovement(fact));
      assert.deepInclude(plain, { tileId: squats.id, durationMinutes: 2.5, intensity: "vigorous" });
      const own = yield* asOwner(pulseLoop.recordMovement({ ...fact, durationMinutes: 0, intensity: "light" }));
      assert.deepInclude(own, { durationMinutes: 0, intensity: "light" });
    }).pipe(inMemory),
  );

  it.effect("must exist to be done or assigned", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, fact } = yield* setting;
      const tileId = MovementTileId.make("0195f000-0000-7000-8000-00000000dead");
      const done = yield* Effect.flip(asOwner(pulseLoop.recordMovement({ ...fact, tileId })));
      assert.deepInclude(done, { _tag: "NotFound", entityType: "Tile", entityId: tileId });
      const batch = yield* Effect.flip(asOwner(pulseLoop.recordMovements({ events: [fact, { ...fact, tileId }] })));
      assert.deepStrictEqual(batch._tag === "MovementsRefused" && batch.errors.map(({ path }) => path), [
        "/events/1/tileId",
      ]);
      const assigned = yield* Effect.flip(asOwner(pulseLoop.assignTile({ memberId: amina.id, tileId })));
      assert.deepInclude(assigned, { _tag: "NotFound", entityType: "Tile" });
    }).pipe(inMemory),
  );

  it.effect("are assigned from today where the member lives, and say how often they were done since", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, squats, fact } = yield* setting;
      const open = yield* asOwner(pulseLoop.assignTile({ memberId: amina.id, tileId: squats.id }));
      assert.strictEqual(open.from, day("2026-03-07"));
      const early = { memberId: amina.id, tileId: squats.id, from: day("2026-03-01"), to: day("2026-03-02") };
      yield* asOwner(pulseLoop.assignTile(early));
      const on = (date: string) => ({ ...fact, occurredAt: { precision: "day", day: day(date) } as const });
      const other = yield* told(amina.id, { occurredAt: "2026-03-07" });
      yield* asOwner(
        pulseLoop.recordMovements({ events: [on("2026-03-02"), on("2026-03-07"), on("2026-03-07"), other] }),
      );
      const { items } = yield* asOwner(pulseLoop.listAssignedTiles({ memberId: amina.id }));
      assert.deepStrictEqual(
        items.map(({ tile, timesDone }) => [tile.name, timesDone]),
        [
          ["Ten squats", 2],
          ["Ten squats", 1],
        ],
      );
      const impossible = yield* Effect.flip(asOwner(pulseLoop.assignTile({ ...early, to: day("2026-02-28") })));
      assert.strictEqual(impossible._tag, "InvalidCommand");
    }).pipe(inMemory),
  );

  it.effect("are assigned by staff; a member does its own and sees what it is to do", () =>
    Effect.gen(function* () {
      const { pulseLoop, amina, squats, fact, tenant } = yield* setting;
      const asAmina = actingAs({ tenantId: tenant.id, actorId: amina.id, actorType: "member", roles: ["member"] });
      const refused = yield* Effect.flip(asAmina(pulseLoop.assignTile({ memberId: amina.id, tileId: squats.id })));
      assert.strictEqual(refused._tag, "NotPermitted");
      assert.strictEqual((yield* asAmina(pulseLoop.recordMovement(fact))).tileId, squats.id);
      assert.deepStrictEqual((yield* asAmina(pulseLoop.listAssignedTiles({ memberId: amina.id }))).items, []);
      assert.deepStrictEqual((yield* asAmina(pulseLoop.listTiles({}))).items, [squats]);
      assert.deepStrictEqual(yield* asAmina(pulseLoop.getTile({ tileId: squats.id })), squats);
    }).pipe(inMemory),
  );
});
