import { describe, expect, it } from "vitest";
import { stores } from "./support/Stores.ts";
import { inMinutes, slugOf, startApp } from "./support/TestApp.ts";

const apps = await Promise.all(stores.map(async ([name, layer]) => [name, await startApp(layer)] as const));

describe.each(apps)("%s, from an empty tenant to a streak", (_, { ask, openTenant, tokenOf }) => {
  it("a location, a session type, a session, a member, a booking and a check-in make a movement and a streak", async () => {
    const { owner: token, tenantId, register } = await openTenant("Flow");
    const location = await ask("POST", "/v1/locations", { token, body: { name: "Hill", timezone: "Africa/Nairobi" } });
    expect(location.status).toBe(201);
    const type = await ask("POST", "/v1/session-types", {
      token,
      body: { name: "Run", category: "class", intensity: "vigorous", defaultDuration: 45, defaultCapacity: 1 },
    });
    const session = await ask("POST", "/v1/session-instances", {
      token,
      body: { sessionTypeId: type.body["id"], locationId: location.body["id"], startTime: inMinutes(10) },
    });
    expect(session.body).toMatchObject({ capacity: 1, seatsTaken: 0, status: "scheduled", tenantId });
    const memberId = await register("Otieno");
    const member = await tokenOf(tenantId, memberId, "member");

    const sessionInstanceId = session.body["id"];
    const booking = await ask("POST", "/v1/bookings", { token: member, body: { memberId, sessionInstanceId } });
    expect(booking).toMatchObject({ status: 201, body: { status: "booked", memberId } });

    const late = await ask("POST", "/v1/bookings", {
      token,
      body: { memberId: await register("Late"), sessionInstanceId },
    });
    expect(late.status).toBe(409);
    expect(slugOf(late.body)).toBe("session-full");
    expect(late.body).toMatchObject({ capacity: 1, detail: expect.stringContaining("The one seat is taken") });

    const checkedIn = await ask("POST", `/v1/bookings/${String(booking.body["id"])}/check-in`, { token });
    expect(checkedIn.status).toBe(200);
    expect(checkedIn.body).toMatchObject({
      booking: { status: "checked_in" },
      movementEvent: { type: "class_attendance", durationMinutes: 45, intensity: "vigorous", memberId },
    });

    const streak = await ask("GET", `/v1/members/${memberId}/streak`, { token: member });
    expect(streak).toMatchObject({ status: 200, body: { memberId, current: { length: 1 } } });
    const asOf = await ask("GET", `/v1/members/${memberId}/streak?asOf=2026-01-01`, { token });
    expect(asOf.body).toMatchObject({ asOf: "2026-01-01", current: { length: 0 } });
    const adherence = await ask("GET", `/v1/members/${memberId}/adherence-summary`, { token });
    expect(adherence).toMatchObject({ status: 200, body: { memberId } });
    const summary = await ask("GET", `/v1/members/${memberId}/summary`, { token });
    expect(summary.body).toMatchObject({ member: { id: memberId }, recentMovements: [{ type: "class_attendance" }] });
  });

  it("a booking that is cancelled frees its seat", async () => {
    const { owner: token, ids, register } = await openTenant("Cancel");
    const cancelled = await ask("POST", `/v1/bookings/${ids.bookingId}/cancel`, { token });
    expect(cancelled).toMatchObject({ status: 200, body: { status: "cancelled" } });
    const again = await ask("POST", `/v1/bookings/${ids.bookingId}/cancel`, { token });
    expect(slugOf(again.body)).toBe("booking-not-active");
    expect(again.body).toMatchObject({ status: 409, currentStatus: "cancelled" });
    for (const name of ["One", "Two"]) {
      const memberId = await register(name);
      const booked = await ask("POST", "/v1/bookings", {
        token,
        body: { memberId, sessionInstanceId: ids.sessionInstanceId },
      });
      expect(booked.status).toBe(201);
    }
  });

  it("one movement is answered with 201 and itself, a batch with 200 and its count", async () => {
    const { owner: token, ids } = await openTenant("Movement");
    const walk = { memberId: ids.memberId, type: "outdoor_event", occurredAt: "2026-02-01", source: "import" };
    const one = await ask("POST", "/v1/movement-events", { token, body: { ...walk, externalId: "w1" } });
    expect(one).toMatchObject({ status: 201, body: { civilDate: "2026-02-01", version: 1 } });
    const events = ["w1", "w2", "w3"].map((externalId) => ({ ...walk, externalId }));
    const check = await ask("POST", "/v1/movement-events/check", { token, body: { events } });
    expect(check).toMatchObject({ status: 200, body: { recorded: 2, known: 1 } });
    const batch = await ask("POST", "/v1/movement-events", { token, body: { events } });
    expect(batch).toMatchObject({ status: 200, body: { recorded: 2, known: 1 } });
    const refused = await ask("POST", "/v1/movement-events", {
      token,
      body: { events: [{ ...walk, occurredAt: "2126-01-01" }, walk, { ...walk, memberId: ids.locationId }] },
    });
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ path: "/events/0/occurredAt" }, { path: "/events/2/memberId" }] },
    });
    expect(slugOf(refused.body)).toBe("movements-refused");
    const listed = await ask<{ items: Array<unknown> }>("GET", `/v1/movement-events?memberId=${ids.memberId}`, {
      token,
    });
    expect(listed.body.items).toHaveLength(4);
  });

  it("lists page by cursor, each row once, and a cursor that was tampered with is refused", async () => {
    const { owner: token, register } = await openTenant("Pages");
    for (const name of ["A", "B", "C"]) await register(name);
    const seen: Array<string> = [];
    let cursor: string | undefined;
    do {
      const page = await ask<{ items: Array<{ id: string }>; nextCursor?: string }>(
        "GET",
        `/v1/members?limit=2${cursor === undefined ? "" : `&cursor=${cursor}`}`,
        { token },
      );
      expect(page.status).toBe(200);
      seen.push(...page.body.items.map(({ id }) => id));
      cursor = page.body.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    for (const tampered of ["x", "e30", btoa('{"a":1}'), "%00", encodeURIComponent("' or 1=1 --")]) {
      const refused = await ask("GET", `/v1/members?cursor=${tampered}`, { token });
      expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: "/cursor" }] } });
    }
  });
});
