/** The server as a process of its own, on an embedded folder. */
import { Platform } from "@zmos/core";
import * as Effect from "effect/Effect";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { AccessTokens } from "../src/auth/AccessTokens.ts";
import { layerFrom } from "../src/main.ts";
import { requestOf } from "./support/TestApp.ts";

const dataDir = mkdtempSync(join(tmpdir(), "zmos-process-"));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const token = await Effect.runPromise(
  Effect.gen(function* () {
    const tenant = yield* Platform.use((platform) => platform.createTenant({ name: "Kept", timezone: "UTC" }));
    const owner = { tenantId: tenant.id, actorId: "owner-1", role: "owner" } as const;
    return (yield* AccessTokens.use((tokens) => tokens.issue(owner))).accessToken;
  }).pipe(Effect.provide(layerFrom({ dataDir, databaseUrl: undefined }))),
);

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
const started: Array<ChildProcess> = [];
afterAll(() => started.forEach((child) => child.kill("SIGKILL")));

const run = (environment: Record<string, string>) => {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, PORT: "0", ZMOS_DATA_DIR: dataDir, ...environment },
  });
  started.push(child);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const said = async (pattern: RegExp): Promise<RegExpExecArray> => {
    for (let waited = 0; waited < 150; waited++) {
      const match = pattern.exec(output);
      if (match !== null) return match;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`never said ${pattern}: ${output}`);
  };
  return { child, said, ended: once(child, "exit").then(([code]) => ({ code: code as number | null, output })) };
};

const SERVES = /ZMOS serves (http:\/\/[\d.:]+)/;

describe("the server process", () => {
  it("keeps data and tokens from one run to the next, ends cleanly, and lets no second process into its folder", async () => {
    const first = run({});
    const [, url] = await first.said(SERVES);
    const made = await fetch(
      requestOf("POST", `${url}/v1/locations`, { token, body: { name: "Kept", timezone: "UTC" } }),
    );
    expect(made.status).toBe(201);

    const second = await run({}).ended;
    expect(second.code).toBe(1);
    expect(second.output.trim().split("\n")).toHaveLength(1);
    expect(second.output).toContain(dataDir);

    first.child.kill("SIGTERM");
    expect((await first.ended).code).toBe(0);

    const again = run({});
    const [, urlAgain] = await again.said(SERVES);
    const listed = await fetch(requestOf("GET", `${urlAgain}/v1/locations`, { token }));
    expect(await listed.json()).toMatchObject({ items: [{ name: "Kept" }] });
    again.child.kill("SIGINT");
    expect((await again.ended).code).toBe(0);
  }, 60_000);

  it.each([
    [{ PORT: "many" }, "PORT is not usable: expected a port number, 0 to 65535."],
    [{ ZMOS_MODE: "BOTH" }, "ZMOS_MODE is not usable: expected ZMOS_ONLY or ZMOS_ZHEP"],
  ])("says what is wrong with %o, and does not start", async (environment, sentence) => {
    const { code, output } = await run({ ...environment, ZMOS_DATA_DIR: join(dataDir, "unused") }).ended;
    expect(code).toBe(1);
    expect(output).toContain(sentence);
    expect(output).not.toContain("    at ");
  });
});
