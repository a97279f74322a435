import { Platform, Principal, Zmos } from "@zmos/core";
import { AccessTokens, serve, type Services, TokenAuthentication } from "@zmos/http";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import * as ManagedRuntime from "effect/ManagedRuntime";
import * as Scope from "effect/Scope";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zmosHere } from "./support/ZmosHere.ts";

const folder = mkdtempSync(join(tmpdir(), "zmos-programmes-"));
const runtime = ManagedRuntime.make(
  TokenAuthentication.layer.pipe(Layer.provideMerge(Zmos.layerMemory), Layer.provideMerge(Logger.layer([]))),
);
const scope = Scope.makeUnsafe();
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void));
  await runtime.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const door = { url: "", owner: "", coach: "" };
const zmosAs = (token: string, ...args: ReadonlyArray<string>) =>
  zmosHere("--url", door.url, "--token", token, ...args);
const zmos = (...args: ReadonlyArray<string>) => zmosAs(door.owner, ...args);
const idAfter = (what: string, text: string) => new RegExp(`${what} ([0-9a-f-]{36})`).exec(text)?.[1] ?? "";
const file = (name: string, content: object | string) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const setUp = Effect.gen(function* () {
  const platform = yield* Platform;
  const tenant = yield* platform.createTenant({ name: "Studio", timezone: "Africa/Nairobi" });
  const host = Principal.of({ tenantId: tenant.id, actorId: "host", actorType: "host", roles: [] });
  for (const [firstName, externalPartyId] of [
    ["Wanjiru", "w"],
    ["Amina", "a"],
  ] as const) {
    const registered = platform.registerMember({ firstName, lastName: "Otieno", externalPartyId });
    yield* Effect.provideService(registered, Principal, host);
  }
  const tokens = yield* AccessTokens;
  const tokenOf = (role: "owner" | "coach") =>
    Effect.map(tokens.issue({ tenantId: tenant.id, actorId: role, role }), ({ accessToken }) => accessToken);
  const services = yield* Effect.context<Services>();
  const { url } = yield* Effect.provideService(serve({ services, host: "127.0.0.1", port: 0 }), Scope.Scope, scope);
  Object.assign(door, { url, owner: yield* tokenOf("owner"), coach: yield* tokenOf("coach") });
});

/** Three movements of Wanjiru's and one of Amina's, in the first two weeks of June 2026. */
const june = [
  "member_id,occurred_at,duration_minutes",
  "w,2026-06-01,30",
  "w,2026-06-03,40",
  "w,2026-06-09,20",
  "a,2026-06-02,50",
].join("\n");

beforeAll(async () => {
  await runtime.runPromise(setUp);
  const { code, stderr } = await zmos("import", "events", file("june.csv", june));
  if (code !== 0) throw new Error(stderr);
}, 60_000);

