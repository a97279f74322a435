import * as Effect from "effect/Effect";
import { accessSync, constants, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { ExitCode } from "../ExitCode.ts";
import { checkDatabase } from "../DatabaseCheck.ts";
import { failureOf } from "../Failure.ts";
import type { Finding } from "../Finding.ts";
import { print, styled } from "../output/Terminal.ts";
import type { Settings } from "../Settings.ts";
import * as Cause from "effect/Cause";
import * as Exit from "effect/Exit";

interface Listening {
  readonly port: number;
  readonly host: string;
}

const OLDEST_NODE = 24;

/** `zmos doctor`: what is wrong with the set-up, and how to mend it. */
export const doctor = Effect.fn("doctor")(function* (settings: Settings, listening: Listening) {
  const findings =
    settings.url === undefined
      ? [node, timeZones, ...folder(settings), ...(yield* database(settings)), yield* portIsFree(listening)]
      : [node, timeZones, ...(yield* server(settings.url, settings.token))];
  const isWell = findings.every(({ problem }) => problem === undefined);
  if (settings.json) yield* print(JSON.stringify({ ok: isWell, findings }));
  else {
    yield* print(findings.map(lineOf).join("\n"));
    yield* print(isWell ? "\nEverything is in order." : "\nSomething is wrong; each arrow says how to mend it.");
  }
  return isWell ? ExitCode.ok : ExitCode.refused;
});

const lineOf = ({ what, found, problem }: Finding): string => {
  const name = what.padEnd(14);
  return problem === undefined
    ? `${styled("green", "ok     ")}  ${name} ${found}`
    : `${styled("red", "problem")}  ${name} ${found}\n           ${" ".repeat(13)}→ ${problem}`;
};

const node: Finding = {
  what: "Node.js",
  found: process.version,
  ...(Number.parseInt(process.versions.node, 10) < OLDEST_NODE && {
    problem: `ZMOS runs on Node.js ${OLDEST_NODE} or later. \`npm start\` brings its own; otherwise install it from nodejs.org.`,
  }),
};

const timeZones: Finding =
  process.versions["tz"] === undefined
    ? {
        what: "Time zones",
        found: "this Node.js does not say which time zone database it has",
        problem: "Use a Node.js with full ICU, as nodejs.org gives out.",
      }
    : { what: "Time zones", found: `IANA ${process.versions["tz"]} (ICU ${process.versions["icu"] ?? "?"})` };

const folder = ({ databaseUrl, dataDir }: Settings): ReadonlyArray<Finding> => {
  if (databaseUrl !== undefined) return [];
  const path = resolve(dataDir);
  if (!existsSync(path)) {
    const parent = existsSync(dirname(path)) ? dirname(path) : undefined;
    const found = `${path} is not there yet; \`zmos serve\` makes it`;
    return parent !== undefined && !isWritable(parent)
      ? [
          {
            what: "Data folder",
            found,
            problem: `This user may not write to ${parent}. Choose another folder with --data-dir.`,
          },
        ]
      : [{ what: "Data folder", found }];
  }
  if (!statSync(path).isDirectory()) {
    return [{ what: "Data folder", found: `${path} is a file`, problem: "Choose another folder with --data-dir." }];
  }
  if (!isWritable(path)) {
    return [
      {
        what: "Data folder",
        found: path,
        problem: `This user may not write to it. Give it to this user: chown -R "$USER" ${path}`,
      },
    ];
  }
  const version = join(path, "pgdata", "PG_VERSION");
  const holds = existsSync(version) ? `PostgreSQL ${readFileSync(version, "utf8").trim()} data` : "no data yet";
  return [{ what: "Data folder", found: `${path}, writable, ${holds}` }];
};

const isWritable = (path: string): boolean => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Looks into a database that is there; it makes none. */
const database = Effect.fnUntraced(function* (settings: Settings) {
  const isThere = settings.databaseUrl !== undefined || existsSync(join(resolve(settings.dataDir), "pgdata"));
  if (!isThere) return [];
  const exit = yield* Effect.exit(Effect.scoped(checkDatabase(settings)));
  if (Exit.isSuccess(exit)) return exit.value;
  if (Cause.hasInterruptsOnly(exit.cause)) return yield* Effect.failCause(exit.cause);
  const { sentence, problem } = failureOf(exit.cause);
  return [{ what: "Database", found: String(problem["title"]), problem: sentence } satisfies Finding];
});

const portIsFree = ({ host, port }: Listening): Effect.Effect<Finding> =>
  Effect.callback<Finding>((resume) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resume(
        Effect.succeed({
          what: "Port",
          found: `${host}, port ${port}: ${error.code === "EADDRINUSE" ? "taken" : (error.code ?? error.message)}`,
          problem:
            "Another program has it, perhaps a ZMOS that serves already. Stop that one, or choose another with --port.",
        }),
      ),
    );
    server.listen(port, host, () =>
      server.close(() => resume(Effect.succeed({ what: "Port", found: `${host}, port ${port} is free` }))),
    );
  });

/** How long a server may take to say how it is. **Units** milliseconds. */
const PATIENCE_MILLIS = 5_000;

const server = Effect.fnUntraced(function* (url: string, token: string | undefined) {
  const ask = (path: string) =>
    Effect.promise(() =>
      fetch(`${url}${path}`, {
        signal: AbortSignal.timeout(PATIENCE_MILLIS),
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      }).then(
        ({ status }) => status,
        () => undefined,
      ),
    );
  const health = yield* ask("/health");
  if (health !== 200) {
    const found = health === undefined ? `${url} does not answer` : `${url} answers, but not as ZMOS does`;
    return [{ what: "Server", found, problem: "Is it running, and is --url right?" } satisfies Finding];
  }
  const isReady = (yield* ask("/ready")) === 200;
  const findings: Array<Finding> = [
    { what: "Server", found: `${url} answers` },
    isReady
      ? { what: "Database", found: "the server reaches it" }
      : {
          what: "Database",
          found: "the server does not reach it",
          problem: "Look at its database, and at what the server logs.",
        },
  ];
  const standing = yield* ask("/v1/tenant");
  findings.push(
    standing === 200
      ? { what: "Token", found: "it counts" }
      : {
          what: "Token",
          found: token === undefined ? "none was given" : `it does not count (${standing ?? "no answer"})`,
          problem: "Give one with --token or ZMOS_TOKEN; `zmos token` makes one, and so does signing in.",
        },
  );
  return findings;
});
