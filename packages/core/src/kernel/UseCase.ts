import type * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import type * as Schema from "effect/Schema";

/** A schema that reads and writes plain JSON-like values without needing services. */
type Wire = Schema.Codec<unknown, unknown>;

/**
 * Something the product can be asked to do: a function from a command to an answer. It carries the schemas of both, so that
 * every door (HTTP, command line, promises) reads and writes them the same way.
 */
export interface UseCase<Command extends Wire, Answer extends Wire, E, R> {
  (command: Command["Type"]): Effect.Effect<Answer["Type"], E, R>;
  readonly command: Command;
  readonly answer: Answer;
}

/** Any use case, whatever it takes and needs. */
export interface AnyUseCase {
  (command: never): Effect.Effect<unknown, unknown, unknown>;
  readonly command: Wire;
  readonly answer: Wire;
}

/** A use case: its name (which is its span's), the schemas of command and answer, and what it does. */
export const useCase = <
  Command extends Wire,
  Answer extends Wire,
  Step extends Effect.Effect<unknown, unknown, unknown>,
>(
  name: string,
  schemas: { readonly command: Command; readonly answer: Answer },
  body: (command: Command["Type"]) => Generator<Step, Answer["Type"], never>,
): UseCase<Command, Answer, Effect.Error<Step>, Effect.Services<Step>> =>
  Object.assign(Effect.fn(name)(body) as UseCase<Command, Answer, Effect.Error<Step>, Effect.Services<Step>>, schemas);

/** A use case whose ports are bound: what is left to provide is what changes from command to command. */
export type Bound<U, Ports> =
  U extends UseCase<infer Command, infer Answer, infer E, infer R>
    ? UseCase<Command, Answer, E, Exclude<R, Ports>>
    : never;

/** Binds the ports of a module's use cases once, when its door is built. */
export const bindPorts = <Ports, const UseCases extends Record<string, AnyUseCase>>(
  ports: Context.Context<Ports>,
  useCases: UseCases,
): { readonly [Name in keyof UseCases]: Bound<UseCases[Name], Ports> } => {
  const bound: Record<string, unknown> = {};
  for (const [name, use] of Object.entries(useCases)) {
    bound[name] = Object.assign((command: never) => Effect.provideContext(use(command), ports), {
      command: use.command,
      answer: use.answer,
    });
  }
  return bound as { readonly [Name in keyof UseCases]: Bound<UseCases[Name], Ports> };
};
