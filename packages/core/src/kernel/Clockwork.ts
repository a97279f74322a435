/**
 * What makes time pass for things that change by themselves: takes wake-ups that are due and has each one's command performed.
 *
 * Any number of servers may run one. A server that is killed leaves its wake-ups to the others once its lease is over; after days
 * of downtime everything that is overdue is done, longest overdue first.
 */
import * as Cause from "effect/Cause";
import * as Context from "effect/Context";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Latch from "effect/Latch";
import * as Layer from "effect/Layer";
import type { TenantId } from "./Ids.ts";
import { Instant, now } from "./Instant.ts";
import { Principal } from "./Principal.ts";
import { type ClaimedWakeUp, WakeUps } from "./WakeUps.ts";

/**
 * The command for one kind of wake-up, performed as the system.
 *
 * **Contract** does everything that is due of the thing, and in the same unit of work sets its next wake-up, later than now, or clears
 * it. Performed twice, or for a thing that is gone, it does nothing. To fail is to be asked again.
 */
export type WakeUpHandler = (tenantId: TenantId, entityId: string) => Effect.Effect<unknown, unknown, Principal>;

/** Handlers by kind. */
export type WakeUpHandlers = Readonly<Record<string, WakeUpHandler>>;

/**
 * How hard a clockwork works.
 *
 * **Units** seconds. `pollSeconds`: how often it looks for what others have set. `timeoutSeconds`, what a handler may take, is less than
 * `leaseSeconds`, so that nobody else is asked meanwhile. A handler that fails is asked again after `retrySeconds`, and each time it
 * fails again after twice as long, but never later than `retryAtMostSeconds`.
 */
export class ClockworkSettings extends Context.Reference("@zmos/core/kernel/ClockworkSettings", {
  defaultValue: () => ({
    concurrency: 4,
    pollSeconds: 1,
    leaseSeconds: 60,
    timeoutSeconds: 30,
    retrySeconds: 1,
    retryAtMostSeconds: 900,
  }),
}) {}

/** Between two looks there is at least this: others may be making the very change that is waited for. */
const BREATH = Duration.millis(50);
/** How long to leave a store alone that did not answer. */
const STORE_PAUSE = Duration.seconds(5);
/** How long what is under way may take once the clockwork is told to stop. */
const FINISH_WITHIN = Duration.seconds(10);

const make = Effect.fnUntraced(function* (handlers: WakeUpHandlers) {
  const wakeUps = yield* WakeUps;
  const settings = yield* ClockworkSettings;
  const kinds = Object.keys(handlers);

  const handle = ({ kind, tenantId, entityId }: ClaimedWakeUp): Effect.Effect<unknown, unknown> =>
    Effect.suspend(() => handlers[kind]?.(tenantId, entityId) ?? Effect.die(new Error(`no handler of ${kind}`))).pipe(
      Effect.provideService(Principal, Principal.of({ tenantId, actorId: "zmos", actorType: "system", roles: [] })),
      Effect.timeout(Duration.seconds(settings.timeoutSeconds)),
    );

  /** Answers whether it could be done. Interrupted, it leaves the wake-up to the end of its lease. */
  const carryOut = Effect.fn("carryOut wake-up")(
    function* (claimed: ClaimedWakeUp) {
      const exit = yield* Effect.exit(handle(claimed));
      if (Exit.isSuccess(exit)) {
        yield* wakeUps.done(claimed);
        return true;
      }
      const waitSeconds = Math.min(settings.retryAtMostSeconds, settings.retrySeconds * 2 ** (claimed.attempt - 1));
      const retryAt = Instant.make((yield* now) + Math.ceil(waitSeconds * 1000));
      yield* Effect.logError(`a wake-up failed and will be tried again in ${waitSeconds} s`, exit.cause);
      yield* wakeUps.postpone(claimed, retryAt);
      return false;
    },
    (effect, { kind, tenantId, entityId, attempt }) =>
      Effect.annotateLogs(effect, { kind, tenantId, entityId, attempt }),
  );

  /** Does what is due as it begins, one by one, each claimed only when there is a hand free for it. Answers how many were done. */
  const pass = (isStopping: () => boolean) =>
    Effect.gen(function* () {
      if (kinds.length === 0) return 0;
      const startedAt = yield* now;
      let done = 0;
      const hand = Effect.gen(function* () {
        while (!isStopping()) {
          const [claimed] = yield* wakeUps.claim({
            now: startedAt,
            kinds,
            limit: 1,
            leaseSeconds: settings.leaseSeconds,
          });
          if (claimed === undefined) return;
          if (yield* carryOut(claimed)) done += 1;
        }
      });
      yield* Effect.all(
        Array.from({ length: settings.concurrency }, () => hand),
        { concurrency: "unbounded", discard: true },
      );
      return done;
    });

  /** Looks once, and answers how long to rest. */
  const turn = Effect.fnUntraced(
    function* (isStopping: () => boolean) {
      const next = yield* wakeUps.next(kinds);
      const wait = next === undefined ? Infinity : next - (yield* now);
      if (wait > 0) return Duration.min(Duration.millis(wait), Duration.seconds(settings.pollSeconds));
      yield* pass(isStopping);
      return BREATH;
    },
    (effect) =>
      Effect.catchCause(effect, (cause) =>
        Cause.hasInterruptsOnly(cause)
          ? Effect.interrupt
          : Effect.as(Effect.logError("wake-ups could not be looked after", cause), STORE_PAUSE),
      ),
  );

  return {
    /** Does everything that is due now, once. Answers how many wake-ups were done; what failed is logged and comes again. */
    runDue: pass(() => false),

    /** Does what is due, when it is due, until the scope closes; then begins nothing more, and lets what is under way finish. */
    run: Effect.gen(function* () {
      if (kinds.length === 0) return;
      const stop = yield* Latch.make();
      const isStopping = () => stop.isOpen();
      const loop = Effect.gen(function* () {
        while (!isStopping()) {
          const rest = yield* turn(isStopping);
          yield* Effect.timeoutOption(stop.await, rest);
        }
      });
      const fiber = yield* Effect.forkScoped(loop);
      yield* Effect.addFinalizer(() =>
        Effect.andThen(stop.open, Fiber.await(fiber)).pipe(Effect.timeoutOption(FINISH_WITHIN)),
      );
    }),
  };
});

/** The service. `runDue` is for tests, the command line and hosts that do not live long; `run` is for servers. */
export class Clockwork extends Context.Service<Clockwork, Effect.Success<ReturnType<typeof make>>>()(
  "@zmos/core/kernel/Clockwork",
) {
  /** A clockwork with the handlers of whoever puts the modules together. */
  static readonly layerNoDeps = <E, R>(handlers: Effect.Effect<WakeUpHandlers, E, R>) =>
    Layer.effect(Clockwork, Effect.flatMap(handlers, make));
}
