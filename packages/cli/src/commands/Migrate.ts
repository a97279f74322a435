import * as Effect from "effect/Effect";
import { migrateDatabase } from "../MigrateDatabase.ts";
import { print } from "../output/Terminal.ts";
import type { Settings } from "../Settings.ts";
import { ExitCode } from "../ExitCode.ts";
import { requireDatabase } from "./RequireDatabase.ts";

/** `zmos migrate`: brings the database up to date, or with `--status` tells how far it is (exit code 1 when behind). */
export const migrate = Effect.fn("migrate")(function* (settings: Settings, options: { readonly status?: boolean }) {
  yield* requireDatabase(settings, "migrate");
  const { before, after, latest } = yield* migrateDatabase(settings, options.status !== true);
  if (settings.json) yield* print(JSON.stringify({ before, after, latest }));
  else if (after === latest && before === after)
    yield* print(`The database is up to date: migration ${after} of ${latest}.`);
  else if (after === latest) yield* print(`The database went from migration ${before} to ${after}.`);
  else yield* print(`The database is at migration ${after} of ${latest}. \`zmos migrate\` brings it up to date.`);
  return after === latest ? ExitCode.ok : ExitCode.refused;
});
