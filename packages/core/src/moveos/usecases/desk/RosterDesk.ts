import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { EventLog } from "../../../kernel/EventLog.ts";
import { type IdempotencyKeyReused, IdempotencyKeys } from "../../../kernel/IdempotencyKeys.ts";
import { IdSource } from "../../../kernel/IdSource.ts";
import type { NotFound } from "../../../kernel/NotFound.ts";
import * as Together from "../../../kernel/Together.ts";
import { type StoreUnavailable, UnitOfWork } from "../../../kernel/UnitOfWork.ts";
import { WakeUps } from "../../../kernel/WakeUps.ts";
import { PulseLoop } from "../../../pulseloop/index.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { RosterStore } from "../../ports/RosterStore.ts";
import { decideTogether } from "./DecideTogether.ts";
import type { AnyTask, RosterTask } from "./RosterTask.ts";

const ports = [
  EntitlementStore,
  EventLog,
  IdempotencyKeys,
  IdSource,
  PulseLoop,
  RosterStore,
  UnitOfWork,
  WakeUps,
] as const;

/** How a task ends; its own errors, and the roster's refusals of what it asks, are its caller's to know. */
type Outcome<Answer, E> = Effect.Effect<Answer, E | NotFound | IdempotencyKeyReused | StoreUnavailable>;

/**
 * Where commands about rosters are decided: at once while there is little to do, together with those that came meanwhile while there is much.
 *
 * **Contract** every task has its own outcome; a refusal, or a mistake of ours, in one is nothing to the others. Inside a unit of work that is open
 * already a task is decided in that. Whoever stops waiting before its task was taken up has asked nothing; later, it is done whoever waits.
 */
export class RosterDesk extends Context.Service<RosterDesk>()("@zmos/core/moveos/usecases/desk/RosterDesk", {
  make: Effect.gen(function* () {
    const units = yield* UnitOfWork;
    const bound = Context.pick(...ports)(yield* Effect.context<Context.Service.Identifier<(typeof ports)[number]>>());
    const inOneUnit = (tasks: ReadonlyArray<AnyTask>) =>
      units
        .run([...new Set(tasks.map(({ principal }) => principal.tenantId))], decideTogether(tasks))
        .pipe(Effect.provideContext(bound));

    const inTurn = yield* Together.make<AnyTask, unknown, unknown, StoreUnavailable>({
      perform: inOneUnit,
      mostTogether: 128,
      mostUnderWay: 2,
      admit: onceUnderEachKey,
    });

    const atOnce = (task: AnyTask) =>
      Effect.flatMap(inOneUnit([task]), ([result]) =>
        result === undefined ? Effect.die(new Error("a task without a result")) : Effect.fromResult(result),
      );

    return {
      submit: <Answer, E, R>(task: RosterTask<Answer, E, R>): Outcome<Answer, E> =>
        Effect.flatMap(units.isOpen, (isOpen) =>
          isOpen ? atOnce(task as unknown as AnyTask) : inTurn(task as unknown as AnyTask),
        ) as Outcome<Answer, E>,
    };
  }),
}) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}

/** A command sent twice under one key waits for the first to be kept. */
const onceUnderEachKey = () => {
  const keys = new Set<string>();
  return ({ key }: AnyTask): boolean => {
    if (key === undefined) return true;
    const name = `${key.tenantId}/${key.actorId}/${key.key}`;
    if (keys.has(name)) return false;
    keys.add(name);
    return true;
  };
};
