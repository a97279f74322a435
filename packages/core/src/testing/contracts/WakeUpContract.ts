import * as Effect from "effect/Effect";
import * as Fiber from "effect/Fiber";
import * as Latch from "effect/Latch";
import { newId } from "../../kernel/IdSource.ts";
import * as Ids from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import { type ClaimedWakeUp, type WakeUp, type WakeUpKey, WakeUps } from "../../kernel/WakeUps.ts";
import { clausesOf, same } from "./Clause.ts";
import { inTenant, minutes } from "./World.ts";

const LEASE_SECONDS = 60;

/** A kind that nobody else has, because wake-ups are claimed across tenants. */
const world = Effect.gen(function* () {
  const kind = yield* newId(Ids.TenantId);
  const tenantId = yield* newId(Ids.TenantId);
  const keyOf = (entityId: string): WakeUpKey => ({ kind, tenantId, entityId });
  const wakeUpOf = (entityId: string, dueAt: Instant): WakeUp => ({ ...keyOf(entityId), dueAt });
  const set = (...wakeUps: ReadonlyArray<WakeUp>) =>
    inTenant(
      tenantId,
      WakeUps.use((port) => port.set(wakeUps)),
    );
  const claim = (now: Instant, limit = 10) =>
    WakeUps.use((port) => port.claim({ now, kinds: [kind], limit, leaseSeconds: LEASE_SECONDS }));
  const next = WakeUps.use((port) => port.next([kind]));
  return { kind, tenantId, keyOf, wakeUpOf, set, claim, next };
});

const idsOf = (claimed: ReadonlyArray<ClaimedWakeUp>) => claimed.map(({ entityId }) => entityId);
const done = (claimed: ClaimedWakeUp) => WakeUps.use((port) => port.done(claimed));

/** The only one of a list. */
const only = Effect.fnUntraced(function* (claimed: ReadonlyArray<ClaimedWakeUp>) {
  const [one] = claimed;
  yield* same("claimed", claimed.length, 1);
  return one ?? (yield* Effect.die(new Error("nothing was claimed")));
});

