import { defineConfig } from "vitest/config";

/** The specifications of the pure rules and nothing else: a mistake in a rule needs no store and no use case to be noticed. */
export default defineConfig({
  test: {
    include: ["test/{kernel,platform}/*.test.ts", "test/*/domain/**/*.test.ts", "test/testing/laws/*.test.ts"],
    exclude: ["test/**/*.torture.test.ts"],
    testTimeout: 20_000,
  },
});
