/**
 * ZMOS as a server process, and the one place where adapters are picked.
 *
 * `node packages/http/src/main.ts` serves; `layerFrom` is the same product for whoever runs it otherwise (the command line).
 */
import { CalendarAdapters } from "@zmos/adapters-calendar";
import { layerEmbedded, layerServer, StoresPg } from "@zmos/adapters-pg";
import { type ZhepConfig, ZhepPartners } from "@zmos/adapters-zhep";
import { Clockwork, IdSource, TimeZoneDatabase, Zmos } from "@zmos/core";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Fiber from "effect/Fiber";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import { AccessTokens } from "./auth/AccessTokens.ts";
import { Keyring } from "./auth/Keyring.ts";
import { SignIn } from "./auth/SignIn.ts";
import * as TokenIdentity from "./auth/TokenIdentity.ts";
import { linesTo } from "./Lines.ts";
import { serve } from "./Serve.ts";
import { type Settings, settings } from "./Settings.ts";

export { type Settings, settings, SettingUnusable } from "./Settings.ts";
/** For the declarations of this module, which name it. */
export type { ZhepConfig };

const tokens = AccessTokens.layer.pipe(Layer.provide(Keyring.layer));

/** Every door on the database that the settings name, with the partners that `ZMOS_MODE` names. The stores stay reachable. */
export const layerFrom = ({ databaseUrl, dataDir }: Pick<Settings, "databaseUrl" | "dataDir">) => {
  const database = databaseUrl === undefined ? layerEmbedded({ dataDir }) : layerServer({ url: databaseUrl });
  return Zmos.layer.pipe(
    Layer.provideMerge(Layer.merge(ZhepPartners.layerConfig(TokenIdentity.layer), SignIn.layer)),
    Layer.provideMerge(tokens),
    Layer.provideMerge(StoresPg.layer),
    Layer.provideMerge(
      Layer.mergeAll(
        database,
        IdSource.layer,
        CalendarAdapters.layer,
        Layer.succeed(TimeZoneDatabase, process.versions.tz ?? "unknown"),
      ),
    ),
  );
};

/** Lines for people at a terminal, JSON for everything else. */
export const layerLog = Layer.suspend(() =>
  Logger.layer([
    process.stdout.isTTY ? Logger.consolePretty() : Logger.map(Logger.formatJson, linesTo(process.stdout)),
  ]),
);

/** Serves with these settings, and does what is due, until the scope closes. Answers where. */
export const serveWith = Effect.fn("serveWith")(function* (chosen: Settings) {
  const services = yield* Layer.build(Layer.merge(layerFrom(chosen), layerLog));
  const serving = yield* serve({ services, host: chosen.host, port: chosen.port });
  yield* Effect.provide(
    Clockwork.use((clockwork) => clockwork.run),
    services,
  );
  return serving;
});

const program = Effect.gen(function* () {
  const { url } = yield* Effect.flatMap(settings, serveWith);
  yield* Effect.logInfo(`ZMOS serves ${url} (reference: ${url}/docs)`);
  return yield* Effect.never;
});

/** Runs until told to stop: then lets requests finish, closes the database, and ends. */
const main = async (): Promise<void> => {
  const fiber = Effect.runFork(Effect.scoped(Effect.provide(program, layerLog)));
  const stop = () => void Effect.runFork(Fiber.interrupt(fiber));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  const exit = await Effect.runPromise(Fiber.await(fiber));
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) return;
  const error = Cause.squash(exit.cause);
  process.stderr.write(`${error instanceof Error && "_tag" in error ? error.message : Cause.pretty(exit.cause)}\n`);
  process.exitCode = 1;
};

if (import.meta.main) await main();
