/**
 * Builds the prebuilt embedded database for this version, unless it is there: `node packages/adapters-pg/src/prebuilt.ts`.
 *
 * Killed half-way, it leaves a folder that nobody takes for a finished one and that the next run removes.
 */
import { PGlite } from "@electric-sql/pglite";
import * as Effect from "effect/Effect";
import * as Reactivity from "effect/reactivity/Reactivity";
import * as SqlClient from "effect/sql/SqlClient";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeOnPglite } from "./Database.ts";
import { PREBUILT_SHELF, prebuiltFolder, prebuiltKey } from "./embedded/PrebuiltDatabase.ts";
import { migrate } from "./Migrations.ts";

const build = async (): Promise<void> => {
  mkdirSync(PREBUILT_SHELF, { recursive: true });
  const unfinished = join(PREBUILT_SHELF, `unfinished-${process.pid}`);
  const database = await PGlite.create({ dataDir: unfinished });
  await makeOnPglite(database).pipe(
    Effect.flatMap((client) => Effect.provideService(migrate, SqlClient.SqlClient, client)),
    Effect.scoped,
    Effect.provide(Reactivity.layer),
    Effect.runPromise,
  );
  await database.close();
  for (const name of readdirSync(PREBUILT_SHELF)) {
    if (isLitter(name)) rmSync(join(PREBUILT_SHELF, name), { recursive: true, force: true });
  }
  if (prebuiltFolder() === undefined) renameSync(unfinished, join(PREBUILT_SHELF, prebuiltKey()));
  else rmSync(unfinished, { recursive: true });
};

/** Databases of other versions, and what a killed build left; not what another build is making now. */
const isLitter = (name: string): boolean => {
  const builder = /^unfinished-(\d+)$/.exec(name)?.[1];
  return builder === undefined ? name !== prebuiltKey() : !isAlive(Number(builder));
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

if (prebuiltFolder() === undefined) await build();
