import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { TenantId } from "./Ids.ts";

/**
 * The store cannot answer now: it is down, restarting, full, or stayed contended after bounded retries. Nothing was changed.
 *
 * **Units** `retryAfterSeconds`: seconds to wait before trying again.
 */
export class StoreUnavailable extends Schema.TaggedError<StoreUnavailable>()("StoreUnavailable", {
  retryAfterSeconds: Schema.Int,
}) {
  override get message() {
    return `The store is not available now; nothing was changed. Try again in ${this.retryAfterSeconds} s.`;
  }
}

/**
 * One unit of work in the store: all of its writes are kept, or none.
 *
 * **Contract**
 * - `run` keeps every write when `work` succeeds, and none when it fails, dies or is interrupted.
 * - Inside `work`, reads see the writes made before them; nobody else sees any until all are kept.
 * - Work sees and touches rows of `tenantId` alone; or, of commands that are decided together, of each tenant in the set.
 * - A `run` inside a `run` joins the outer one; `isOpen` says whether there is one.
 * - Contention (deadlock, serialisation, a lost race for a unique key) runs `work` again, a bounded number of times; so `work`
 *   does nothing that a rollback would not undo.
 * - `read` is the same for work that only reads, and refuses writes where the store can.
 * - `inPassing`, inside a unit, asks something of the store without waiting for the answer: it goes out with what is asked next, the last of it with
 *   the unit's end. Whoever wants the answer takes it from what comes back, after the end if he likes. What goes wrong with it fails the whole
 *   unit. All of it must be asked at once: nothing can be asked after the end.
 */
export class UnitOfWork extends Context.Service<
  UnitOfWork,
  {
    readonly isOpen: Effect.Effect<boolean>;
    readonly run: <A, E, R>(
      tenantId: TenantId | ReadonlyArray<TenantId>,
      work: Effect.Effect<A, E, R>,
    ) => Effect.Effect<A, E | StoreUnavailable, R>;
    readonly read: <A, E, R>(
      tenantId: TenantId | ReadonlyArray<TenantId>,
      work: Effect.Effect<A, E, R>,
    ) => Effect.Effect<A, E | StoreUnavailable, R>;
    readonly inPassing: <A, R>(asked: Effect.Effect<A, never, R>) => Effect.Effect<Effect.Effect<A>, never, R>;
  }
>()("@zmos/core/kernel/UnitOfWork") {}
