import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { EventLog } from "../../kernel/EventLog.ts";
import { CurrentIdempotencyKey } from "../../kernel/IdempotencyKeys.ts";
import { newId } from "../../kernel/IdSource.ts";
import { MemberId, type TenantId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { CalendarStore, PulseLoop } from "../../pulseloop/index.ts";
import { same } from "./Clause.ts";
import { addMember, addTenant, inTenant } from "./World.ts";

const monday = CivilDate.of("2026-03-02");

const told = (memberId: MemberId, externalId: string | undefined, day: CivilDate.CivilDate, durationMinutes = 30) => ({
  memberId,
  type: "home_workout" as const,
  occurredAt: { precision: "day" as const, day },
  durationMinutes,
  source: "device" as const,
  ...(externalId !== undefined && { externalId }),
  version: 1,
  isEnteredInError: false,
});

const by = (tenantId: TenantId, actorId: string) =>
  Effect.provideService(Principal, Principal.of({ tenantId, actorId, actorType: "host", roles: [] }));

/**
 * Facts that many tell at once are each recorded or refused as if they had been told one after the other, whoever told them; what is refused
 * is nothing to the others.
 *
 * **Invariant** I16.
 */
export const factsTogether = Effect.gen(function* () {
  const pulseLoop = yield* PulseLoop;
  const { id: tenantId } = yield* addTenant();
  const { id: elsewhere } = yield* addTenant();
  const [amina, brian] = [(yield* addMember(tenantId)).id, (yield* addMember(tenantId)).id];
  const carol = (yield* addMember(elsewhere)).id;
  const stranger = yield* newId(MemberId);
  const tell = (fact: ReturnType<typeof told>, tenant: TenantId = tenantId, actorId = "gate") =>
    Effect.result(pulseLoop.recordMovement(fact)).pipe(by(tenant, actorId));
  const each = Array.from({ length: 20 }, (_, index) => index);
  const [ofAmina, ofBrian, ofCarol, odd] = yield* Effect.all(
    [
      Effect.forEach(each, (index) => tell(told(amina, `a/${index}`, CivilDate.addDays(monday, index % 3))), {
        concurrency: "unbounded",
      }),
      Effect.forEach(each, (index) => tell(told(brian, `b/${index}`, monday), tenantId, "watch"), {
        concurrency: "unbounded",
      }),
      Effect.forEach(each, (index) => tell(told(carol, `a/${index}`, monday), elsewhere), {
        concurrency: "unbounded",
      }),
      Effect.all(
        [
          tell(told(stranger, "x", monday)),
          tell(told(amina, "x", monday)),
          tell(told(amina, "y", monday, 10)),
          tell(told(amina, "y", monday, 20)),
          tell(told(brian, "z", CivilDate.of("2199-01-01"))),
          tell(told(brian, "b/0", monday)),
        ],
        { concurrency: "unbounded" },
      ),
    ],
    { concurrency: "unbounded" },
  );
  const outcomes = odd.map((result) => (Result.isSuccess(result) ? "recorded" : result.failure._tag));
  const [ofStranger, sameName, ...others] = outcomes;
  yield* same("a fact of nobody, and another of its name", [ofStranger, sameName], ["NotFound", "recorded"]);
  yield* same("one of two that contradict each other", others.slice(0, 2).toSorted(), ["FactConflict", "recorded"]);
  yield* same("one in the future, one told again", others.slice(2), ["MovementInFuture", "recorded"]);
  const ids = new Set([...ofAmina, ...ofBrian].map((result) => Result.getOrThrow(result).id));
  yield* same("facts, each with an id of its own", ids.size, 40);
  yield* same("recorded elsewhere", ofCarol.filter(Result.isSuccess).length, 20);
  yield* same("told again, the same fact", Result.getOrThrow(odd[5]).id, Result.getOrThrow(ofBrian[0]!).id);

  const calendars = yield* inTenant(
    tenantId,
    CalendarStore.use((store) => store.read(tenantId, [amina, brian], {})),
  );
  const eventsOf = (memberId: MemberId) => [...(calendars.get(memberId)?.values() ?? [])].map(({ events }) => events);
  yield* same("Amina's days", eventsOf(amina), [9, 7, 6]);
  yield* same("Brian's days", eventsOf(brian), [20]);

  const log = yield* EventLog;
  const audit = yield* inTenant(tenantId, log.audit(tenantId, { limit: 100 }));
  const outbox = yield* inTenant(tenantId, log.outbox(tenantId, { limit: 100 }));
  const actors = Map.groupBy(audit.rows, ({ actorId }) => actorId);
  yield* same("audit entries of the gate", actors.get("gate")?.length, 22);
  yield* same("audit entries of the watch", actors.get("watch")?.length, 20);
  yield* same("outbox events", outbox.rows.length, 42);

  const once = (key: string, fact: ReturnType<typeof told>) =>
    Effect.provideService(tell(fact), CurrentIdempotencyKey, key);
  const underKeys = yield* Effect.all(
    [
      once("k1", told(brian, undefined, monday)),
      once("k2", told(brian, undefined, monday)),
      once("k1", told(brian, undefined, monday)),
      once("k2", told(brian, undefined, CivilDate.addDays(monday, 1))),
    ],
    { concurrency: "unbounded" },
  );
  const [k1, k2, k1Again, k2Again] = underKeys.map((result) =>
    Result.isSuccess(result) ? result.success.id : result.failure._tag,
  );
  yield* same("the answer under a key that was used", k1Again, k1);
  const reused = [k2, k2Again].filter((outcome) => outcome === "IdempotencyKeyReused");
  yield* same("of two facts under one key, those refused", reused.length, 1);
  yield* same("facts without a name, under two keys, that are the same", k1 === k2 || k1 === k2Again, false);

  const units = yield* UnitOfWork;
  const takenBack = Effect.andThen(pulseLoop.recordMovement(told(amina, "late", monday)), Effect.fail("taken back"));
  yield* Effect.flip(units.run(tenantId, takenBack)).pipe(by(tenantId, "gate"));
  const after = yield* inTenant(
    tenantId,
    CalendarStore.use((store) => store.read(tenantId, [amina], {})),
  );
  yield* same("told in a unit of work that failed", after.get(amina)?.get(monday)?.events, 9);
});
