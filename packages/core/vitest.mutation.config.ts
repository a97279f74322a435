import { defineConfig } from "vitest/config";

/** The specification of one rule, as `pnpm mutation` names it, and nothing else: a mistake has to be noticed where the rule is told. */
export default defineConfig({
  test: { include: (process.env["ZMOS_SPECS"] ?? "test/*/domain/**/*.test.ts").split(","), testTimeout: 20_000 },
});
