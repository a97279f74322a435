/**
 * The weight of the pure streak evaluator, civil days in and result out, as a page or a phone would load it.
 */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

export interface EvaluatorSize {
  readonly minifiedBytes: number;
  readonly gzippedBytes: number;
}

export const evaluatorSize = async (
  source = fileURLToPath(new URL("../../core/src/pulseloop/domain/DailyStreak.ts", import.meta.url)),
): Promise<EvaluatorSize> => {
  const { outputFiles } = await build({
    entryPoints: [source],
    bundle: true,
    minify: true,
    format: "esm",
    write: false,
  });
  const code = outputFiles[0]!.contents;
  return { minifiedBytes: code.length, gzippedBytes: gzipSync(code, { level: 9 }).length };
};
