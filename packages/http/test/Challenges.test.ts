import { describe, expect, it } from "vitest";
import { stores } from "./support/Stores.ts";
import { inMinutes, slugOf, startApp } from "./support/TestApp.ts";

const apps = await Promise.all(stores.map(async ([name, layer]) => [name, await startApp(layer)] as const));
const daysFromNow = (days: number) => inMinutes(days * 1_440).slice(0, 10);

describe.each(apps)("%s, a challenge", (_, { ask, openTenant, tokenOf }) => {
  it("is joined, moved in, ranked and explained as facts arrive, and hides who wishes to be hidden", async () => {
    const { owner: token, tenantId, register } = await openTenant("Challenge");
    const created = await ask("POST", "/v1/challenges", {
      token,
      body: {
        name: "100 minutes",
        kind: { kind: "cumulative", metric: { measure: "minutes" }, target: 100 },
        from: daysFromNow(-5),
        to: daysFromNow(5),
        join: "any_time_counting_back",
      },
    });
    expect(created).toMatchObject({ status: 201, body: { status: "open", rankStyle: "competition", graceDays: 2 } });
    const path = `/v1/challenges/${String(created.body["id"])}`;
    const members = [await register("Amina"), await register("Brian"), await register("Chege")] as const;
    const tokens = await Promise.all(members.map((id) => tokenOf(tenantId, id, "member")));
    const move = (memberId: string, minutes: number, more: object = {}) =>
      ask("POST", "/v1/movement-events", {
        token,
        body: { memberId, type: "other", occurredAt: daysFromNow(-2), durationMinutes: minutes, ...more },
      });
    await move(members[0], 60);
    for (const [index, memberId] of members.entries()) {
      const joined = await ask("POST", `${path}/join`, { token: tokens[index], body: { memberId } });
      expect(joined.status).toBe(201);
    }
    expect(slugOf((await ask("POST", `${path}/join`, { token, body: { memberId: members[0] } })).body)).toBe(
      "already-joined",
    );
    await move(members[0], 50, { source: "import", externalId: "run" });
    await move(members[1], 60);
    await move(members[2], 60);
    const board = () =>
      ask<{ items: Array<object>; me?: object; nextCursor?: string }>("GET", `${path}/leaderboard`, {
        token: tokens[1],
      });
    const first = await board();
    expect(first.body.items).toEqual([
      { rank: 1, name: "Amina K.", value: 110, reachedOn: daysFromNow(-2) },
      { rank: 2, name: "Brian K.", entrantId: members[1], value: 60 },
      { rank: 2, name: "Chege K.", value: 60 },
    ]);
    expect(first.body.me).toMatchObject({
      rank: 2,
      entrantId: members[1],
      isShown: true,
      ahead: [{ name: "Amina K." }],
      behind: [{ name: "Chege K." }],
    });

    // A correction moves Amina down; hidden, she keeps her place, so that Brian's stays true.
    await move(members[0], 10, { source: "import", externalId: "run", version: 2 });
    const hidden = await ask("POST", `${path}/visibility`, {
      token: tokens[0],
      body: { memberId: members[0], isShown: false },
    });
    expect(hidden).toMatchObject({ status: 200, body: { isShown: false } });
    const second = await board();
    expect(second.body.items).toMatchObject([
      { rank: 2, name: "Brian K." },
      { rank: 2, name: "Chege K." },
    ]);
    const page = await ask<{ items: Array<object>; nextCursor: string }>("GET", `${path}/leaderboard?limit=1`, {
      token,
    });
    expect(page.body.items).toMatchObject([{ name: "Brian K.", entrantId: members[1] }]);
    const next = await ask<{ items: Array<object> }>(
      "GET",
      `${path}/leaderboard?limit=1&cursor=${page.body.nextCursor}`,
      { token },
    );
    expect(next.body.items).toMatchObject([{ rank: 2, name: "Chege K." }]);

    const progress = await ask("GET", `${path}/progress`, { token: tokens[0] });
    expect(progress.body).toMatchObject({
      items: [
        {
          memberId: members[0],
          phase: "running",
          value: 70,
          target: 100,
          fraction: 0.7,
          explanation: { text: expect.stringContaining("30 to go"), days: [{ day: daysFromNow(-2), amount: 70 }] },
        },
      ],
    });
    const everybody = await ask<{ items: Array<object> }>("GET", `${path}/progress`, { token });
    expect(everybody.body.items).toHaveLength(3);
    const another = await ask("GET", `${path}/progress?memberId=${members[0]}`, { token: tokens[1] });
    expect(another.status).toBe(403);

    const early = await ask("POST", `${path}/finalise`, { token, body: {} });
    expect(slugOf(early.body)).toBe("challenge-not-over");
    const left = await ask("POST", `${path}/leave`, { token: tokens[2], body: { memberId: members[2] } });
    expect(left.status).toBe(200);
    expect((await board()).body.items).toHaveLength(1);
    const gone = await ask("POST", `${path}/leave`, { token: tokens[2], body: { memberId: members[2] } });
    expect(slugOf(gone.body)).toBe("not-participating");
  });

  it("that cannot be is refused with what would have to change", async () => {
    const { owner: token } = await openTenant("Impossible");
    const body = {
      name: "Weeks",
      kind: { kind: "frequency", metric: { measure: "events" }, perPeriod: 3, period: "week", periods: 3 },
      from: "2026-06-01",
      to: "2026-06-14",
    };
    const refused = await ask("POST", "/v1/challenges", { token, body });
    expect(refused).toMatchObject({ status: 422, body: { detail: expect.stringContaining("holds 2 weeks") } });
    const teams = await ask("POST", "/v1/challenges", { token, body: { ...body, teams: ["Reds"], to: "2026-06-30" } });
    expect(slugOf(teams.body)).toBe("challenge-impossible");
  });
});
