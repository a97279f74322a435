import { Principal, PulseLoop } from "@zmos/core";
import * as Effect from "effect/Effect";
import { OPERATOR } from "../Api.ts";
import { findTenant, openInstallation } from "../Installation.ts";
import { print } from "../output/Terminal.ts";
import type { Settings } from "../Settings.ts";
import { requireDatabase } from "./RequireDatabase.ts";

/** `zmos rebuild`: every calendar of a tenant, computed anew from its facts. That nothing differs is what it is run to see. */
export const rebuild = Effect.fn("rebuild")(function* (settings: Settings) {
  yield* requireDatabase(settings, "rebuild");
  const services = yield* openInstallation(settings);
  const { name, rebuilt } = yield* Effect.provide(
    Effect.gen(function* () {
      const { id, name } = yield* findTenant(settings.tenant);
      const operator = Principal.of({ tenantId: id, actorId: OPERATOR, actorType: "system", roles: [] });
      const pulseLoop = yield* PulseLoop;
      return { name, rebuilt: yield* Effect.provideService(pulseLoop.rebuildCalendars({}), Principal, operator) };
    }),
    services,
  );
  if (settings.json) return yield* print(JSON.stringify(rebuilt));
  const { members, cells, differing } = rebuilt;
  const outcome = differing === 0 ? "none of them differed" : `${differing} of them differed, and are mended`;
  yield* print(`${name}: ${members} members, ${cells} days with movement; ${outcome}.`);
});
