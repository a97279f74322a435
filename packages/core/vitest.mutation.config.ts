import { defineConfig } from "vitest/config";

/** The core's own tests and nothing else: a mutant needs no database to be caught. */
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], exclude: ["test/**/*.torture.test.ts"], testTimeout: 20_000 },
});
