import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Semaphore from "effect/Semaphore";
import { UnitOfWork } from "../kernel/UnitOfWork.ts";

/** Rows by key, whose changes a unit of work can take back. */
export class MemoryTable<Row> {
  readonly #rows = new Map<string, Row>();
  readonly #undo: (change: () => void) => void;

  constructor(undo: (change: () => void) => void) {
    this.#undo = undo;
  }

  get(key: string): Row | undefined {
    return this.#rows.get(key);
  }

  set(key: string, row: Row): void {
    const earlier = this.#rows.get(key);
    this.#undo(() => (earlier === undefined ? this.#rows.delete(key) : this.#rows.set(key, earlier)));
    this.#rows.set(key, row);
  }

  delete(key: string): void {
    const earlier = this.#rows.get(key);
    if (earlier === undefined) return;
    this.#undo(() => this.#rows.set(key, earlier));
    this.#rows.delete(key);
  }

  keys(): Iterable<string> {
    return this.#rows.keys();
  }

  values(): Iterable<Row> {
    return this.#rows.values();
  }
}

/**
 * Tables in memory, and units of work over them: one at a time, kept whole or taken back whole.
 *
 * **Invariant** the changes of a unit of work that fails, dies or is interrupted are undone, latest first, before the next one begins.
 */
export class MemoryDatabase extends Context.Service<MemoryDatabase>()("@zmos/core/memory/MemoryDatabase", {
  make: Effect.gen(function* () {
    const oneAtATime = yield* Semaphore.make(1);
    let journal: Array<() => void> | undefined;

    const keepOrTakeBack = <A, E, R>(work: Effect.Effect<A, E, R>) =>
      Effect.suspend(() => {
        const changes: Array<() => void> = [];
        journal = changes;
        return Effect.onExit(Effect.provideService(work, IsOpen, true), (exit) =>
          Effect.sync(() => {
            journal = undefined;
            if (Exit.isFailure(exit)) for (const undo of changes.reverse()) undo();
          }),
        );
      });

    return {
      table: <Row>() => new MemoryTable<Row>((change) => journal?.push(change)),
      run: <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
        Effect.flatMap(IsOpen, (isOpen) => (isOpen ? work : oneAtATime.withPermits(1)(keepOrTakeBack(work)))),
    };
  }),
}) {
  static readonly layer = Layer.effect(this, this.make);
}

/** Whether a unit of work is open, for those inside it to join. */
const IsOpen = Context.Reference<boolean>("@zmos/core/memory/IsOpen", { defaultValue: () => false });

/** Units of work over the tables in memory. */
export const unitOfWork = Layer.effect(
  UnitOfWork,
  Effect.map(MemoryDatabase, (database) =>
    UnitOfWork.of({
      isOpen: IsOpen,
      run: (_, work) => database.run(work),
      read: (_, work) => database.run(work),
      // Memory answers at once.
      inPassing: Effect.map(Effect.succeed),
    }),
  ),
);
