import { Principal, Unauthenticated } from "@zmos/core";
import * as Effect from "effect/Effect";
import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import { createApp } from "../src/CreateApp.ts";
import { startApp } from "./support/TestApp.ts";

const { services, openTenant } = await startApp();
const { tenantId, owner } = await openTenant("Host");

describe("in a host's own app", () => {
  const host = new Hono()
    .get("/", (c) => c.text("the host's own page"))
    .mount("/zmos", createApp({ services, publicUrl: "/zmos" }).fetch);

  it("the API lives under the host's path, and the host's own routes stay", async () => {
    expect(await (await host.request("/")).text()).toBe("the host's own page");
    const headers = { authorization: `Bearer ${owner}` };
    expect((await host.request("/zmos/v1/locations", { headers })).status).toBe(200);
    expect((await host.request("/zmos/v1/nothing")).status).toBe(404);
    const document = (await (await host.request("/zmos/openapi.json")).json()) as { servers: unknown };
    expect(document.servers).toEqual([{ url: "/zmos" }]);
  });

  it("a host that knows its people itself says who is asking, and nobody else can", async () => {
    const app = createApp({
      services,
      principalOf: (request) => {
        const user = request.headers.get("x-gateway-user");
        return user === null
          ? Effect.fail(new Unauthenticated({ reason: "missing" }))
          : Effect.succeed(Principal.of({ tenantId, actorId: user, actorType: "user_account", roles: ["coach"] }));
      },
    });
    const asked = (headers: Record<string, string>) => app.request("/v1/tenant", { headers });
    expect((await asked({ "x-gateway-user": "coach-1" })).status).toBe(200);
    expect((await asked({ authorization: `Bearer ${owner}` })).status).toBe(401);
  });
});
