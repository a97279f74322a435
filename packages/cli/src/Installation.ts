/** The product on the database that the settings name, in this process: for the operator, and for commands without a server. */
import { currentMigration, latestMigration } from "@zmos/adapters-pg";
import { type TenantListing, TenantStore } from "@zmos/core";
import { layerFrom } from "@zmos/http/main";
import type * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import * as References from "effect/References";
import type * as Scope from "effect/Scope";
import { DatabaseNotMigrated, NoSuch, BadInput } from "./Refusals.ts";
import type { Settings } from "./Settings.ts";

/** Answers of commands go to stdout, so what the product says to itself goes to stderr; at a terminal only where it matters. */
export const layerLog = (level: "Info" | "Error") =>
  Layer.merge(
    Logger.layer([Logger.withConsoleError(process.stderr.isTTY ? Logger.formatLogFmt : Logger.formatJson)]),
    Layer.succeed(References.MinimumLogLevel, level),
  );

/** What an open installation offers. */
export type Services = Layer.Success<ReturnType<typeof layerFrom>>;

/** Every door and store, open until the scope closes. **Errors** what the database refuses, `DatabaseNotMigrated`. */
export const openInstallation = Effect.fn("openInstallation")(function* (
  settings: Pick<Settings, "dataDir" | "databaseUrl">,
  level: "Info" | "Error" = "Error",
): Effect.fn.Return<Context.Context<Services>, unknown, Scope.Scope> {
  const services = yield* Layer.build(Layer.merge(layerFrom(settings), layerLog(level)));
  // An embedded database is brought up to date as it is opened.
  if (settings.databaseUrl !== undefined) {
    const current = yield* Effect.provide(currentMigration, services);
    if (current !== latestMigration) return yield* new DatabaseNotMigrated({ current, needed: latestMigration });
  }
  return services;
});

/** The tenant with this id or name; without either, the only one there is. **Errors** `NoSuch`, `BadInput`. */
export const findTenant = Effect.fn("findTenant")(function* (wanted: string | undefined) {
  const tenants = yield* TenantStore.use((store) => store.directory);
  const named = wanted === undefined ? tenants : tenants.filter(({ id, name }) => id === wanted || name === wanted);
  const [tenant, ...more] = named;
  if (tenant === undefined) {
    return wanted === undefined
      ? yield* new BadInput({
          detail:
            "There is no tenant yet. `zmos tenant create NAME --timezone ZONE` makes one; `zmos serve --demo` brings its own.",
        })
      : yield* new NoSuch({ thing: "tenant", name: `"${wanted}"` });
  }
  if (more.length > 0) {
    return yield* new BadInput({ detail: `Which tenant? Say --tenant with one of: ${named.map(choice).join(", ")}.` });
  }
  return tenant;
});

const choice = ({ id, name }: TenantListing): string => `${id} (${name})`;
