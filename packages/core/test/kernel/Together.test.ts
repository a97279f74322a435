import { assert, describe, it } from "@effect/vitest";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Result from "effect/Result";
import { Together } from "../../src/kernel/index.ts";

/** A function that doubles numbers, together; it waits at a gate, and remembers who came along with whom. */
const doubling = Effect.fnUntraced(function* (
  more: Partial<Together.Options<number, number, string, string, never>> = {},
) {
  const gate = yield* Deferred.make<void>();
  const together: Array<ReadonlyArray<number>> = [];
  const double = yield* Together.make<number, number, string, string>({
    perform: (numbers) =>
      Effect.gen(function* () {
        together.push(numbers);
        yield* Deferred.await(gate);
        if (numbers.includes(13)) return yield* Effect.die(new Error("13"));
        return numbers.map((number) => (number < 0 ? Result.fail("negative") : Result.succeed(number * 2)));
      }),
    mostTogether: 3,
    mostUnderWay: 1,
    ...more,
  });
  const ask = (numbers: ReadonlyArray<number>) =>
    Effect.forEach(numbers, (number) => Effect.tap(Effect.forkChild(double(number)), () => Effect.yieldNow));
  return { ask, double, together, open: Deferred.succeed(gate, undefined) };
});

describe("what is asked at once", () => {
  it.effect("is done at once while nobody else asks, and together after that, in order, so many at a time", () =>
    Effect.gen(function* () {
      const { ask, together, open } = yield* doubling();
      const fibers = yield* ask([1, 2, 3, 4, 5]);
      yield* open;
      assert.deepStrictEqual(yield* Effect.forEach(fibers, Fiber.join), [2, 4, 6, 8, 10]);
      assert.deepStrictEqual(together, [[1], [2, 3, 4], [5]]);
    }),
  );

  it.effect("has an outcome each: a refusal of one is nothing to the others", () =>
    Effect.gen(function* () {
      const { ask, open } = yield* doubling();
      const fibers = yield* ask([1, -2, 3]);
      yield* open;
      const exits = yield* Effect.forEach(fibers, Fiber.await);
      assert.deepStrictEqual(exits.map(Exit.isSuccess), [true, false, true]);
    }),
  );

  it.effect("is done one by one when all of it dies, so that only the mistake itself dies", () =>
    Effect.gen(function* () {
      const { ask, together, open } = yield* doubling();
      const fibers = yield* ask([1, 2, 13]);
      yield* open;
      const exits = yield* Effect.forEach(fibers, Fiber.await);
      assert.deepStrictEqual(exits.map(Exit.isSuccess), [true, true, false]);
      assert.deepStrictEqual(together, [[1], [2, 13], [2], [13]]);
    }),
  );

  it.effect("fails for everybody when it fails as a whole", () =>
    Effect.gen(function* () {
      const { ask } = yield* doubling({ perform: () => Effect.fail("away") });
      const exits = yield* Effect.forEach(yield* ask([1, 2]), Fiber.await);
      assert.deepStrictEqual(exits, [Exit.fail("away"), Exit.fail("away")]);
    }),
  );

  it.effect("leaves out whoever stopped waiting before it was taken up", () =>
    Effect.gen(function* () {
      const { ask, together, open } = yield* doubling();
      const [, second, third] = yield* ask([1, 2, 3]);
      yield* Fiber.interrupt(second!);
      yield* open;
      assert.strictEqual(yield* Fiber.join(third!), 6);
      assert.deepStrictEqual(together, [[1], [3]]);
    }),
  );

  it.effect("comes along only as far as the rule of that time admits", () =>
    Effect.gen(function* () {
      const onlyOdd = () => (number: number) => number % 2 === 1;
      const anything = () => () => true;
      let times = 0;
      const { ask, together, open } = yield* doubling({ admit: () => (times++ === 1 ? onlyOdd() : anything()) });
      const fibers = yield* ask([1, 2, 3, 4]);
      yield* open;
      yield* Effect.forEach(fibers, Fiber.join);
      assert.deepStrictEqual(together, [[1], [3], [2, 4]]);
    }),
  );
});
