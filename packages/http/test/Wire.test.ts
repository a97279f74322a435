/** What only a real server on a real port shows. */
import { Platform } from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Scope from "effect/Scope";
import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { PortTaken, serve } from "../src/Serve.ts";
import { LIMIT_BYTES } from "../src/wire/ReadBody.ts";
import { requestOf, slugOf, startApp } from "./support/TestApp.ts";

const { services, openTenant } = await startApp();
const { owner: token } = await openTenant("Wire");

const start = async (options: Partial<Parameters<typeof serve>[0]> = {}) => {
  const scope = Scope.makeUnsafe();
  const serving = await Effect.runPromise(
    Scope.provide(serve({ services, host: "127.0.0.1", port: 0, ...options }), scope),
  );
  return { ...serving, stop: () => Effect.runPromise(Scope.close(scope, Exit.void)) };
};

const server = await start();
afterAll(() => server.stop());

/** Sends bytes as they are, and collects what comes back until the server hangs up. */
const exchange = (bytes: string, { untilHungUp = true } = {}) =>
  new Promise<{ readonly text: string; readonly ms: number }>((resolve) => {
    const startedAt = performance.now();
    let text = "";
    const socket = connect(server.port, "127.0.0.1", () => socket.write(bytes));
    const end = () => resolve({ text, ms: performance.now() - startedAt });
    socket.on("data", (chunk) => {
      text += chunk.toString();
      if (!untilHungUp) socket.destroy();
    });
    socket.on("close", end).on("error", () => undefined);
  });

const head = (...lines: ReadonlyArray<string>) =>
  [
    "POST /v1/locations HTTP/1.1",
    "Host: zmos",
    `Authorization: Bearer ${token}`,
    `Idempotency-Key: ${randomUUID()}`,
    "Content-Type: application/json",
    ...lines,
    "",
    "",
  ].join("\r\n");

describe("on the wire", () => {
  it("a request is answered over a connection that is kept for the next", async () => {
    const answer = await fetch(
      requestOf("POST", `${server.url}/v1/locations`, { token, body: { name: "W", timezone: "UTC" } }),
    );
    expect(answer.status).toBe(201);
    expect(answer.headers.get("keep-alive")).toBe("timeout=5");
  });

  it("a body of 50 MB is refused before it is read", async () => {
    const { text, ms } = await exchange(head("Content-Length: 52428800") + "x".repeat(1_000), { untilHungUp: false });
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toContain("body-too-large");
    expect(ms).toBeLessThan(2_000);
  });

  it("a body in chunks is refused once it is longer than may be, however long it goes on", async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536;
        if (sent > 52_428_800) controller.close();
        else controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const { headers } = requestOf("POST", server.url, { token, headers: { "content-type": "application/json" } });
    const outcome = await fetch(`${server.url}/v1/locations`, { method: "POST", headers, body, duplex: "half" }).then(
      ({ status }) => status,
      () => "hung up",
    );
    expect([413, "hung up"]).toContain(outcome);
    expect(sent).toBeLessThan(20 * LIMIT_BYTES);
  });

  it.each([
    ["headers of 20 KB", head(`X-Long: ${"x".repeat(20_000)}`), 431],
    ["a length and chunks at once", head("Content-Length: 5", "Transfer-Encoding: chunked") + "0\r\n\r\n", 400],
    ["two lengths", head("Content-Length: 5", "Content-Length: 6") + "12345", 400],
    ["nonsense", "this is not HTTP\r\n\r\n", 400],
  ])("%s are refused as a problem, and the connection ends", async (_, bytes, status) => {
    const { text } = await exchange(bytes);
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(text).toContain("application/problem+json");
  });

  it.concurrent("headers that come too slowly are waited for ten seconds and no longer", async () => {
    const { text, ms } = await exchange("GET /health HTTP/1.1\r\nHost: zmos\r\nX-Slow: ");
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(ms).toBeGreaterThan(9_000);
    expect(ms).toBeLessThan(14_000);
  });
});

describe("starting and stopping", () => {
  it("a port that is taken is said in one sentence that tells what to do", async () => {
    const exit = await Effect.runPromiseExit(Effect.scoped(serve({ services, host: "127.0.0.1", port: server.port })));
    const error = Exit.isFailure(exit) ? exit.cause.reasons[0] : undefined;
    expect(error).toMatchObject({ _tag: "Fail", error: expect.any(PortTaken) });
    expect((error as unknown as { error: Error }).error.message).toMatch(/taken by another program\..*PORT=\d+\.$/);
  });

  it("a server that is told to stop finishes what is under way, and takes nothing new", async () => {
    const platform = Context.get(services, Platform);
    const slowly = (command: Parameters<typeof platform.listLocations>[0]) =>
      Effect.delay(platform.listLocations(command), "500 millis");
    const listLocations = Object.assign(slowly, platform.listLocations);
    const slow = await start({ services: Context.add(services, Platform, { ...platform, listLocations }) });
    const underWay = fetch(requestOf("GET", `${slow.url}/v1/locations`, { token }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    const stopped = slow.stop();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(fetch(`${slow.url}/health`)).rejects.toThrow("fetch failed");
    const answer = await underWay;
    expect(answer.status).toBe(200);
    expect(slugOf((await answer.json()) as object)).toBe("no problem");
    await stopped;
  });
});
