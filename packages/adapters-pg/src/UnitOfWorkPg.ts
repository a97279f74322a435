/**
 * The unit of work as a PostgreSQL transaction, in the role and for the tenants that row-level security asks for.
 *
 * This is the one place that begins a transaction, sets a tenant and reads an SQLSTATE.
 */
import { StoreUnavailable, type TenantId, UnitOfWork } from "@zmos/core/kernel";
import * as Cause from "effect/Cause";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Random from "effect/Random";
import * as SqlClient from "effect/sql/SqlClient";
import type { SqlError } from "effect/sql/SqlError";
import { STATEMENT_SEPARATOR } from "./PipelinedClient.ts";
import { meaning, sqlErrorIn } from "./SqlState.ts";

const ATTEMPTS = 4;
const BACKOFF_BASE_MILLIS = 5;
const CONTENDED_RETRY_AFTER_SECONDS = 1;
const UNAVAILABLE_RETRY_AFTER_SECONDS = 2;

type Access = "write" | "read";

/** Reads see one moment, however many statements they take; writes lock what they decide on. */
const BEGIN: Readonly<Record<Access, string>> = {
  write: "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
  read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The statements that begin a transaction for these tenants.
 *
 * **Invariant** the setting is a literal, because a sharded database passes on literals only; so what is not a UUID is
 * refused here, whatever its type claims.
 */
export const beginFor = (tenantIds: ReadonlyArray<TenantId>, access: Access): string => {
  for (const id of tenantIds) if (!UUID.test(id)) throw new TypeError("a tenant id that is not a UUID");
  return [BEGIN[access], "SET LOCAL ROLE zmos_app", `SET LOCAL zmos.tenant_ids = '${tenantIds.join(",")}'`].join(
    STATEMENT_SEPARATOR,
  );
};

/** A unit of work that is open. **Shape** `inPassing`: what was asked and not waited for. */
interface OpenUnit {
  readonly tenantIds: ReadonlyArray<TenantId>;
  readonly inPassing: Array<Fiber.Fiber<unknown>>;
}

/** The unit of work that is open, for those inside it to join. */
const Open = Context.Reference<OpenUnit | undefined>("@zmos/adapters-pg/UnitOfWorkPg/Open", {
  defaultValue: () => undefined,
});

/** By the wall clock: a test that stops the clock does not stop the database. */
const pause = (attempt: number) =>
  Effect.flatMap(Random.nextBetween(0.5, 1.5), (jitter) =>
    Effect.callback<void>((resume) => {
      const timer = setTimeout(() => resume(Effect.void), BACKOFF_BASE_MILLIS * 3 ** attempt * jitter);
      return Effect.sync(() => clearTimeout(timer));
    }),
  );

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;

  /** The work in a transaction, with all that was asked in passing: what went wrong there explains what went wrong after it. */
  const transact = <A, E, R>(tenantIds: ReadonlyArray<TenantId>, begin: string, work: Effect.Effect<A, E, R>) =>
    Effect.suspend(() => {
      const unit: OpenUnit = { tenantIds, inPassing: [] };
      const transaction = sql.withTransaction(Effect.provideService(work, Open, unit));
      return Effect.flatMap(
        Effect.exit(Effect.provideService(transaction, SqlClient.BeginTransaction, begin)),
        (exit): Effect.Effect<Exit.Exit<A, E | SqlError>> =>
          unit.inPassing.length === 0
            ? Effect.succeed(exit)
            : Effect.map(Effect.forEach(unit.inPassing, Fiber.await), (passed) => {
                const causes = [...passed, exit].flatMap((each) => (Exit.isFailure(each) ? [each.cause] : []));
                return causes.length === 0 ? exit : Exit.failCause(causes.reduce(Cause.combine));
              }),
      );
    });

  const attempt = <A, E, R>(
    tenantIds: ReadonlyArray<TenantId>,
    begin: string,
    work: Effect.Effect<A, E, R>,
    attempts: number,
  ): Effect.Effect<A, E | StoreUnavailable, R> =>
    Effect.flatMap(transact(tenantIds, begin, work), (exit): Effect.Effect<A, E | StoreUnavailable, R> => {
      if (Exit.isSuccess(exit)) return Effect.succeed(exit.value);
      const error = sqlErrorIn(exit.cause);
      // Without one, what failed is the work itself, and only the client's own steps put one in the failure channel.
      if (error === undefined) return Effect.failCause(exit.cause as Cause.Cause<E>);
      switch (meaning(error)) {
        case "unavailable":
          return Effect.fail(new StoreUnavailable({ retryAfterSeconds: UNAVAILABLE_RETRY_AFTER_SECONDS }));
        case "contention":
          return attempts < ATTEMPTS
            ? Effect.andThen(pause(attempts), attempt(tenantIds, begin, work, attempts + 1))
            : stillContended(error);
        case "defect":
          return Effect.die(error);
      }
    });

  const open = (access: Access) => {
    const inUnitOfWork = <A, E, R>(
      tenants: TenantId | ReadonlyArray<TenantId>,
      work: Effect.Effect<A, E, R>,
    ): Effect.Effect<A, E | StoreUnavailable, R> =>
      Effect.flatMap(Open, (outer) => {
        const tenantIds = typeof tenants === "string" ? [tenants] : tenants;
        if (outer === undefined) {
          return attempt(tenantIds, beginFor(tenantIds, access), work, 1);
        }
        return tenantIds.every((tenantId) => outer.tenantIds.includes(tenantId))
          ? work
          : Effect.die(new Error("a unit of work inside one of another tenant"));
      });
    return inUnitOfWork;
  };

  return UnitOfWork.of({
    isOpen: Effect.map(Open, (outer) => outer !== undefined),
    run: open("write"),
    read: open("read"),
    inPassing,
  });
});

/** Asks now and does not wait; what cannot even be asked fails at once. */
const inPassing = Effect.fnUntraced(function* <A, R>(asked: Effect.Effect<A, never, R>) {
  const unit = yield* Open;
  if (unit === undefined) return yield* Effect.die(new Error("something asked in passing of no unit of work"));
  const fiber = yield* Effect.forkChild(asked, { startImmediately: true });
  const exit = fiber.pollUnsafe();
  if (exit !== undefined && Exit.isFailure(exit)) return yield* Effect.failCause(exit.cause);
  unit.inPassing.push(fiber);
  return Fiber.join(fiber);
});

/** A unique key that is taken every time is not a race that was lost but a mistake. */
const stillContended = (error: SqlError) =>
  error.reason._tag === "UniqueViolation"
    ? Effect.die(error)
    : Effect.fail(new StoreUnavailable({ retryAfterSeconds: CONTENDED_RETRY_AFTER_SECONDS }));

/**
 * The unit of work on the database of the `SqlClient`.
 *
 * **Contract** Stores let `SqlError` die; here it is read once: contention runs the whole unit again (three times at
 * most, with jitter), an unavailable database is `StoreUnavailable`, anything else stays a defect. When the connection
 * is lost during COMMIT nobody knows whether it was kept: an idempotency key tells the retry.
 */
export const layer: Layer.Layer<UnitOfWork, never, SqlClient.SqlClient> = Layer.effect(UnitOfWork, make);
