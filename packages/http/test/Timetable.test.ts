import { describe, expect, it } from "vitest";
import { stores } from "./support/Stores.ts";
import { inMinutes, slugOf, startApp } from "./support/TestApp.ts";

interface Session {
  readonly id: string;
  readonly startTime: string;
  readonly sequence: number;
}

const apps = await Promise.all(
  stores.map(async ([name, layer]) => {
    const app = await startApp(layer);
    return [name, app, await app.openTenant("Timetable")] as const;
  }),
);

const dayIn = (days: number) => inMinutes(days * 1_440).slice(0, 10);

describe.each(apps)("%s, the timetable", (_, { app, ask, tokenOf }, { owner: token, tenantId, ids, create }) => {
  const { sessionTypeId, locationId, roomId } = ids;
  const coach = (name: string) =>
    create("/v1/user-accounts", { firstName: name, lastName: "Otieno", email: `${name}@example.com`, role: "coach" });
  const series = (instructorId: string, more: object = {}) => ({
    sessionTypeId,
    locationId,
    instructorId,
    startsOn: dayIn(2),
    startsAt: "18:00",
    rrule: "FREQ=DAILY;COUNT=5",
    ...more,
  });
  const schedule = (body: object) =>
    ask<{ readonly schedule: { readonly id: string }; readonly sessions: ReadonlyArray<Session> }>(
      "POST",
      "/v1/schedules",
      { token, body },
    );

  it("takes a series, and refuses another in its way with everything that is, before anything is saved", async () => {
    const instructorId = await coach("achieng");
    const made = await schedule(series(instructorId));
    expect(made.status).toBe(201);
    expect(made.body.sessions).toHaveLength(5);
    const refused = await ask("POST", "/v1/schedules", { token, body: series(instructorId, { startsAt: "18:59" }) });
    expect(refused.status).toBe(409);
    expect(slugOf(refused.body)).toBe("schedule-conflict");
    expect(refused.body).toMatchObject({
      count: 5,
      conflicts: made.body.sessions.map(({ id, startTime }) => ({
        resource: "instructor",
        id: instructorId,
        sessionInstanceId: id,
        startTime,
      })),
    });
    const preview = await ask("POST", "/v1/schedules/preview", { token, body: series(instructorId) });
    expect(preview).toMatchObject({ status: 200, body: { conflictCount: 5 } });
    const blocks = await ask<{ items: ReadonlyArray<object> }>(
      "GET",
      `/v1/scheduled-blocks?instructorId=${instructorId}`,
      {
        token,
      },
    );
    expect(blocks.body.items).toHaveLength(5);
  });

  it("gives one of two series that want the same room at the same moment the room", async () => {
    const [one, two] = [await coach("one"), await coach("two")];
    const answers = await Promise.all(
      Array.from({ length: 6 }, (__, index) =>
        ask("POST", "/v1/schedules", {
          token,
          body: series(index % 2 === 0 ? one : two, { roomId, startsAt: "05:00" }),
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(5);
  });

  it("names what is wrong with a rule, a session and a change", async () => {
    const instructorId = await coach("naliaka");
    const rule = await ask("POST", "/v1/schedules", {
      token,
      body: series(instructorId, { rrule: "FREQ=WEEKLY;BYDAY=X" }),
    });
    expect(rule).toMatchObject({ status: 422, body: { part: "BYDAY" } });
    expect(slugOf(rule.body)).toBe("recurrence-invalid");
    const { body } = await schedule(series(instructorId, { startsAt: "04:00" }));
    const changes = `/v1/schedules/${body.schedule.id}/changes`;
    const scope = await ask("POST", changes, { token, body: { scope: "following", startsAt: "04:30" } });
    expect(scope).toMatchObject({ status: 400, body: { errors: [{ path: "/from" }] } });
    const moved = await ask("POST", changes, { token, body: { scope: "all", startsAt: "04:30" } });
    expect(moved).toMatchObject({ status: 200, body: { changed: 5, added: 0, removed: 0 } });
    await ask("POST", `/v1/user-accounts/${instructorId}/deactivate`, { token });
    const session = await ask("POST", `/v1/session-instances/${ids.sessionInstanceId}/changes`, {
      token,
      body: { instructorId },
    });
    expect(slugOf(session.body)).toBe("instructor-inactive");
  });

  it("lets a manager make staff, but no owner", async () => {
    const manager = await tokenOf(tenantId, "manager-1", "manager");
    const body = { firstName: "A", lastName: "B", email: "a@example.com" };
    expect(await ask("POST", "/v1/user-accounts", { token: manager, body: { ...body, role: "coach" } })).toMatchObject({
      status: 201,
    });
    expect(
      await ask("POST", "/v1/user-accounts", {
        token: manager,
        body: { ...body, email: "b@example.com", role: "owner" },
      }),
    ).toMatchObject({ status: 403 });
    const again = await ask("POST", "/v1/user-accounts", {
      token,
      body: { ...body, email: "A@example.com", role: "coach" },
    });
    expect(slugOf(again.body)).toBe("email-in-use");
  });

  it("is a calendar for whoever has its address, without any header, until it is revoked", async () => {
    const issued = await ask<{ token: string; calendarFeed: { id: string } }>("POST", "/v1/calendar-feeds", {
      token,
      body: { scope: { locationId } },
    });
    const address = `http://zmos.test/v1/calendar-feeds/${issued.body.token}.ics`;
    const fetched = await app.fetch(new Request(address, { headers: { accept: "text/calendar" } }));
    expect(fetched.status).toBe(200);
    expect(fetched.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const text = await fetched.text();
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(text).toContain(`UID:${ids.sessionInstanceId}\r\n`);
    expect((await app.fetch(new Request(address, { method: "HEAD" }))).status).toBe(200);

    const { startTime } = (await ask<Session>("GET", `/v1/session-instances/${ids.sessionInstanceId}`, { token })).body;
    const later = new Date(Date.parse(startTime) + 3_600_000).toISOString();
    await ask("POST", `/v1/session-instances/${ids.sessionInstanceId}/changes`, { token, body: { startTime: later } });
    expect(await (await app.fetch(new Request(address))).text()).toContain("SEQUENCE:1\r\n");

    await ask("POST", `/v1/calendar-feeds/${issued.body.calendarFeed.id}/revoke`, { token });
    for (const gone of [address, "http://zmos.test/v1/calendar-feeds/x.ics"]) {
      const refused = await app.fetch(new Request(gone));
      expect(refused.status).toBe(404);
      expect(await refused.text()).not.toContain("BEGIN");
    }
  });
});
