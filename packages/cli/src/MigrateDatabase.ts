/** Migrations as an operator runs them. */
import { currentMigration, latestMigration, layerEmbedded, layerServer, migrate } from "@zmos/adapters-pg";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { Settings } from "./Settings.ts";

/** A migration may rewrite a table, which takes longer than any statement of the product. */
const STATEMENT_TIMEOUT_MILLIS = 30 * 60_000;

/** **Units** numbers of migrations; an embedded database is brought up to date by being opened. */
export const migrateDatabase = Effect.fn("migrateDatabase")(function* (
  { databaseUrl, dataDir }: Pick<Settings, "databaseUrl" | "dataDir">,
  apply: boolean,
) {
  const client = yield* Layer.build(
    databaseUrl === undefined
      ? layerEmbedded({ dataDir })
      : layerServer({ url: databaseUrl, maxConnections: 1, statementTimeoutMillis: STATEMENT_TIMEOUT_MILLIS }),
  );
  const work = Effect.gen(function* () {
    const before = yield* currentMigration;
    if (apply) yield* migrate;
    return { before, after: yield* currentMigration, latest: latestMigration };
  });
  return yield* Effect.provide(work, client);
});
