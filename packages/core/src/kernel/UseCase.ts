/**
 * What the product can be asked to do.
 *
 * A use case is a function from a command to an answer that carries the schemas of both, so that every door (HTTP, command line,
 * promises) reads and writes them the same way. A *command* changes things in one unit of work; a *query* only reads.
 */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { CurrentIdempotencyKey, IdempotencyKeys, type KeyedRequest } from "./IdempotencyKeys.ts";
import { Principal } from "./Principal.ts";
import { UnitOfWork } from "./UnitOfWork.ts";

/** A schema that reads and writes plain JSON values without needing services. */
export type Wire = Schema.Codec<unknown, unknown>;

type Step = Effect.Effect<unknown, unknown, unknown>;

export interface UseCase<Command extends Wire, Answer extends Wire, E, R> {
  (command: Command["Type"]): Effect.Effect<Answer["Type"], E, R>;
  readonly command: Command;
  readonly answer: Answer;
}

/** Any use case, whatever it takes and needs. */
export interface AnyUseCase {
  (command: never): Step;
  readonly command: Wire;
  readonly answer: Wire;
}

/** **Shape** `first` happens before the unit of work opens: who may do this, what partners say. Its outcome is handed to the body. */
interface Declaration<Command extends Wire, Answer extends Wire, First, E, R> {
  readonly command: Command;
  readonly answer: Answer;
  readonly first: (command: Command["Type"]) => Effect.Effect<First, E, R>;
}

/** **Shape** `afterwards` happens once everything is kept; it cannot undo it, so it cannot fail. */
interface CommandDeclaration<Command extends Wire, Answer extends Wire, First, E, R, R2> extends Declaration<
  Command,
  Answer,
  First,
  E,
  R
> {
  readonly afterwards?: (answer: Answer["Type"]) => Effect.Effect<void, never, R2>;
}

/** A use case without a unit of work of its own. */
export const make = <Command extends Wire, Answer extends Wire, S extends Step>(
  name: string,
  schemas: { readonly command: Command; readonly answer: Answer },
  body: (command: Command["Type"]) => Generator<S, Answer["Type"], never>,
): UseCase<Command, Answer, Effect.Error<S>, Effect.Services<S>> =>
  Object.assign(Effect.fn(name)(body) as UseCase<Command, Answer, Effect.Error<S>, Effect.Services<S>>, {
    command: schemas.command,
    answer: schemas.answer,
  });

/** A use case that reads: its body sees one tenant's rows and changes none. */
export const query = <Command extends Wire, Answer extends Wire, First, E, R, S extends Step>(
  name: string,
  declaration: Declaration<Command, Answer, First, E, R>,
  body: (command: Command["Type"], first: First) => Generator<S, Answer["Type"], never>,
) => {
  const read = Effect.fnUntraced(body);
  return make(name, declaration, function* (command) {
    const { tenantId } = yield* Principal;
    const first = yield* declaration.first(command);
    const units = yield* UnitOfWork;
    return yield* units.read(tenantId, read(command, first));
  });
};

/** The request that the command at hand is under its idempotency key; none where its caller gave no key. */
export const keyedRequest = <Command extends Wire>(name: string, schema: Command) => {
  const encode = Schema.encodeEffect(Schema.fromJsonString(schema));
  return Effect.fnUntraced(function* (command: Command["Type"]) {
    const key = yield* CurrentIdempotencyKey;
    if (key === undefined) return undefined;
    const { tenantId, actorId } = yield* Principal;
    const content = yield* Effect.orDie(encode(command));
    const request: KeyedRequest = { tenantId, actorId, key, request: `${name} ${content}` };
    return request;
  });
};

/**
 * A use case that changes things: what its body does is kept together with its events, or not at all. Under an idempotency key it is
 * done once: sent again, it answers what it answered.
 */
export const command = <Command extends Wire, Answer extends Wire, First, E, R, S extends Step, R2 = never>(
  name: string,
  declaration: CommandDeclaration<Command, Answer, First, E, R, R2>,
  body: (command: Command["Type"], first: First) => Generator<S, Answer["Type"], never>,
) => {
  const { answer: Answer, first: prepare, afterwards } = declaration;
  const work = Effect.fnUntraced(body);
  const keyed = keyedRequest(name, declaration.command);
  const encodeAnswer = Schema.encodeEffect(Answer);
  const decodeAnswer = Schema.decodeUnknownEffect(Answer);

  return make(name, declaration, function* (command) {
    const { tenantId } = yield* Principal;
    const units = yield* UnitOfWork;
    const request = yield* keyed(command);
    let answer: Answer["Type"];
    if (request === undefined) {
      const first = yield* prepare(command);
      answer = yield* units.run(tenantId, work(command, first));
    } else {
      const keys = yield* IdempotencyKeys;
      const earlier = yield* units.read(tenantId, keys.find(request));
      if (earlier === undefined) {
        const first = yield* prepare(command);
        const once = Effect.gen(function* () {
          const claimed = yield* keys.claim(request);
          if (claimed !== undefined) return yield* Effect.orDie(decodeAnswer(claimed.answer));
          const fresh = yield* Effect.provideService(work(command, first), CurrentIdempotencyKey, undefined);
          yield* keys.keep(request, yield* Effect.orDie(encodeAnswer(fresh)));
          return fresh;
        });
        answer = yield* units.run(tenantId, once);
      } else {
        answer = yield* Effect.orDie(decodeAnswer(earlier.answer));
      }
    }
    if (afterwards !== undefined) yield* afterwards(answer);
    return answer;
  });
};

/** A use case whose ports are bound: what is left to provide is what changes from command to command. */
export type Bound<U, Ports> =
  U extends UseCase<infer Command, infer Answer, infer E, infer R>
    ? UseCase<Command, Answer, E, Exclude<R, Ports>>
    : never;

/** Use cases by name, bound. */
export type BoundAll<UseCases, Ports> = { readonly [Name in keyof UseCases]: Bound<UseCases[Name], Ports> };

/**
 * Binds the ports of a module's use cases once, when its door is built. Only these ports: clock, tracer and transaction stay those of
 * whoever calls.
 */
export const bindPorts = <
  const Ports extends ReadonlyArray<Context.Key<unknown, unknown>>,
  const UseCases extends Record<string, AnyUseCase>,
>(
  ports: Ports,
  useCases: UseCases,
) =>
  Effect.map(Effect.context<Context.Service.Identifier<Ports[number]>>(), (all) => {
    const context = Context.pick(...ports)(all);
    const bindings = ports.map((port) => [port, Context.getOrUndefined(context, port)] as const);
    // Whoever brings the very same ports is spared a context made of both: on a server that is every request.
    const isBoundIn = (caller: Context.Context<never>) =>
      bindings.every(([port, service]) => Context.getOrUndefined(caller, port) === service);
    const bind = (work: Step) =>
      Effect.flatMap(Effect.context(), (caller) => (isBoundIn(caller) ? work : Effect.provideContext(work, context)));
    const bound: Record<string, unknown> = {};
    for (const [name, use] of Object.entries(useCases)) {
      bound[name] = Object.assign((command: never) => bind(use(command)), {
        command: use.command,
        answer: use.answer,
      });
    }
    return bound as BoundAll<UseCases, Context.Service.Identifier<Ports[number]>>;
  });
