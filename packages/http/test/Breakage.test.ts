import { Platform, type StoreUnavailable, UnitOfWork } from "@zmos/core";
import { StoreUnavailable as Unavailable } from "@zmos/core/kernel";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as ManagedRuntime from "effect/ManagedRuntime";
import * as Redacted from "effect/Redacted";
import { describe, expect, it } from "vitest";
import type { Services } from "../src/AppOptions.ts";
import { createApp } from "../src/CreateApp.ts";
import { layerFrom } from "../src/main.ts";
import { serve } from "../src/Serve.ts";
import { Logged, requestOf, slugOf, startApp } from "./support/TestApp.ts";

const { services, openTenant } = await startApp();
const { owner: token } = await openTenant("Breakage");

/** The app with a store that fails in some way. */
const broken = (failure: Effect.Effect<never, StoreUnavailable>) => {
  const units = UnitOfWork.of({
    isOpen: Effect.succeed(false),
    run: () => failure,
    read: () => failure,
    inPassing: () => Effect.die("not asked"),
  });
  return createApp({ services: Context.add(services as Context.Context<Services>, UnitOfWork, units) });
};

/** The app whose locations cannot be listed, for a reason that nobody foresaw. */
const buggy = (secret: string) => {
  const platform = Context.get(services, Platform);
  const listLocations = Object.assign(() => Effect.die(new Error(secret)), platform.listLocations);
  return createApp({
    services: Context.add(services as Context.Context<Services>, Platform, { ...platform, listLocations }),
  });
};

describe("when something breaks", () => {
  it("a store that is down makes /ready 503 with Retry-After, while /health stays 200", async () => {
    const app = broken(Effect.fail(new Unavailable({ retryAfterSeconds: 2 })));
    const ready = await app.request("/ready");
    expect(ready.status).toBe(503);
    expect(ready.headers.get("retry-after")).toBe("2");
    expect((await app.request("/health")).status).toBe(200);
  });

  it("a database that is not there makes requests with a token 503 with Retry-After, and nothing 500", async () => {
    const databaseUrl = Redacted.make("postgres://nobody@127.0.0.1:1/nothing");
    const runtime = ManagedRuntime.make(layerFrom({ dataDir: "", databaseUrl }).pipe(Layer.provideMerge(Logged.layer)));
    const app = createApp({ services: await runtime.context() });
    expect((await app.request("/health")).status).toBe(200);
    expect((await app.request("/ready")).status).toBe(503);
    const request = requestOf("GET", "http://zmos.test/v1/locations", { token });
    const answer = await app.fetch(request);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    await runtime.dispose();
  });

  it("a store that does not answer makes /ready 503 within seconds", async () => {
    const ready = await broken(Effect.never).request("/ready");
    expect(ready.status).toBe(503);
  });

  it("a mistake of ours is 500 with the request's id and nothing else; the log has the rest", async () => {
    const response = await buggy("secret: postgres://user:hunter2@db").fetch(
      requestOf("GET", "http://zmos.test/v1/locations", { token, headers: { "x-request-id": "trace-of-a-bug" } }),
    );
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(slugOf(JSON.parse(text) as object)).toBe("internal-error");
    expect(text).toContain("trace-of-a-bug");
    expect(text).not.toMatch(/hunter2|postgres|\bat /);
    const lines = Context.get(services, Logged);
    expect(lines.join("\n")).toContain("hunter2");
  });

  /** An app whose locations are never listed, and what becomes of the work. */
  const endless = () => {
    const begun = Promise.withResolvers<void>();
    const stopped = Promise.withResolvers<string>();
    const platform = Context.get(services, Platform);
    const work = Effect.onInterrupt(Effect.andThen(Effect.sync(begun.resolve), Effect.never), () =>
      Effect.sync(() => stopped.resolve("stopped")),
    );
    const listLocations = Object.assign(() => work, platform.listLocations);
    const changed = Context.add(services as Context.Context<Services>, Platform, { ...platform, listLocations });
    return { services: changed, begun: begun.promise, stopped: stopped.promise };
  };

  it("a client that hangs up stops the work that was done for it", async () => {
    const { services: changed, begun, stopped } = endless();
    const app = createApp({ services: changed });
    const hangUp = new AbortController();
    const { url, method, headers } = requestOf("GET", "http://zmos.test/v1/locations", { token });
    const request = new Request(url, { method, headers, signal: hangUp.signal });
    const answer = app.fetch(request);
    await begun;
    hangUp.abort();
    expect((await answer).status).toBe(499);
    expect(await stopped).toBe("stopped");
    // Held to the end: a request that is collected takes along the signal that its client has gone.
    expect(request.signal.aborted).toBe(true);
  });

  it("also one that hangs up on the wire", async () => {
    const { services: changed, begun, stopped } = endless();
    await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const { url } = yield* serve({ services: changed, host: "127.0.0.1", port: 0 });
          const hangUp = new AbortController();
          const { headers } = requestOf("GET", `${url}/v1/locations`, { token });
          const answer = fetch(`${url}/v1/locations`, { headers, signal: hangUp.signal }).catch(() => "hung up");
          yield* Effect.promise(() => begun);
          hangUp.abort();
          expect(yield* Effect.promise(() => answer)).toBe("hung up");
          expect(yield* Effect.promise(() => stopped)).toBe("stopped");
        }),
      ),
    );
  });
});
