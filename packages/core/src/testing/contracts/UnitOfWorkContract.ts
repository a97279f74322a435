import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import { LocationStore } from "../../platform/index.ts";
import { clausesOf, same } from "./Clause.ts";
import { addLocation, addTenant, inTenant } from "./World.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import type { TenantId } from "../../kernel/Ids.ts";

const names = (tenantId: TenantId) =>
  Effect.map(
    inTenant(
      tenantId,
      LocationStore.use((locations) => locations.list(tenantId, { limit: 10 })),
    ),
    ({ rows }) => rows.map(({ name }) => name),
  );

/** What every unit of work promises: all or nothing, alone or nested, in one tenant. */
export const unitOfWorkContract = clausesOf("UnitOfWork")({
  "keeps every write of work that succeeds": Effect.gen(function* () {
    const { id } = yield* addTenant();
    yield* inTenant(id, Effect.andThen(addLocation(id, { name: "one" }), addLocation(id, { name: "two" })));
    yield* same("locations", yield* names(id), ["one", "two"]);
  }),

  "keeps no write of work that fails": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const work = inTenant(id, Effect.andThen(addLocation(id), Effect.fail("refused")));
    yield* same("the failure", yield* Effect.flip(work), "refused");
    yield* same("locations", yield* names(id), []);
  }),

  "keeps no write of work that dies": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const exit = yield* Effect.exit(inTenant(id, Effect.andThen(addLocation(id), Effect.die(new Error("broken")))));
    yield* same("success", Exit.isSuccess(exit), false);
    yield* same("locations", yield* names(id), []);
  }),

  "keeps no write of work that is interrupted": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const fiber = yield* Effect.forkChild(inTenant(id, Effect.andThen(addLocation(id), Effect.never)));
    yield* Effect.yieldNow;
    yield* Fiber.interrupt(fiber);
    yield* same("locations", yield* names(id), []);
  }),

  "sees its own writes": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const seen = yield* inTenant(id, Effect.andThen(addLocation(id, { name: "mine" }), names(id)));
    yield* same("locations", seen, ["mine"]);
  }),

  "keeps what was asked in passing, and answers it after the end": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const units = yield* UnitOfWork;
    const seen = yield* units.run(
      id,
      Effect.andThen(addLocation(id, { name: "first" }), units.inPassing(Effect.orDie(names(id)))),
    );
    yield* same("the answer", yield* seen, ["first"]);
    yield* Effect.flip(
      units.run(
        id,
        Effect.andThen(
          units.inPassing(Effect.orDie(names(id))),
          Effect.andThen(addLocation(id), Effect.fail("refused")),
        ),
      ),
    );
    yield* same("locations", yield* names(id), ["first"]);
  }),

  "joins the unit of work it is opened in": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const inner = inTenant(id, addLocation(id));
    yield* Effect.flip(inTenant(id, Effect.andThen(inner, Effect.fail("refused"))));
    yield* same("locations", yield* names(id), []);
  }),

  "shows another tenant nothing": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const other = yield* addTenant();
    const location = yield* addLocation(id);
    yield* same("locations", yield* names(other.id), []);
    const lookUp = LocationStore.use((locations) => locations.find(other.id, location.id));
    const missing = yield* Effect.flip(inTenant(other.id, lookUp));
    yield* same("the answer", missing._tag, "NotFound");
  }),

  "reads what was kept": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const location = yield* addLocation(id);
    const units = yield* UnitOfWork;
    const found = yield* units.read(
      id,
      LocationStore.use((locations) => locations.find(id, location.id)),
    );
    yield* same("the location", found, location);
  }),
});
