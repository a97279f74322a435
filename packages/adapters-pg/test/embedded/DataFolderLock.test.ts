import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as Database from "../../src/Database.ts";
import { holdDataFolder } from "../../src/embedded/DataFolderLock.ts";
import { temporaryFolder } from "../support/TestDatabase.ts";

const DATABASE_MODULE = fileURLToPath(new URL("../../src/Database.ts", import.meta.url));
const LOCK_MODULE = fileURLToPath(new URL("../../src/embedded/DataFolderLock.ts", import.meta.url));

/** A process that runs some code; `said` waits for its first words. */
const childProcess = (code: string) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const child = spawn(process.execPath, ["--input-type=module", "--eval", code], {
        cwd: fileURLToPath(new URL("../..", import.meta.url)),
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      const said = new Promise<string>((resolve) => {
        child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
        child.once("exit", () => resolve("(it ended)"));
      });
      const kill = Effect.promise(() => {
        child.kill("SIGKILL");
        return exited;
      });
      return { pid: child.pid, said: Effect.promise(() => said), kill };
    }),
    (child) => child.kill,
  );

const holder = (folder: string) =>
  childProcess(`
    import * as Effect from "effect/Effect";
    import { holdDataFolder } from ${JSON.stringify(LOCK_MODULE)};
    setInterval(() => {}, 1000);
    await Effect.runPromise(Effect.scoped(Effect.andThen(holdDataFolder(${JSON.stringify(folder)}),
      Effect.andThen(Effect.sync(() => console.log("held")), Effect.never))));
  `);

const countTenants = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const [row] = yield* sql<{ count: number }>`select count(*)::int as count from tenant`;
  return row?.count;
});

describe("an embedded data folder", () => {
  it.live("tells a second process who holds it and what to do, and lets it in when the first is killed", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder;
      const first = yield* holder(folder);
      assert.strictEqual(yield* first.said, "held");
      const refusal = yield* Effect.flip(Effect.scoped(holdDataFolder(folder)));
      assert.strictEqual(refusal._tag, "DataFolderInUse");
      assert.propertyVal(refusal, "pid", first.pid);
      assert.include(refusal.message, folder);
      assert.include(refusal.message, "choose another folder");
      yield* first.kill;
      yield* Effect.scoped(holdDataFolder(folder));
    }),
  );

  it.live("is not kept from anyone by the note of a process that is gone, whoever has its id now", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder;
      writeFileSync(join(folder, "zmos.pid"), `${process.ppid}\n`);
      yield* Effect.scoped(holdDataFolder(folder));
    }),
  );

  it.live("is refused to a second user in the same process, and free after the first", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder;
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* holdDataFolder(folder);
          const refusal = yield* Effect.flip(Effect.scoped(holdDataFolder(folder)));
          assert.propertyVal(refusal, "pid", process.pid);
        }),
      );
      assert.isFalse(existsSync(join(folder, "zmos.pid")));
      yield* Effect.scoped(holdDataFolder(folder));
    }),
  );

  it.live("that cannot be made says so", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder;
      writeFileSync(join(folder, "file"), "");
      const refusal = yield* Effect.flip(Effect.scoped(holdDataFolder(join(folder, "file", "data"))));
      assert.strictEqual(refusal._tag, "DataFolderUnusable");
    }),
  );

  it.live("keeps what was written when it is opened again", () =>
    Effect.gen(function* () {
      const dataDir = yield* temporaryFolder;
      const once = <A, E>(work: Effect.Effect<A, E, SqlClient.SqlClient>) =>
        Effect.scoped(
          Effect.flatMap(Layer.build(Database.layerEmbedded({ dataDir })), (context) =>
            Effect.provideContext(work, context),
          ),
        );
      yield* once(
        Effect.flatMap(
          SqlClient.SqlClient,
          (sql) => sql`insert into tenant (id, name, timezone, created_at, updated_at)
            values (${crypto.randomUUID()}, 'Kept', 'UTC', now(), now())`,
        ),
      );
      assert.strictEqual(yield* once(countTenants), 1);
    }),
  );

  it.live("is whole after a first start that was killed half-way, at whatever moment", () =>
    Effect.gen(function* () {
      const dataDir = yield* temporaryFolder;
      for (const afterMillis of [0, 150, 300, 450]) {
        const first = yield* childProcess(`
          import * as Effect from "effect/Effect";
          import * as Layer from "effect/Layer";
          console.log("started");
          const { layerEmbedded } = await import(${JSON.stringify(DATABASE_MODULE)});
          await Effect.runPromise(Effect.scoped(Layer.build(layerEmbedded({ dataDir: ${JSON.stringify(dataDir)} }))));
        `);
        yield* first.said;
        yield* Effect.sleep(afterMillis);
        yield* first.kill;
      }
      const database = Database.layerEmbedded({ dataDir });
      assert.strictEqual(yield* Effect.provide(countTenants, database), 0);
      assert.deepStrictEqual(readdirSync(dataDir).toSorted(), ["pgdata", "zmos.lock"]);
    }),
  );
});
