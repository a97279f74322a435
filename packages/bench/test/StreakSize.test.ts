import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { evaluatorSize } from "../src/StreakSize.ts";

it("keeps the pure streak evaluator, civil days in and result out, within 2 KB minified and gzipped", async () => {
  const { gzippedBytes } = await evaluatorSize();
  expect(gzippedBytes).toBeGreaterThan(200);
  expect(gzippedBytes).toBeLessThanOrEqual(2_048);
});

it("would notice a heavier evaluator: the calendar one with its metrics is larger", async () => {
  const heavier = fileURLToPath(new URL("../../core/src/pulseloop/domain/Streak.ts", import.meta.url));
  expect((await evaluatorSize(heavier)).gzippedBytes).toBeGreaterThan((await evaluatorSize()).gzippedBytes);
});
