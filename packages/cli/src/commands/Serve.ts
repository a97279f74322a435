import { CivilDate, Clockwork, now, type TenantId, TenantStore, ZoneRules } from "@zmos/core";
import { serve as listen, SignIn } from "@zmos/http";
import * as Effect from "effect/Effect";
import { resolve } from "node:path";
import { OPERATOR } from "../Api.ts";
import { findTenant, openInstallation } from "../Installation.ts";
import { print, styled } from "../output/Terminal.ts";
import type { Settings } from "../Settings.ts";
import { requireDatabase } from "./RequireDatabase.ts";

interface ServeOptions {
  readonly demo?: boolean;
  readonly port: number;
  readonly host: string;
}

/** `zmos serve`: the API until Ctrl-C, with what is due done meanwhile, and how to get in. */
export const serve = Effect.fn("serve")(function* (settings: Settings, { demo, port, host }: ServeOptions) {
  yield* requireDatabase(settings, "serve");
  const services = yield* openInstallation(settings, "Info");
  const tenant = demo === true ? yield* Effect.provide(demoTenant, services) : undefined;
  const { url } = yield* listen({ services, host, port });
  yield* Effect.provide(
    Clockwork.use((clockwork) => clockwork.run),
    services,
  );
  const owned = yield* Effect.provide(
    tenant === undefined ? theTenant(settings.tenant) : Effect.succeed(tenant),
    services,
  );
  yield* print(
    [
      "",
      `  ${styled("bold", "ZMOS serves")} ${styled("cyan", url)}`,
      `  Reference  ${url}/docs`,
      `  Data       ${settings.databaseUrl === undefined ? resolve(settings.dataDir) : "the database of --database-url"}`,
      ...(yield* Effect.provide(waysIn(url, owned), services)),
      "  Ctrl-C stops it; the data stay.",
      "",
    ].join("\n"),
  );
  if (tenant !== undefined) yield* Effect.forkScoped(Effect.provide(loadDemo(tenant.id, url), services));
  return yield* Effect.never.pipe(Effect.onInterrupt(() => print("Stopping …")));
});

interface OwnTenant {
  readonly id: TenantId;
  readonly name: string;
}

const demoTenant = Effect.gen(function* () {
  const { ensureTenant } = yield* Effect.promise(() => import("../demo/LoadDemo.ts"));
  const { club } = yield* Effect.promise(() => import("../demo/KaruraClub.ts"));
  return { id: yield* ensureTenant(), name: club.name } satisfies OwnTenant;
});

/** The tenant whose owner is let in: the one named, or the only one; where that is unclear, none. */
const theTenant = (wanted: string | undefined) =>
  Effect.gen(function* () {
    if (wanted !== undefined) return yield* findTenant(wanted);
    const tenants = yield* TenantStore.use((store) => store.directory);
    return tenants.length === 1 ? tenants[0] : undefined;
  });

const waysIn = Effect.fnUntraced(function* (url: string, tenant: OwnTenant | undefined) {
  if (tenant === undefined) {
    return ["  Sign in    say --tenant, or make a tenant first: zmos tenant create NAME --timezone ZONE"];
  }
  const signIn = yield* SignIn;
  const { token } = yield* signIn.issue({ tenantId: tenant.id, actorId: OPERATOR, role: "owner" });
  return [
    `  Sign in    as the owner of ${tenant.name}, once, within the hour:`,
    "",
    `  curl -s ${url}/v1/sign-in -H 'content-type: application/json' -d '{"token":"${token}"}'`,
    "",
    `  and then   curl -s ${url}/v1/members -H "authorization: Bearer <accessToken>"`,
  ];
});

/** The server takes requests already; a demo that cannot be loaded is no reason to stop it. */
const loadDemo = (tenantId: TenantId, url: string) =>
  Effect.gen(function* () {
    const demo = yield* Effect.promise(() => import("../demo/LoadDemo.ts"));
    const { playBookingStory } = yield* Effect.promise(() => import("../demo/BookingStory.ts"));
    const { makeStoryClock } = yield* Effect.promise(() => import("../demo/StoryClock.ts"));
    const {
      club: { timezone },
    } = yield* Effect.promise(() => import("../demo/KaruraClub.ts"));
    const at = yield* now;
    const today = ZoneRules.civilDateOf(timezone, at);
    if (!(yield* demo.isLoaded(tenantId, today))) {
      const club = yield* demo.setUpClub(tenantId);
      yield* demo.loadParticipants(tenantId);
      yield* playBookingStory(club, CivilDate.addDays(today, -1), yield* makeStoryClock(at));
      yield* demo.loadTimetable(club, today);
    }
    yield* print(
      "  The demo provider is ready: 33 people's month of movement (April and May 2016), " +
        "a timetable from today on, and yesterday's class.\n" +
        `  Try        curl -s '${url}/v1/standings?asOf=2016-05-12' -H "authorization: Bearer <accessToken>"`,
    );
  }).pipe(
    Effect.tapCause((cause) => Effect.logWarning("the demo could not be loaded", cause)),
    Effect.ignore,
  );
