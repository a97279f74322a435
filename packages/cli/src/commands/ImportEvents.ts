import { SingleBar } from "cli-progress";
import * as Effect from "effect/Effect";
import { openApi } from "../Api.ts";
import { openEventFile } from "../imports/EventFile.ts";
import { importMovements } from "../imports/ImportMovements.ts";
import { print, tell } from "../output/Terminal.ts";
import type { Settings } from "../Settings.ts";

/** `zmos import events FILE`: movement events from CSV or JSON lines. */
export const importEvents = Effect.fn("importEvents")(function* (
  settings: Settings,
  path: string,
  options: { readonly skipBad?: boolean },
) {
  const file = yield* openEventFile(path);
  const api = yield* openApi(settings);
  // The bar is gone before anything is said.
  const summary = Effect.gen(function* () {
    const progress = yield* progressBar;
    return yield* importMovements(api, file, {
      skipBad: options.skipBad === true,
      onChecked: (lines) => progress("checking", lines, lines),
      onRecorded: (lines, of) => progress("recording", lines, of),
    });
  });
  const { recorded, known, skipped } = yield* Effect.scoped(summary);
  if (settings.json) {
    yield* print(JSON.stringify({ file: path, recorded, known, skipped }));
    return;
  }
  for (const { number, errors } of skipped) {
    yield* tell(
      `line ${number}: ${errors.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ")}`,
    );
  }
  yield* print(
    `${path}: ${recorded} ${recorded === 1 ? "movement" : "movements"} recorded, ${known} known before, ${skipped.length} skipped.`,
  );
});

/** A bar on stderr, where somebody is watching. */
const progressBar = Effect.gen(function* () {
  if (!process.stderr.isTTY) return () => Effect.void;
  const bar = new SingleBar({
    format: "{phase} {bar} {value} of {total} lines",
    hideCursor: true,
    clearOnComplete: true,
  });
  yield* Effect.acquireRelease(
    Effect.sync(() => bar.start(1, 0, { phase: "checking" })),
    () => Effect.sync(() => bar.stop()),
  );
  return (phase: string, lines: number, of: number) =>
    Effect.sync(() => {
      bar.setTotal(of);
      bar.update(lines, { phase });
    });
});
