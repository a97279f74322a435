import { assert, it } from "@effect/vitest";
import { PgClient } from "@effect/sql-pg";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import type { TestProject } from "vitest/node";
import * as Database from "../src/Database.ts";
import { killedWhileBooking, lookingOn, openGym } from "./support/DeskChaos.ts";
import startServer, { LOGIN, TEMPLATE } from "./support/PostgresServer.globalSetup.ts";
import { SUPERUSER } from "./support/PostgresServer.ts";
import { freshDatabase, temporaryFolder, urlOf } from "./support/TestDatabase.ts";

const HOUR = 3_600_000;
const KILLS = { server: 130, folder: 50, database: 40 };

it.live(
  `a server on PostgreSQL is killed ${KILLS.server} times while it books: nothing is lost, nothing doubled`,
  () =>
    Effect.gen(function* () {
      const url = urlOf(LOGIN, yield* freshDatabase);
      const looking = lookingOn(Database.layerServer({ url, maxConnections: 2 }));
      yield* Effect.promise(async () => {
        const gym = await looking(openGym);
        const kept = { DESK_URL: Redacted.value(url) };
        const told = await killedWhileBooking(kept, gym, looking, { kills: KILLS.server, seed: 2, isAlone: false });
        console.info(`PostgreSQL, server killed ${KILLS.server} times: ${JSON.stringify(told)}`);
        assert.isAbove(told.done, KILLS.server);
      });
    }).pipe(Effect.scoped),
  HOUR,
);

it.live(
  `a server with its own folder is killed ${KILLS.folder} times while it books: nothing is lost, nothing doubled`,
  () =>
    Effect.gen(function* () {
      const dataDir = yield* temporaryFolder;
      const looking = lookingOn(Database.layerEmbedded({ dataDir }));
      yield* Effect.promise(async () => {
        const gym = await looking(openGym);
        const kept = { DESK_FOLDER: dataDir };
        const told = await killedWhileBooking(kept, gym, looking, { kills: KILLS.folder, seed: 3, isAlone: true });
        console.info(`a folder, server killed ${KILLS.folder} times: ${JSON.stringify(told)}`);
        assert.isAbove(told.done, KILLS.folder);
      });
    }).pipe(Effect.scoped),
  HOUR,
);

/** A PostgreSQL that nobody else uses. */
const ownPostgres = Effect.acquireRelease(
  Effect.promise(async () => {
    let port = 0;
    const stop = await startServer({ provide: (_: string, given: number) => (port = given) } as unknown as TestProject);
    return { port, stop };
  }),
  ({ stop }) => Effect.promise(stop),
);

it.live(
  `PostgreSQL itself and the server are killed in turn, ${KILLS.database} times, while it books: nothing is lost, nothing doubled`,
  () =>
    Effect.gen(function* () {
      const { port } = yield* ownPostgres;
      const urlOn = (user: string) => Redacted.make(`postgres://${user}@127.0.0.1:${port}/${TEMPLATE}`);
      const url = urlOn(LOGIN);
      const looking = lookingOn(Database.layerServer({ url, maxConnections: 2 }));
      // The server for tests answers before its log is written, and so would lose what it answered last.
      yield* Effect.flatMap(SqlClient.SqlClient, (sql) =>
        sql.unsafe(`alter role ${LOGIN} set synchronous_commit = on`),
      ).pipe(Effect.provide(PgClient.layer({ url: urlOn(SUPERUSER), maxConnections: 1 })));
      // A backend that is killed takes all others with it: PostgreSQL starts over from its log.
      const harm = () =>
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient;
          const rows = yield* sql.unsafe<{ pid: number }>(
            `select pid from pg_stat_activity where application_name = 'zmos' limit 1`,
          );
          for (const { pid } of rows) process.kill(pid, "SIGKILL");
        }).pipe(
          Effect.provide(PgClient.layer({ url: urlOn(SUPERUSER), maxConnections: 1 })),
          Effect.ignore,
          Effect.runPromise,
        );
      yield* Effect.promise(async () => {
        const gym = await looking(openGym);
        const kept = { DESK_URL: Redacted.value(url) };
        const told = await killedWhileBooking(kept, gym, looking, {
          kills: KILLS.database,
          seed: 4,
          isAlone: false,
          harm,
        });
        console.info(`PostgreSQL and server killed ${KILLS.database} times: ${JSON.stringify(told)}`);
        assert.isAbove(told.done, KILLS.database);
      });
    }).pipe(Effect.scoped),
  HOUR,
);
