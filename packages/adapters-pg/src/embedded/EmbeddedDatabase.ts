/** A PGlite in memory or in a folder that this process holds alone. */
import { PGlite } from "@electric-sql/pglite";
import * as Effect from "effect/Effect";
import { cpSync, existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { holdDataFolder } from "./DataFolderLock.ts";
import { prebuiltFolder } from "./PrebuiltDatabase.ts";

const DATABASE = "pgdata";
const UNFINISHED = "pgdata.unfinished";

const opened = (folder: string | undefined) =>
  Effect.acquireRelease(
    Effect.promise(() => PGlite.create(folder === undefined ? {} : { dataDir: folder })),
    (database) => Effect.promise(() => database.close()),
  );

/** A fresh database is made under another name, so that a folder called \`pgdata\` is always a whole one. */
const prepare = async (folder: string): Promise<void> => {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(UNFINISHED)) rmSync(join(folder, name), { recursive: true, force: true });
  }
  if (existsSync(join(folder, DATABASE))) return;
  const unfinished = join(folder, UNFINISHED);
  const prebuilt = prebuiltFolder();
  if (prebuilt === undefined) {
    const database = await PGlite.create({ dataDir: unfinished });
    await database.close();
  } else {
    cpSync(prebuilt, unfinished, { recursive: true }); // A thousand small files: copied asynchronously they take several times as long.
  }
  renameSync(unfinished, join(folder, DATABASE));
};

/**
 * Opens the embedded database for as long as the scope lasts.
 *
 * **Errors** `DataFolderInUse` when another process has the folder, `DataFolderUnusable` when it cannot be written.
 */
export const openEmbedded = Effect.fnUntraced(function* (folder: string | undefined) {
  if (folder === undefined) return yield* opened(undefined);
  yield* holdDataFolder(folder);
  yield* Effect.promise(() => prepare(folder));
  return yield* opened(join(folder, DATABASE));
});
