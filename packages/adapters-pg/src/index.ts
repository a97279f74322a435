/** ZMOS on PostgreSQL: a server, or PGlite embedded in the process. Rows never leave this package. */
export { type EmbeddedOptions, layerEmbedded, layerServer, type ServerOptions } from "./Database.ts";
export { DataFolderInUse, DataFolderUnusable } from "./embedded/DataFolderLock.ts";
export { currentMigration, latestMigration, migrate } from "./Migrations.ts";
export * as StoresPg from "./StoresPg.ts";
