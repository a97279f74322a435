/**
 * The ZMOS API inside a host's own Hono app, on an embedded database, for people whom the host knows by its own means.
 *
 * Run it: `node examples/02-mount-in-hono/main.ts [folder]`
 */
import { layerEmbedded, StoresPg } from "@zmos/adapters-pg";
import { Identity, IdSource, Platform, Principal, Unauthenticated, Zmos } from "@zmos/core";
import { createApp, type PrincipalOf } from "@zmos/http";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import * as ManagedRuntime from "effect/ManagedRuntime";
import { Hono } from "hono";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [folder] = process.argv.slice(2);
const dataDir = folder ?? mkdtempSync(join(tmpdir(), "zmos-example-"));

// Nobody comes with one of ZMOS's own tokens here.
const noTokens = Layer.succeed(Identity, {
  authenticate: () => Effect.fail(new Unauthenticated({ reason: "unknown" })),
});
const product = Zmos.layer.pipe(
  Layer.provideMerge(Layer.merge(StoresPg.layer, Zmos.layerLocalPartners)),
  Layer.provideMerge(Layer.mergeAll(layerEmbedded({ dataDir }), IdSource.layer, noTokens, Logger.layer([]))),
);
const runtime = ManagedRuntime.make(product);
const { id: tenantId } = await runtime.runPromise(
  Platform.use((platform) => platform.createTenant({ name: "Karura Runners", timezone: "Africa/Nairobi" })),
);

/** The host's own session cookies, as a stand-in for whatever it has. */
const signedIn = new Map([["session=amina", { user: "coach-1", role: "coach" as const }]]);

const principalOf: PrincipalOf = (request) => {
  const person = signedIn.get(request.headers.get("cookie") ?? "");
  return person === undefined
    ? Effect.fail(new Unauthenticated({ reason: "missing" }))
    : Effect.succeed(Principal.of({ tenantId, actorId: person.user, actorType: "user_account", roles: [person.role] }));
};

const zmos = createApp({ services: await runtime.context(), principalOf, publicUrl: "/movement" });
const host = new Hono().get("/", (c) => c.text("The host's own page")).mount("/movement", zmos.fetch);

/** What is shown of an answer: a problem has a detail, a thing a name. */
interface Answer {
  readonly name?: string;
  readonly detail?: string;
}

const show = async (what: string, path: string, init: RequestInit = {}) => {
  const response = await host.request(path, init);
  const type = response.headers.get("content-type") ?? "";
  const body = await response.text();
  const { name, detail = name } = type.includes("json") ? (JSON.parse(body) as Answer) : { detail: body };
  console.log(`${what}: ${response.status} ${detail}`);
};

const coach = { cookie: "session=amina" };
await show("The host's page", "/");
await show("The tenant, for nobody", "/movement/v1/tenant");
await show("The tenant, for a coach", "/movement/v1/tenant", { headers: coach });
await show("A new session type", "/movement/v1/session-types", {
  method: "POST",
  headers: { ...coach, "content-type": "application/json", "idempotency-key": randomUUID() },
  body: JSON.stringify({ name: "Forest run", category: "class", defaultDuration: 45, defaultCapacity: 12 }),
});
await show("A new location, which is not a coach's to open", "/movement/v1/locations", {
  method: "POST",
  headers: { ...coach, "content-type": "application/json", "idempotency-key": randomUUID() },
  body: JSON.stringify({ name: "Forest Gate", timezone: "Africa/Nairobi" }),
});

await runtime.dispose();
if (folder === undefined) rmSync(dataDir, { recursive: true });
