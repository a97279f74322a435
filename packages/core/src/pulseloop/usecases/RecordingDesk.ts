import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { EventLog } from "../../kernel/EventLog.ts";
import { type IdempotencyKeyReused, IdempotencyKeys, type KeyedRequest } from "../../kernel/IdempotencyKeys.ts";
import { IdSource } from "../../kernel/IdSource.ts";
import type { TenantId } from "../../kernel/Ids.ts";
import { Principal, type PrincipalClaims } from "../../kernel/Principal.ts";
import * as Together from "../../kernel/Together.ts";
import { type StoreUnavailable, UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { LocationStore, MemberStore, TenantStore } from "../../platform/index.ts";
import { MovementEvent, toWire } from "../domain/MovementEvent.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";
import { MovementStore } from "../ports/MovementStore.ts";
import { ParticipantStore } from "../ports/ParticipantStore.ts";
import { PrescriptionProfiles } from "../ports/PrescriptionProfiles.ts";
import { StandingStore } from "../ports/StandingStore.ts";
import { TileStore } from "../ports/TileStore.ts";
import { type FactRefusal, recordFacts, type ToldFact } from "./RecordFacts.ts";

/** A fact, and who tells it. **Shape** `key`: under which it is told once. */
export interface Telling {
  readonly principal: PrincipalClaims;
  readonly fact: ToldFact;
  readonly key?: KeyedRequest;
}

type Refused = FactRefusal["error"] | IdempotencyKeyReused;

const ports = [
  CalendarStore,
  ChallengeStore,
  EventLog,
  ExcuseStore,
  IdempotencyKeys,
  IdSource,
  LocationStore,
  MemberStore,
  MovementStore,
  ParticipantStore,
  PrescriptionProfiles,
  StandingStore,
  TenantStore,
  TileStore,
  UnitOfWork,
] as const;

/**
 * Where single facts are recorded: at once while few come, together with those that came meanwhile while many do.
 *
 * **Contract** every fact has its own outcome: a refusal, or a mistake of ours, in one is nothing to the others. Whoever has its answer has its fact
 * kept. Inside a unit of work that is open already a fact is recorded in that. Whoever stops waiting before its fact was taken up has told nothing;
 * later, it is recorded whoever waits.
 */
export class RecordingDesk extends Context.Service<RecordingDesk>()("@zmos/core/pulseloop/usecases/RecordingDesk", {
  make: Effect.gen(function* () {
    const units = yield* UnitOfWork;
    const bound = Context.pick(...ports)(yield* Effect.context<Context.Service.Identifier<(typeof ports)[number]>>());
    const inOneUnit = (principal: PrincipalClaims, tellings: ReadonlyArray<Telling>) =>
      units
        .run(principal.tenantId, recordEach(principal.tenantId, tellings))
        .pipe(Effect.provideContext(bound), Effect.provideService(Principal, principal));

    const inTurn = yield* Together.make<Telling, MovementEvent, Refused, StoreUnavailable>({
      perform: (tellings) => inOneUnit(tellings[0].principal, tellings),
      mostTogether: 128,
      mostUnderWay: 2,
      admit: ofOneTenantOnceUnderEachKey,
    });

    const atOnce = Effect.fnUntraced(function* (telling: Telling) {
      const [result] = yield* inOneUnit(telling.principal, [telling]);
      return yield* result === undefined ? Effect.die(noResult()) : Effect.fromResult(result);
    });

    return {
      record: (telling: Telling): Effect.Effect<MovementEvent, Refused | StoreUnavailable> =>
        Effect.flatMap(units.isOpen, (isOpen) => (isOpen ? atOnce(telling) : inTurn(telling))),
    };
  }),
}) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}

const noResult = () => new Error("a fact that was told without a result");

/** With who has waited longest come others of the same tenant; a fact told twice under one key waits for the first to be kept. */
const ofOneTenantOnceUnderEachKey = () => {
  let tenantId: TenantId | undefined;
  const keys = new Set<string>();
  return ({ principal, key }: Telling): boolean => {
    tenantId ??= principal.tenantId;
    const name = key && `${key.actorId}/${key.key}`;
    if (tenantId !== principal.tenantId || (name !== undefined && keys.has(name))) return false;
    if (name !== undefined) keys.add(name);
    return true;
  };
};

type Results = Map<Telling, Result.Result<MovementEvent, Refused>>;

/** Records what can be taken of these facts, and answers for each what stands, or why it cannot be taken. */
const recordEach = Effect.fnUntraced(function* (tenantId: TenantId, tellings: ReadonlyArray<Telling>) {
  const keys = yield* IdempotencyKeys;
  const results: Results = new Map();
  const keyed = tellings.flatMap((telling) => (telling.key === undefined ? [] : [{ telling, request: telling.key }]));
  const earlier = yield* keys.findAll(keyed.map(({ request }) => request));
  for (const [index, { telling }] of keyed.entries()) {
    const before = earlier[index];
    if (before === undefined) continue;
    results.set(
      telling,
      "answer" in before ? Result.succeed(yield* Effect.orDie(decode(before.answer))) : Result.fail(before),
    );
  }
  const answered = new Set(results.keys());
  yield* recordRest(tenantId, tellings, results);
  const answers = keyed.flatMap(({ telling, request }) => {
    const result = results.get(telling);
    return answered.has(telling) || result === undefined || Result.isFailure(result)
      ? []
      : [{ request, answer: toWire(result.success) }];
  });
  yield* keys.keepAll(answers);
  return tellings.map((telling) => results.get(telling));
});

const decode = Schema.decodeUnknownEffect(MovementEvent);

/** Records those that have no result yet. */
const recordRest = Effect.fnUntraced(function* (
  tenantId: TenantId,
  tellings: ReadonlyArray<Telling>,
  results: Results,
) {
  for (;;) {
    const told = tellings.filter((telling) => !results.has(telling));
    if (told.length === 0) return;
    const { refusals, standing } = yield* recordFacts(
      tenantId,
      told.map(({ fact }) => fact),
      told.map(({ principal }) => principal),
    );
    for (const [index, event] of standing.entries()) results.set(told[index]!, Result.succeed(event));
    // Where one is refused nothing was written. What contradicts a fact that is itself refused may be taken once that one is gone: so
    // conflicts are judged again.
    const isConflict = ({ error }: FactRefusal) => error._tag === "FactConflict";
    const certain = refusals.every(isConflict) ? refusals : refusals.filter((refusal) => !isConflict(refusal));
    for (const { index, error } of certain) {
      const telling = told[index]!;
      if (!results.has(telling)) results.set(telling, Result.fail(error));
    }
  }
});
