/** Runs a command's effect as a process does: Ctrl-C interrupts it, a failure is told, and the exit code means something. */
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import type * as Scope from "effect/Scope";
import { ExitCode } from "./ExitCode.ts";
import { failureOf } from "./Failure.ts";

/** What a command answers: nothing, or the exit code where it is not 0. */
export type Outcome = ExitCode | void;

export interface PerformOptions {
  /** Tells a failure as a problem document. */
  readonly json: boolean;
  /** A command that runs until it is told to stop: stopping it is how it succeeds. */
  readonly runsUntilStopped?: boolean;
}

export const perform = async (
  command: Effect.Effect<Outcome, unknown, Scope.Scope>,
  { json, runsUntilStopped = false }: PerformOptions,
): Promise<ExitCode> => {
  const fiber = Effect.runFork(Effect.scoped(command));
  const stop = () => void Effect.runFork(Fiber.interrupt(fiber));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const exit = await Effect.runPromise(Fiber.await(fiber));
  process.off("SIGINT", stop).off("SIGTERM", stop);
  if (Exit.isSuccess(exit)) return exit.value ?? ExitCode.ok;
  if (Cause.hasInterruptsOnly(exit.cause)) return runsUntilStopped ? ExitCode.ok : ExitCode.interrupted;
  const { exitCode, sentence, problem } = failureOf(exit.cause);
  process.stderr.write(`${json ? JSON.stringify(problem) : `zmos: ${sentence}`}\n`);
  return exitCode;
};
