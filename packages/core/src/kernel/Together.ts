/**
 * Calls that come while others are under way are carried out together: as one unit of work, one look-up, one message.
 */
import * as Context from "effect/Context";
import * as Deferred from "effect/Deferred";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Result from "effect/Result";

type NonEmpty<Item> = readonly [Item, ...ReadonlyArray<Item>];

/**
 * **Shape** `perform` carries out what was asked together, with a result for each, in order. `mostTogether`: how many at most. `mostUnderWay`: how
 * many times at once: while one waits for the disk, the next is computed. `admit` makes, for each time, the rule by which those who wait may
 * come along; who may not comes next time.
 */
export interface Options<Item, A, E, E2, R> {
  readonly perform: (items: NonEmpty<Item>) => Effect.Effect<ReadonlyArray<Result.Result<A, E> | undefined>, E2, R>;
  readonly mostTogether: number;
  readonly mostUnderWay: number;
  readonly admit?: () => (item: Item) => boolean;
}

interface InLine<Item, A, E> {
  readonly item: Item;
  readonly outcome: Deferred.Deferred<A, E>;
  /** The clock and the tracer of whoever waits. */
  readonly context: Context.Context<never>;
}

/**
 * Makes the function that one calls with one thing.
 *
 * **Contract** at once while little is asked, together with what came meanwhile while much is; in the order in which it was asked, as far as `admit`
 * allows. Everyone has its own outcome: when all of it dies, each is carried out alone, so that a mistake in one is nothing to the others; when it
 * fails as a whole (the store is away), that is everyone's answer. Whoever stops waiting before it was taken up has asked nothing; later, it is done
 * whoever waits.
 */
export const make = <Item, A, E, E2 = never, R = never>(options: Options<Item, A, E, E2, R>) =>
  Effect.map(Effect.context<R>(), (bound) => {
    const { perform, mostTogether, mostUnderWay, admit = () => () => true } = options;
    const line: Array<InLine<Item, A, E | E2>> = [];
    let underWay = 0;

    const takeUp = (): ReadonlyArray<InLine<Item, A, E | E2>> => {
      const mayCome = admit();
      const taken: Array<InLine<Item, A, E | E2>> = [];
      const left: Array<InLine<Item, A, E | E2>> = [];
      for (const one of line.splice(0)) (taken.length < mostTogether && mayCome(one.item) ? taken : left).push(one);
      line.push(...left);
      return taken;
    };

    const carryOut = (taken: NonEmpty<InLine<Item, A, E | E2>>): Effect.Effect<void> => {
      const [first, ...others] = taken;
      const asked: NonEmpty<Item> = [first.item, ...others.map(({ item }) => item)];
      // Clock and tracer are those of who waits, not those of whoever made this.
      return Effect.flatMap(
        Effect.exit(Effect.provideContext(perform(asked), Context.merge(bound, first.context))),
        (exit) => {
          if (Exit.isSuccess(exit)) {
            return Effect.forEach(taken, ({ outcome }, index) => tell(outcome, exit.value[index]), { discard: true });
          }
          return taken.length === 1 || Exit.hasFails(exit)
            ? Effect.forEach(taken, ({ outcome }) => Deferred.failCause(outcome, exit.cause), { discard: true })
            : Effect.forEach(taken, (one) => carryOut([one]), { discard: true });
        },
      );
    };

    const work: Effect.Effect<void> = Effect.suspend(() => {
      const [first, ...others] = takeUp();
      if (first !== undefined) return Effect.andThen(carryOut([first, ...others]), work);
      underWay--;
      return Effect.void;
    });

    return Effect.fnUntraced(function* (item: Item): Effect.fn.Return<A, E | E2> {
      const outcome = yield* Deferred.make<A, E | E2>();
      const one = { item, outcome, context: yield* Effect.context() };
      line.push(one);
      if (underWay < mostUnderWay) {
        underWay++;
        yield* Effect.forkDetach(work);
      }
      return yield* Effect.onInterrupt(Deferred.await(outcome), () =>
        Effect.sync(() => {
          const place = line.indexOf(one);
          if (place !== -1) line.splice(place, 1);
        }),
      );
    });
  });

const tell = <A, E>(outcome: Deferred.Deferred<A, E>, result: Result.Result<A, E> | undefined) =>
  result === undefined
    ? Deferred.die(outcome, new Error("something asked together with others got no result"))
    : Deferred.done(outcome, Result.isSuccess(result) ? Exit.succeed(result.success) : Exit.fail(result.failure));
