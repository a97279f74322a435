import * as Context from "effect/Context";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Result from "effect/Result";
import { EventLog } from "../../../kernel/EventLog.ts";
import { type IdempotencyKeyReused, IdempotencyKeys } from "../../../kernel/IdempotencyKeys.ts";
import { IdSource } from "../../../kernel/IdSource.ts";
import type { NotFound } from "../../../kernel/NotFound.ts";
import { type StoreUnavailable, UnitOfWork } from "../../../kernel/UnitOfWork.ts";
import { WakeUps } from "../../../kernel/WakeUps.ts";
import { PulseLoop } from "../../../pulseloop/index.ts";
import type { Refusal } from "../../domain/Roster.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { RosterStore } from "../../ports/RosterStore.ts";
import { type AnyTask, decideTogether } from "./DecideTogether.ts";
import type { RosterTask } from "./RosterTask.ts";

/** How many commands are decided together at most. */
const MOST_TOGETHER = 128;

/** How many units of work are under way at once: while one waits for the disk, the next is decided. */
const MOST_UNDER_WAY = 2;

interface InLine {
  readonly task: AnyTask;
  readonly outcome: Deferred.Deferred<unknown, unknown>;
}

/**
 * Where commands about rosters are decided: at once while there is little to do, together with those that came meanwhile while there is much.
 *
 * **Contract** every task has its own outcome; a refusal, or a mistake of ours, in one is nothing to the others. Inside a unit of work that is open
 * already a task is decided in that. Whoever stops waiting before its task was taken up has asked nothing; later, it is done whoever waits.
 */
export class RosterDesk extends Context.Service<RosterDesk>()("@zmos/core/moveos/usecases/desk/RosterDesk", {
  make: Effect.gen(function* () {
    const units = yield* UnitOfWork;
    const ports = Context.pick(
      EntitlementStore,
      EventLog,
      IdempotencyKeys,
      IdSource,
      PulseLoop,
      RosterStore,
      UnitOfWork,
      WakeUps,
    )(
      yield* Effect.context<
        EntitlementStore | EventLog | IdempotencyKeys | IdSource | PulseLoop | RosterStore | UnitOfWork | WakeUps
      >(),
    );
    const line: Array<InLine> = [];
    let underWay = 0;

    const inOneUnit = (tasks: ReadonlyArray<AnyTask>) =>
      units
        .run([...new Set(tasks.map(({ principal }) => principal.tenantId))], decideTogether(tasks))
        .pipe(Effect.provideContext(ports));

    /** Takes up who has waited longest; a command sent twice under one key waits for the first to be kept. */
    const takeUp = (): ReadonlyArray<InLine> => {
      const keys = new Set<string>();
      const taken: Array<InLine> = [];
      const left: Array<InLine> = [];
      for (const one of line.splice(0)) {
        const { key } = one.task;
        const name = key && `${key.tenantId}/${key.actorId}/${key.key}`;
        if (taken.length >= MOST_TOGETHER || (name !== undefined && keys.has(name))) left.push(one);
        else taken.push(one);
        if (name !== undefined) keys.add(name);
      }
      line.push(...left);
      return taken;
    };

    const carryOut = (taken: ReadonlyArray<InLine>): Effect.Effect<void> =>
      Effect.flatMap(Effect.exit(inOneUnit(taken.map(({ task }) => task))), (exit) => {
        if (Exit.isSuccess(exit)) {
          return Effect.forEach(
            taken,
            ({ outcome }, index) => {
              const result = exit.value[index];
              if (result === undefined) return Deferred.die(outcome, new Error("a task without a result"));
              return Deferred.done(
                outcome,
                Result.isSuccess(result) ? Exit.succeed(result.success) : Exit.fail(result.failure),
              );
            },
            { discard: true },
          );
        }
        // Whose fault it was is found out by deciding each alone; that the store is away is nobody's.
        const isStoreAway = Exit.hasFails(exit);
        return taken.length === 1 || isStoreAway
          ? Effect.forEach(taken, ({ outcome }) => Deferred.done(outcome, exit as Exit.Exit<never, unknown>), {
              discard: true,
            })
          : Effect.forEach(taken, (one) => carryOut([one]), { discard: true });
      });

    const work: Effect.Effect<void> = Effect.suspend(() => {
      const taken = takeUp();
      if (taken.length === 0) {
        underWay--;
        return Effect.void;
      }
      return Effect.andThen(carryOut(taken), work);
    });

    const inTurn = Effect.fnUntraced(function* (task: AnyTask) {
      const one: InLine = { task, outcome: yield* Deferred.make<unknown, unknown>() };
      line.push(one);
      if (underWay < MOST_UNDER_WAY) {
        underWay++;
        yield* Effect.forkDetach(work);
      }
      return yield* Effect.onInterrupt(Deferred.await(one.outcome), () =>
        Effect.sync(() => {
          const place = line.indexOf(one);
          if (place !== -1) line.splice(place, 1);
        }),
      );
    });

    const atOnce = Effect.fnUntraced(function* (task: AnyTask) {
      const [result] = yield* inOneUnit([task]);
      return yield* result === undefined ? Effect.die(new Error("a task without a result")) : Effect.fromResult(result);
    });

    const submit = <Answer, E, R>(
      task: RosterTask<Answer, E, R>,
    ): Effect.Effect<Answer, E | Refusal | NotFound | IdempotencyKeyReused | StoreUnavailable, R> =>
      Effect.flatMap(units.isOpen, (isOpen) =>
        isOpen ? atOnce(task as unknown as AnyTask) : inTurn(task as unknown as AnyTask),
      ) as Effect.Effect<Answer, E | Refusal | NotFound | IdempotencyKeyReused | StoreUnavailable, R>;

    return { submit };
  }),
}) {
  static readonly layerNoDeps = Layer.effect(this, this.make);
}
