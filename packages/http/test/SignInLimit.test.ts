import { expect, it } from "vitest";
import { ATTEMPTS } from "../src/SignInLimit.ts";
import { slugOf, startApp } from "./support/TestApp.ts";

const { ask } = await startApp();

it("a client that tries to sign in too often is told when to come back, before its token is looked at", async () => {
  const attempt = () => ask("POST", "/v1/sign-in", { body: { token: "x" } });
  for (let count = 0; count < ATTEMPTS; count++) expect((await attempt()).status).toBe(401);
  const refused = await attempt();
  expect(refused.status).toBe(429);
  expect(slugOf(refused.body)).toBe("too-many-requests");
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect((await ask("GET", "/health")).status).toBe(200);
});
