import { Platform, TenantStore, ZoneRules } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { openInstallation } from "../Installation.ts";
import { table } from "../output/Table.ts";
import { print } from "../output/Terminal.ts";
import { BadInput } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";
import { requireDatabase } from "./RequireDatabase.ts";

/** `zmos tenant create NAME`: a new movement provider. */
export const createTenant = Effect.fn("createTenant")(function* (
  settings: Settings,
  name: string,
  { timezone }: { readonly timezone: string },
) {
  yield* requireDatabase(settings, "tenant create");
  if (!ZoneRules.isZone(timezone)) {
    return yield* new BadInput({
      detail: `${timezone} is not an IANA time zone like Africa/Nairobi. Change --timezone.`,
    });
  }
  const services = yield* openInstallation(settings);
  const platform = yield* Effect.provide(Platform, services);
  const tenant = yield* platform.createTenant({ name: name.trim(), timezone });
  const encoded = yield* Schema.encodeEffect(platform.createTenant.answer)(tenant);
  yield* print(
    settings.json
      ? JSON.stringify(encoded)
      : `${tenant.name} is set up: ${tenant.id}\nA token for its owner: zmos token --tenant ${tenant.id} --role owner`,
  );
});

/** `zmos tenant list`: every movement provider of the database. */
export const listTenants = Effect.fn("listTenants")(function* (settings: Settings) {
  yield* requireDatabase(settings, "tenant list");
  const services = yield* openInstallation(settings);
  const { directory } = yield* Effect.provide(TenantStore, services);
  const tenants = yield* directory;
  if (settings.json) return yield* print(JSON.stringify(tenants.map(({ id, name }) => ({ id, name }))));
  yield* print(
    tenants.length === 0
      ? "There is no tenant yet. `zmos tenant create NAME --timezone ZONE` makes one."
      : table(
          [
            { title: "Id", of: ({ id }) => id },
            { title: "Name", of: ({ name }) => name },
          ],
          tenants,
        ),
  );
});
