/**
 * One process at a time in an embedded data folder: PGlite, like PostgreSQL, destroys a folder that two write to.
 *
 * The lock is the operating system's, on a file, taken through SQLite because Node has no other way to it. So it ends
 * with the process that holds it, however that ends: nothing is ever stale, and a reused process id deceives nobody.
 * The note beside it is for people: it says who holds the lock, and is believed only while somebody does.
 */
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Schema from "effect/Schema";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Another process has the data folder open. */
export class DataFolderInUse extends Schema.TaggedError<DataFolderInUse>()("DataFolderInUse", {
  folder: Schema.String,
  pid: Schema.NullOr(Schema.Int),
}) {
  override get message() {
    const holder = this.pid === null ? "another process" : `process ${this.pid}`;
    return (
      `The data folder ${this.folder} is in use by ${holder}. An embedded database has one process. ` +
      `Stop that one, choose another folder, or talk to it as to a server.`
    );
  }
}

/** The data folder cannot be made or written. */
export class DataFolderUnusable extends Schema.TaggedError<DataFolderUnusable>()("DataFolderUnusable", {
  folder: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `The data folder ${this.folder} cannot be used: ${this.reason}. It must be a folder this user may write to.`;
  }
}

const LOCK_FILE = "zmos.lock";
const HOLDER_FILE = "zmos.pid";
const SQLITE_BUSY = 5;

const readHolder = Schema.decodeUnknownOption(Schema.FiniteFromString.check(Schema.isInt()));

const holderOf = (folder: string): number | null => {
  try {
    return Option.getOrNull(readHolder(readFileSync(join(folder, HOLDER_FILE), "utf8").trim()));
  } catch {
    return null; // The holder is between its lock and its note.
  }
};

const isBusy = (cause: unknown): boolean =>
  cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_BUSY;

const take = (folder: string): DatabaseSync => {
  mkdirSync(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, LOCK_FILE), { timeout: 0 });
  try {
    lock.exec("begin exclusive");
    writeFileSync(join(folder, HOLDER_FILE), `${process.pid}\n`);
  } catch (cause) {
    lock.close();
    throw cause;
  }
  return lock;
};

const give = (folder: string, lock: DatabaseSync): void => {
  rmSync(join(folder, HOLDER_FILE), { force: true });
  lock.close();
};

/** Holds the folder, made if it is missing, for this process until the scope closes. */
export const holdDataFolder = (folder: string) =>
  Effect.acquireRelease(
    Effect.try({
      try: () => take(folder),
      catch: (cause) =>
        isBusy(cause)
          ? new DataFolderInUse({ folder, pid: holderOf(folder) })
          : new DataFolderUnusable({ folder, reason: cause instanceof Error ? cause.message : String(cause) }),
    }),
    (lock) => Effect.sync(() => give(folder, lock)),
  );
