/**
 * The tests' PostgreSQL server, told to lose nothing it has confirmed.
 *
 * Tests have fsync, synchronous_commit and full_page_writes off, because their data is thrown away; what a commit costs could not be seen there.
 */
import { type PostgresServer, startPostgresServer } from "../../../adapters-pg/test/support/PostgresServer.ts";

/** What whoever runs PostgreSQL beside an application on one small machine would set; the same for everybody who is measured. */
const SETTINGS = [
  "fsync=on",
  "synchronous_commit=on",
  "full_page_writes=on",
  "max_connections=300",
  "shared_buffers=1GB",
  "max_wal_size=8GB",
  "checkpoint_timeout=30min",
];

export const startDurablePostgres = (): Promise<PostgresServer> => startPostgresServer(SETTINGS);
