/** Why a command failed, as people and as programs read it: one table of sentences, problems and exit codes. */
import { Problem } from "@zmos/http/client";
import * as Cause from "effect/Cause";
import * as Schema from "effect/Schema";
import { ExitCode } from "./ExitCode.ts";

/** **Shape** `problem` is what `--json` writes (RFC 9457); `sentence` is what people read. */
export interface Failure {
  readonly exitCode: ExitCode;
  readonly sentence: string;
  readonly problem: Readonly<Record<string, unknown>>;
}

interface Telling {
  readonly exitCode: ExitCode;
  readonly title: string;
  readonly sentence?: (error: Error) => string;
}

/** Errors that are found on this side of the API. */
const local: Readonly<Record<string, Telling>> = {
  BadInput: { exitCode: ExitCode.badInput, title: "The input cannot be understood" },
  LinesRefused: { exitCode: ExitCode.badInput, title: "Some lines cannot be taken" },
  SettingUnusable: { exitCode: ExitCode.badInput, title: "A setting cannot be understood" },
  InvalidCommand: { exitCode: ExitCode.badInput, title: "Some fields cannot be taken" },
  NoSuch: { exitCode: ExitCode.refused, title: "It is not there" },
  NotFound: { exitCode: ExitCode.refused, title: "It is not there" },
  DatabaseNotMigrated: { exitCode: ExitCode.refused, title: "The database is of another version" },
  DataFolderInUse: { exitCode: ExitCode.unavailable, title: "The data folder is in use" },
  DataFolderUnusable: { exitCode: ExitCode.unavailable, title: "The data folder cannot be used" },
  PortTaken: { exitCode: ExitCode.unavailable, title: "The port is taken" },
  CannotListen: { exitCode: ExitCode.unavailable, title: "Nothing can listen there" },
  StoreUnavailable: { exitCode: ExitCode.unavailable, title: "The store is not available" },
  SqlError: {
    exitCode: ExitCode.unavailable,
    title: "The database does not answer",
    sentence: (error) =>
      `The database cannot be used: ${reasonOf(error)}. Is it running, and is --database-url right? \`zmos doctor\` looks closer.`,
  },
  HttpClientError: {
    exitCode: ExitCode.unavailable,
    title: "The server does not answer",
    sentence: () => "No ZMOS server answers at this address. Is it running, and is --url right?",
  },
};

const PROBLEMS = "https://zmos.dev/problems/";
const isProblem = Schema.is(Problem);

/** What a failed command tells. */
export const failureOf = (cause: Cause.Cause<unknown>): Failure => {
  const error = Cause.squash(cause);
  if (isProblem(error)) return { exitCode: codeOf(error), sentence: sentenceOf(error), problem: error };
  const tag = error instanceof Error && "_tag" in error ? String(error._tag) : "";
  const telling = isUnopenable(error) ? unopenable : local[tag];
  if (error instanceof Error && telling !== undefined) {
    const detail = telling.sentence?.(error) ?? error.message;
    const problem = {
      type: `${PROBLEMS}${slugOf(tag || "DataUnopenable")}`,
      title: telling.title,
      detail,
      ...listed(error),
    };
    return { exitCode: telling.exitCode, sentence: [detail, ...lines(problem)].join("\n"), problem };
  }
  const detail = "Something went wrong in ZMOS itself; what follows is for whoever mends it.";
  return {
    exitCode: ExitCode.refused,
    sentence: `${detail}\n${Cause.pretty(cause)}`,
    problem: { type: `${PROBLEMS}internal-error`, title: "Something went wrong", detail, cause: Cause.pretty(cause) },
  };
};

/** Bad input is the caller's to mend; what passes by itself is worth another try; the rest is a refusal. */
const codeOf = ({ status }: Problem): ExitCode => {
  if (status === 400) return ExitCode.badInput;
  return status === 429 || status === 503 ? ExitCode.unavailable : ExitCode.refused;
};

const sentenceOf = (problem: Problem): string => {
  const advice =
    problem.status === 401
      ? " Give one with --token or ZMOS_TOKEN; `zmos token` makes one, and so does signing in."
      : "";
  return [`${problem.detail}${advice}`, ...lines(problem)].join("\n");
};

const lines = ({ errors }: { readonly errors?: Problem["errors"] }): ReadonlyArray<string> =>
  (errors ?? []).map(({ path, message }) => {
    const [, line, column] = /^\/lines\/(\d+)(?:\/(.*))?$/.exec(path) ?? [];
    const place = line === undefined ? path : `line ${line}${column ? `, ${column}` : ""}`;
    return `  ${place ? `${place}: ` : ""}${message}`;
  });

const listed = (error: Error): { readonly errors?: NonNullable<Problem["errors"]> } =>
  "errors" in error && Array.isArray(error.errors) ? { errors: error.errors as NonNullable<Problem["errors"]> } : {};

const reasonOf = (error: Error): string => {
  const reason: unknown = "reason" in error ? error.reason : undefined;
  const cause: unknown = reason instanceof Error ? (reason.cause ?? reason) : (error.cause ?? error);
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
};

/** PGlite says no more than this of data it cannot open. */
const isUnopenable = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("PGlite failed to initialize");

const unopenable: Telling = {
  exitCode: ExitCode.unavailable,
  title: "The data cannot be opened",
  sentence: () =>
    "The data folder holds no database that this version can open. Put back a copy of it, or move its `pgdata` away to begin anew.",
};

const slugOf = (tag: string): string => tag.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