/** What every store of wake-ups promises: each is claimed by one at a time, and forgotten only when it is done. */
export const wakeUpsContract = clausesOf("WakeUps")({
  "gives what is due, not a millisecond early, and longest waiting first": Effect.gen(function* () {
    const { wakeUpOf, set, claim } = yield* world;
    yield* set(wakeUpOf("third", minutes(3)), wakeUpOf("first", minutes(1)), wakeUpOf("second", minutes(2)));
    yield* same("a millisecond early", idsOf(yield* claim(minutes(1 - 1 / 60_000))), []);
    const claimed = yield* claim(minutes(2));
    yield* same("due", idsOf(claimed), ["first", "second"]);
    yield* same("the moment it was due", claimed[0]?.dueAt, minutes(1));
    yield* same("the attempt", claimed[0]?.attempt, 1);
  }),

  "gives no more than was asked for": Effect.gen(function* () {
    const { wakeUpOf, set, claim } = yield* world;
    yield* set(wakeUpOf("b", minutes(2)), wakeUpOf("a", minutes(1)), wakeUpOf("c", minutes(3)));
    yield* same("the first two", idsOf(yield* claim(minutes(5), 2)), ["a", "b"]);
    yield* same("the rest", idsOf(yield* claim(minutes(5), 2)), ["c"]);
  }),

  "gives only the kinds that were asked for": Effect.gen(function* () {
    const { wakeUpOf, set, kind } = yield* world;
    const other = yield* world;
    yield* set(wakeUpOf("a", minutes(1)));
    yield* same("another kind", idsOf(yield* other.claim(minutes(1))), []);
    yield* same("the other's next", yield* other.next, undefined);
    const claim = (kinds: ReadonlyArray<string>) =>
      WakeUps.use((port) => port.claim({ now: minutes(1), kinds, limit: 10, leaseSeconds: LEASE_SECONDS }));
    yield* same("no kind at all", idsOf(yield* claim([])), []);
    yield* same("both", idsOf(yield* claim([other.kind, kind])), ["a"]);
  }),

  "keeps one moment for each thing, the last that was set": Effect.gen(function* () {
    const { wakeUpOf, set, claim } = yield* world;
    yield* set(wakeUpOf("a", minutes(1)), wakeUpOf("a", minutes(4)));
    yield* same("of two at once", idsOf(yield* claim(minutes(3))), []);
    yield* set(wakeUpOf("a", minutes(2)));
    yield* same("set again", idsOf(yield* claim(minutes(3))), ["a"]);
    yield* same("once", idsOf(yield* claim(minutes(3))), []);
  }),

  "clears some, takes what is not there, and takes nothing at all": Effect.gen(function* () {
    const { tenantId, keyOf, wakeUpOf, set, claim } = yield* world;
    const port = yield* WakeUps;
    yield* set();
    yield* set(wakeUpOf("a", minutes(1)), wakeUpOf("b", minutes(1)), wakeUpOf("c", minutes(1)));
    yield* inTenant(tenantId, Effect.andThen(port.clear([]), port.clear([keyOf("a"), keyOf("c"), keyOf("nowhere")])));
    yield* same("left", idsOf(yield* claim(minutes(1))), ["b"]);
  }),

  "sets and clears nothing when the unit of work fails": Effect.gen(function* () {
    const { tenantId, keyOf, wakeUpOf, set, claim } = yield* world;
    const port = yield* WakeUps;
    yield* set(wakeUpOf("kept", minutes(1)), wakeUpOf("moved", minutes(2)));
    const work = Effect.gen(function* () {
      yield* port.set([wakeUpOf("new", minutes(1)), wakeUpOf("moved", minutes(9))]);
      yield* port.clear([keyOf("kept")]);
      return yield* Effect.fail("refused");
    });
    yield* Effect.flip(inTenant(tenantId, work));
    yield* same("as before", idsOf(yield* claim(minutes(5))), ["kept", "moved"]);
  }),

  "gives a claimed one to nobody until its lease ends, and then again": Effect.gen(function* () {
    const { wakeUpOf, set, claim } = yield* world;
    yield* set(wakeUpOf("a", minutes(1)));
    const first = yield* only(yield* claim(minutes(5)));
    yield* same("a millisecond before the end", idsOf(yield* claim(minutes(6 - 1 / 60_000))), []);
    const second = yield* only(yield* claim(minutes(6)));
    yield* same("the attempt", second.attempt, 2);
    yield* same("the moment it was due", second.dueAt, minutes(1));
    yield* done(first);
    yield* same("done by whoever has it no more", idsOf(yield* claim(minutes(7))), ["a"]);
  }),

  "forgets what is done": Effect.gen(function* () {
    const { wakeUpOf, set, claim, next } = yield* world;
    yield* set(wakeUpOf("a", minutes(1)));
    const claimed = yield* only(yield* claim(minutes(1)));
    yield* done(claimed);
    yield* done(claimed);
    yield* same("after the lease", idsOf(yield* claim(minutes(60))), []);
    yield* same("next", yield* next, undefined);
  }),

  "does not forget what was set anew while it was claimed, be it for the same moment": Effect.gen(function* () {
    const { wakeUpOf, set, claim } = yield* world;
    yield* set(wakeUpOf("later", minutes(1)), wakeUpOf("same", minutes(1)));
    const claimed = yield* claim(minutes(2));
    yield* set(wakeUpOf("later", minutes(2.5)), wakeUpOf("same", minutes(1)));
    yield* Effect.forEach(claimed, done);
    yield* same("free at once", idsOf(yield* claim(minutes(2))), ["same"]);
    const later = yield* only(yield* claim(minutes(2.5)));
    yield* same("when it was moved to", later.dueAt, minutes(2.5));
    yield* same("its attempt", later.attempt, 1);
  }),

  "does not bring back what was cleared while it was claimed": Effect.gen(function* () {
    const { tenantId, keyOf, wakeUpOf, set, claim } = yield* world;
    const port = yield* WakeUps;
    yield* set(wakeUpOf("a", minutes(1)));
    const claimed = yield* only(yield* claim(minutes(1)));
    yield* inTenant(tenantId, port.clear([keyOf("a")]));
    yield* port.postpone(claimed, minutes(2));
    yield* done(claimed);
    yield* same("claimed", idsOf(yield* claim(minutes(60))), []);
  }),

  "hides what is postponed, and counts the attempts": Effect.gen(function* () {
    const { wakeUpOf, set, claim, next } = yield* world;
    const port = yield* WakeUps;
    yield* set(wakeUpOf("a", minutes(1)));
    yield* port.postpone(yield* only(yield* claim(minutes(1))), minutes(10));
    yield* same("next", yield* next, minutes(10));
    yield* same("before", idsOf(yield* claim(minutes(10 - 1 / 60_000))), []);
    const again = yield* only(yield* claim(minutes(10)));
    yield* same("the attempt", again.attempt, 2);
    yield* same("the moment it was due", again.dueAt, minutes(1));
  }),

  "does not postpone what was set anew, nor what another claimed since": Effect.gen(function* () {
    const { wakeUpOf, set, claim } = yield* world;
    const port = yield* WakeUps;
    yield* set(wakeUpOf("a", minutes(1)));
    const first = yield* only(yield* claim(minutes(1)));
    yield* set(wakeUpOf("a", minutes(2)));
    yield* port.postpone(first, minutes(99));
    const second = yield* only(yield* claim(minutes(2)));
    const third = yield* only(yield* claim(minutes(3)));
    yield* port.postpone(second, minutes(99));
    yield* same("its lease stands", idsOf(yield* claim(minutes(4))), ["a"]);
    yield* same("the attempt of the third", third.attempt, 2);
  }),

  "says when the next may be claimed: when it is due, or when its lease ends": Effect.gen(function* () {
    const { wakeUpOf, set, claim, next } = yield* world;
    yield* same("nothing", yield* next, undefined);
    yield* set(wakeUpOf("b", minutes(5)), wakeUpOf("a", minutes(1)));
    yield* same("due", yield* next, minutes(1));
    yield* claim(minutes(2));
    yield* same("the lease", yield* next, minutes(3));
  }),

  "gives each wake-up to one of many who claim at once": Effect.gen(function* () {
    const { wakeUpOf, set, claim } = yield* world;
    const ids = Array.from({ length: 40 }, (_, index) => `entity-${index}`);
    // More than once: in the first round a store may still be opening connections, one after the other.
    for (let round = 1; round <= 3; round++) {
      yield* set(...ids.map((id) => wakeUpOf(id, minutes(round))));
      const claimers = Array.from({ length: 8 }, () => claim(minutes(round), 7));
      const claimed = (yield* Effect.all(claimers, { concurrency: "unbounded" })).flat();
      const given = idsOf([...claimed, ...(yield* claim(minutes(round), 100))]);
      yield* same("how many were given", given.length, ids.length);
      yield* same("which", new Set(given), new Set(ids));
    }
  }),

  "does not give what is just being moved": Effect.gen(function* () {
    const { tenantId, wakeUpOf, set, claim, next } = yield* world;
    const port = yield* WakeUps;
    const isMoved = yield* Latch.make();
    yield* set(wakeUpOf("a", minutes(1)));
    const claiming = yield* Effect.forkChild(Effect.andThen(isMoved.await, claim(minutes(2))));
    const move = Effect.gen(function* () {
      yield* port.set([wakeUpOf("a", minutes(9))]);
      yield* isMoved.open;
      // Time enough for the claimer to meet the change before it is kept.
      for (let round = 0; round < 5; round++) yield* next;
    });
    yield* inTenant(tenantId, move);
    yield* same("claimed meanwhile", idsOf(yield* Fiber.join(claiming)), []);
    yield* same("its new moment", idsOf(yield* claim(minutes(9))), ["a"]);
  }),
});
