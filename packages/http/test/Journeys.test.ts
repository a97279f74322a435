import { describe, expect, it } from "vitest";
import { stores } from "./support/Stores.ts";
import { slugOf, startApp } from "./support/TestApp.ts";

const apps = await Promise.all(stores.map(async ([name, layer]) => [name, await startApp(layer)] as const));

describe.each(apps)("%s, a member on a journey", (_, { ask, openTenant, tokenOf }) => {
  it("is enrolled once, moves, and is told how it stands; its coach sees it in the list and is proposed a flag", async () => {
    const { owner: token, tenantId, register, create, ids } = await openTenant("Hills");
    const coach = await tokenOf(tenantId, "coach-1", "coach");
    const memberId = await register("Amina");
    const self = await tokenOf(tenantId, memberId, "member");
    const journeyId = await create("/v1/journeys", {
      name: "Back to the hills",
      durationWeeks: 4,
      targetGoals: { sessionsPerWeek: 2 },
      phases: [
        { weeks: 1, prescriptions: [{ dayOfWeek: 2, sessionTypeId: ids.sessionTypeId }] },
        { weeks: 3, sessionsPerWeek: 3, focusAreas: ["strength"] },
      ],
    });
    const journey = await ask("GET", `/v1/journeys/${journeyId}`, { token: self });
    expect(journey.body).toMatchObject({
      status: "active",
      targetGoals: { sessionsPerWeek: 2, focusAreas: [] },
      standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
      phases: [
        { weeks: 1, prescriptions: [{ dayOfWeek: 2 }] },
        { weeks: 3, sessionsPerWeek: 3 },
      ],
    });

    const enrollments = `/v1/journeys/${journeyId}/enrollments`;
    const enrolled = await ask("POST", enrollments, { token: self, body: { memberId, startDate: "2026-01-05" } });
    expect(enrolled).toMatchObject({ status: 201, body: { status: "active", startDate: "2026-01-05", pauses: [] } });
    const again = await ask("POST", enrollments, { token, body: { memberId } });
    expect([again.status, slugOf(again.body)]).toEqual([409, "already-enrolled"]);
    expect(again.body).toMatchObject({ enrollmentId: enrolled.body["id"] });

    const spin = { type: "class_attendance", sessionTypeId: ids.sessionTypeId };
    const events = [
      { ...spin, occurredAt: "2026-01-09" },
      { type: "home_workout", occurredAt: "2026-01-10" },
      { type: "home_workout", occurredAt: "2026-01-13" },
    ].map((event, index) => ({ ...event, memberId, source: "import", externalId: `m${index}` }));
    await ask("POST", "/v1/movement-events", { token, body: { events } });

    const one = `${enrollments}/${String(enrolled.body["id"])}`;
    const summary = await ask("GET", `${one}/summary?asOf=2026-01-21`, { token: self });
    expect(summary).toMatchObject({
      status: 200,
      body: {
        journeyName: "Back to the hills",
        currentWeek: 3,
        score: (1 + 1 / 3) / 2,
        standing: "at_risk",
        endsOn: "2026-02-01",
        weeks: [
          {
            status: "met",
            from: "2026-01-05",
            to: "2026-01-11",
            items: [{ itemId: "1.1", sessionTypeId: ids.sessionTypeId, dueOn: "2026-01-06", doneOn: "2026-01-09" }],
            contribution: 0.5,
          },
          { status: "missed", focusAreas: ["strength"], adherence: 1 / 3 },
          { status: "pending" },
          { status: "upcoming" },
        ],
        remaining: [{ goal: "sessions", target: 3, actual: 0 }],
        explanation: expect.stringMatching(/^Score 66\.6 %, at risk: the mean of 2 weeks\. Week 1: 100 %/),
      },
    });

    const listed = await ask("GET", `${enrollments}?asOf=2026-01-31`, { token: coach });
    expect(listed.body).toMatchObject({
      items: [
        {
          member: { id: memberId, firstName: "Amina" },
          standing: "off_track",
          currentWeek: 4,
          weekStreak: { status: "broken", current: 0, best: 1 },
          openFlags: 0,
          proposedFlags: [{ kind: "off_track" }, { kind: "weeks_missed_in_a_row" }, { kind: "no_movement" }],
        },
      ],
    });
  });

  it("is flagged, paused, resumed and dropped; each refusal says what would have to change", async () => {
    const { owner: token, ids, member } = await openTenant("Flags");
    const one = `/v1/journeys/${ids.journeyId}/enrollments/${ids.enrollmentId}`;
    const flags = `/v1/journeys/${ids.journeyId}/flags`;
    const paused = await ask("POST", `${one}/pause`, { token });
    expect(paused).toMatchObject({ status: 200, body: { status: "paused" } });
    const twice = await ask("POST", `${one}/pause`, { token });
    expect([twice.status, slugOf(twice.body)]).toEqual([409, "enrollment-status-forbids"]);
    expect(twice.body).toMatchObject({ currentStatus: "paused", possibleFrom: ["active"] });
    const early = await ask("POST", `${one}/resume`, { token, body: { on: "2026-01-01" } });
    expect([early.status, slugOf(early.body)]).toEqual([422, "enrollment-day-impossible"]);
    expect((await ask("POST", `${one}/resume`, { token })).body).toMatchObject({ status: "active", pauses: [] });

    const resolved = await ask("POST", `${flags}/${ids.flagId}/resolve`, { token, body: { resolution: "Called." } });
    expect(resolved).toMatchObject({ status: 200, body: { status: "resolved", resolution: "Called." } });
    const again = await ask("POST", `${flags}/${ids.flagId}/resolve`, { token });
    expect([again.status, slugOf(again.body)]).toEqual([409, "flag-already-resolved"]);
    const open = await ask("GET", `${flags}?status=raised`, { token });
    expect(open.body).toMatchObject({ items: [], proposed: expect.any(Array) });

    expect((await ask("POST", `${one}/drop`, { token: member })).body).toMatchObject({ status: "dropped" });
    await ask("POST", `/v1/journeys/${ids.journeyId}/archive`, { token });
    const archived = await ask("POST", `/v1/journeys/${ids.journeyId}/enrollments`, {
      token,
      body: { memberId: ids.memberId },
    });
    expect([archived.status, slugOf(archived.body)]).toEqual([409, "journey-not-active"]);
    const listed = await ask("GET", "/v1/journeys?status=active", { token });
    expect(listed.body).toEqual({ items: [] });
  });

  it("takes the widest dates there are without a mistake of ours", async () => {
    const { owner: token, ids, register } = await openTenant("Dates");
    const enrollments = `/v1/journeys/${ids.journeyId}/enrollments`;
    for (const [name, startDate] of [
      ["First", "1900-01-01"],
      ["Last", "2200-12-31"],
    ] as const) {
      const { body } = await ask("POST", enrollments, { token, body: { memberId: await register(name), startDate } });
      for (const asOf of ["1900-01-01", "2026-02-28", "2200-12-31"]) {
        const told = await ask("GET", `${enrollments}/${String(body["id"])}/summary?asOf=${asOf}`, { token });
        expect(told.status).toBe(200);
        expect((await ask("GET", `${enrollments}?asOf=${asOf}`, { token })).status).toBe(200);
      }
    }
  });
});
