import { defineConfig } from "vitest/config";
export default defineConfig({ test: { include: ["test/pulseloop/**/*.test.ts", "test/testing/**/*.test.ts", "test/carepath/**/*.test.ts", "test/kernel/ZoneRules.test.ts", "test/kernel/Civil*.test.ts", "test/memory/**/*.test.ts"], testTimeout: 20_000 } });
