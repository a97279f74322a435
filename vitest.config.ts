import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("./", import.meta.url));
const torture = process.env["ZMOS_TORTURE"] === "1";

/** One project per room that has tests; the long versions (`*.torture.test.ts`) join in under `pnpm torture`. */
const rooms = [...readdirSync(`${root}packages`).map((name) => `packages/${name}`), "examples"].filter((room) =>
  existsSync(`${root}${room}/test`),
);

export default defineConfig({
  test: {
    // One real PostgreSQL server for the whole run: a global setup of the root is done once, for all projects.
    globalSetup: ["packages/adapters-pg/test/support/PostgresServer.globalSetup.ts"],
    // Two cores, and a PostgreSQL and a few servers beside the tests.
    maxWorkers: 2,
    // Fails an `.only` that was left behind, on every machine.
    allowOnly: false,
    projects: rooms.map((room) => ({
      root: `${root}${room}`,
      test: {
        name: room.replace("packages/", ""),
        include: ["test/**/*.test.ts"],
        exclude: torture ? [] : ["test/**/*.torture.test.ts"],
        testTimeout: torture ? 1_200_000 : 20_000,
        hookTimeout: 60_000,
      },
    })),
  },
});