describe("challenges at a terminal", { timeout: 60_000 }, () => {
  // It goes on for months, so that whoever joins today does so in time.
  const ninetyMinutes = {
    name: "Ninety minutes",
    kind: { kind: "cumulative", metric: { measure: "minutes" }, target: 90 },
    from: "2026-06-01",
    to: "2027-05-31",
    join: "any_time_counting_back",
  };

  it("sets one up, takes members in, shows the board and how far each has come, and why", async () => {
    expect((await zmos("challenge", "list")).stdout).toBe("No challenge has been set up yet.\n");
    const created = await zmos("challenge", "create", file("ninety.json", ninetyMinutes));
    expect(created).toMatchObject({ code: 0 });
    expect(created.stdout).toMatch(/^Ninety minutes, 2026-06-01 to 2027-05-31: challenge [0-9a-f-]{36}\n$/);
    const id = idAfter("challenge", created.stdout);
    expect((await zmos("challenge", "list")).stdout).toMatch(
      /Ninety minutes +cumulative +2026-06-01 +2027-05-31 +open/,
    );

    expect((await zmos("challenge", "leaderboard", id)).stdout).toBe("Nobody is on the board yet.\n");
    expect((await zmos("challenge", "progress", id)).stdout).toBe("Nobody takes part yet.\n");
    expect((await zmos("challenge", "join", id, "w", "--name", "Shiru")).stdout).toMatch(
      /^joined on \d{4}-\d\d-\d\d: on the board as Shiru\n$/,
    );
    expect((await zmos("challenge", "join", id, "a", "--hidden")).stdout).toMatch(
      /: ranked, and not shown on the board\n$/,
    );

    const board = await zmos("challenge", "leaderboard", id);
    expect(board.stdout).toMatch(/1 +Shiru +90 +2026-06-09/);
    expect(board.stdout).not.toContain("Amina");
    const everybody = await zmos("challenge", "progress", id);
    expect(everybody.stdout).toMatch(/Shiru +\d{4}-\d\d-\d\d +90 of 90 +100 % +2026-06-09/);
    expect(everybody.stdout).toMatch(/Amina O\. +\d{4}-\d\d-\d\d +50 of 90 +56 %/);
    const explained = await zmos("challenge", "progress", id, "w", "--as-of", "2026-06-05", "--explain");
    expect(explained.stdout).toMatch(/^Shiru: 70 of 90 minutes/);
    expect(explained.stdout).toContain("  2026-06-03  40\n");
    expect(explained.stdout).toContain("  2026-06-09  does not count: after as of\n");
    expect(explained.stdout).not.toContain("Amina");
  });

  it("names the teams where teams are ranked", async () => {
    const kind = { kind: "team", metric: { measure: "events" }, target: 10 };
    const created = await zmos("challenge", "create", file("teams.json", { ...ninetyMinutes, kind, teams: ["North"] }));
    const id = idAfter("challenge", created.stdout);
    const team = idAfter("North: team", created.stdout);
    expect(await zmos("challenge", "join", id, "w")).toMatchObject({ code: 1, stdout: "" });
    expect(await zmos("challenge", "join", id, "w", "--team", team)).toMatchObject({ code: 0 });
    expect((await zmos("challenge", "leaderboard", id)).stdout).toMatch(/1 +North +3/);
    expect(JSON.parse((await zmos("challenge", "leaderboard", id, "--json")).stdout)).toMatchObject({
      items: [{ rank: 1, name: "North", value: 3 }],
    });
  });

  it("says what it cannot understand before it asks anybody", async () => {
    const noTarget = { ...ninetyMinutes, kind: { kind: "cumulative", metric: { measure: "minutes" } } };
    expect(await zmos("challenge", "create", file("none.json", noTarget))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("kind.target") as string,
    });
    expect(await zmos("challenge", "leaderboard", "June")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("June is not the id of a challenge") as string,
    });
  });
});

describe("journeys at a terminal", { timeout: 60_000 }, () => {
  it("writes one, puts a member on it, and shows who stands where, and why", async () => {
    expect((await zmos("journey", "list")).stdout).toBe("No journey has been written yet.\n");
    const twiceAWeek = { name: "Twice a week", durationWeeks: 2, targetGoals: { sessionsPerWeek: 2 } };
    const created = await zmos("journey", "create", file("twice.json", twiceAWeek));
    expect(created.stdout).toMatch(/^Twice a week, 2 weeks: journey [0-9a-f-]{36}\n$/);
    const id = idAfter("journey", created.stdout);
    expect((await zmos("journey", "list")).stdout).toMatch(/Twice a week +2 +active/);

    expect((await zmos("journey", "enrollments", id)).stdout).toBe("Nobody is on it yet.\n");
    expect(await zmos("journey", "enroll", id, "w", "--from", "June")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("June is not a calendar day") as string,
    });
    const enrolled = await zmos("journey", "enroll", id, "w", "--from", "2026-06-01");
    expect(enrolled.stdout).toMatch(/^enrolled from 2026-06-01: enrolment [0-9a-f-]{36}\n$/);

    const coach = await zmosAs(door.coach, "journey", "enrollments", id, "--as-of", "2026-06-10");
    expect(coach.stdout).toMatch(/Wanjiru Otieno +active +2 of 2 +100 % +on track +1/);
    const summary = ["journey", "summary", id, idAfter("enrolment", enrolled.stdout), "--as-of", "2026-06-10"];
    const told = await zmos(...summary);
    expect(told.stdout).toMatch(/^Twice a week, active, as of 2026-06-10\nScore 100 %, on track: the mean of 1 week\./);
    expect(told.stdout).toMatch(/1 +2026-06-01 +2026-06-07 +2 of 2 sessions +100 % +met/);
    expect(told.stdout).toMatch(/2 +2026-06-08 +2026-06-14 +1 of 2 sessions +50 % +pending/);
    expect(JSON.parse((await zmos(...summary, "--json")).stdout)).toMatchObject({ score: 1, standing: "on_track" });
  });
});
