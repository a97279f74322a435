import { describe, expect, it } from "vitest";
import { stores } from "./support/Stores.ts";
import { inMinutes, slugOf, startApp } from "./support/TestApp.ts";

interface Place {
  readonly entry: { readonly id: string };
  readonly position: number;
  readonly notPromoted: string;
  readonly because: string;
}

interface Forecast {
  readonly items: ReadonlyArray<{
    readonly id: string;
    readonly forMember?: {
      readonly mayBook: boolean;
      readonly mayJoinWaitlist: boolean;
      readonly notBookable?: { readonly reason: string; readonly message: string };
    };
  }>;
}

const apps = await Promise.all(stores.map(async ([name, layer]) => [name, await startApp(layer)] as const));

describe.each(apps)("a roster %s", (_, { ask, openTenant, tokenOf }) => {
  it("is booked full, waited for, given up, checked in, taken back and shown, all by way of HTTP", async () => {
    const { ids, owner, member, create, register, tenantId } = await openTenant("Roster");
    const frontDesk = await tokenOf(tenantId, "desk-1", "front_desk");
    const { sessionTypeId, locationId, memberId } = ids;
    const post = (path: string, token: string, body: object = {}) => ask("POST", path, { token, body });
    // Two seats, and its door is open by now.
    const sessionInstanceId = await create("/v1/session-instances", {
      sessionTypeId,
      locationId,
      startTime: inMinutes(40),
    });
    const at = `/v1/session-instances/${sessionInstanceId}`;
    const others = [await register("Amina"), await register("Brian")];
    const bookings = [];
    for (const each of others) bookings.push(await create("/v1/bookings", { memberId: each, sessionInstanceId }));

    const refused = await post("/v1/bookings", member, { memberId, sessionInstanceId });
    expect(refused).toMatchObject({ status: 409, body: { capacity: 2 } });
    expect(slugOf(refused.body)).toBe("session-full");
    const forecast = await ask<Forecast>("GET", `/v1/session-instances?memberId=${memberId}`, { token: member });
    expect(forecast.body.items.find(({ id }) => id === sessionInstanceId)?.forMember).toMatchObject({
      mayBook: false,
      mayJoinWaitlist: true,
      notBookable: { reason: "SessionFull", message: expect.stringContaining("All 2 seats are taken") as string },
    });

    const joined = await post(`${at}/waitlist`, member, { memberId });
    expect(joined).toMatchObject({ status: 201, body: { status: "waiting" } });
    const waitlistEntryId = String(joined.body["id"]);
    const again = await post(`${at}/waitlist`, member, { memberId });
    expect([again.status, slugOf(again.body)]).toEqual([409, "already-waiting"]);
    const line = await ask<{ items: ReadonlyArray<Place> }>("GET", `${at}/waitlist`, { token: frontDesk });
    expect(line.body.items).toMatchObject([
      { entry: { id: waitlistEntryId }, position: 1, notPromoted: "no_seat_free" },
    ]);
    expect(line.body.items[0]?.because).toMatch(/seat must be given back, or the capacity raised/);

    expect(await post(`/v1/bookings/${bookings[0]}/cancel`, frontDesk)).toMatchObject({
      status: 200,
      body: { status: "cancelled" },
    });
    expect(await ask("GET", `/v1/bookings/${waitlistEntryId}`, { token: member })).toMatchObject({
      body: { status: "booked", origin: "waitlist", channel: "online" },
    });

    const nonce = { nonce: "door-2:1" };
    const arrival = await post(`/v1/bookings/${waitlistEntryId}/check-in`, frontDesk, nonce);
    const repeated = await post(`/v1/bookings/${waitlistEntryId}/check-in`, frontDesk, nonce);
    expect(arrival).toMatchObject({ status: 200, body: { booking: { status: "checked_in" } } });
    expect(repeated.body).toEqual(arrival.body);
    const undone = await post(`/v1/bookings/${waitlistEntryId}/undo-check-in`, frontDesk, { reason: "her sister" });
    expect(undone).toMatchObject({ status: 200, body: { status: "booked", reason: "her sister" } });

    const tooEarly = await post(`/v1/bookings/${bookings[1]}/no-show`, frontDesk);
    expect([tooEarly.status, slugOf(tooEarly.body)]).toEqual([409, "no-show-too-early"]);
    const capacity = await post(`${at}/capacity`, owner, { capacity: 1, reason: "a mat is torn" });
    expect([capacity.status, slugOf(capacity.body)]).toEqual([409, "capacity-below-booked"]);
    expect(await post(`${at}/capacity`, owner, { capacity: 3, reason: "one more mat" })).toMatchObject({
      status: 200,
      body: { capacity: 3 },
    });
    const walkedIn = await post(`${at}/walk-ins`, frontDesk, { memberId: others[0] });
    expect(walkedIn).toMatchObject({ status: 201, body: { booking: { origin: "walk_in", status: "checked_in" } } });

    const sheet = await ask<{ bookings: ReadonlyArray<{ status: string }> }>("GET", `${at}/roster`, {
      token: frontDesk,
    });
    expect(sheet.body.bookings.map(({ status }) => status).toSorted()).toEqual(["booked", "booked", "checked_in"]);
    expect(await post(`${at}/cancel`, owner, { reason: "the coach is ill" })).toMatchObject({
      status: 200,
      // Who has come stays: that they were here is so.
      body: { status: "cancelled", seatsTaken: 1 },
    });
  });
});

const { ask, openTenant, tokenOf } = await startApp();

describe("a roster's rules, over HTTP", async () => {
  const { ids, owner, member, create, register, tenantId, fullSessionId } = await openTenant("Rules");
  const coach = await tokenOf(tenantId, "coach-1", "coach");
  const frontDesk = await tokenOf(tenantId, "desk-1", "front_desk");
  const { memberId, waitlistEntryId, sessionTypeId, locationId } = ids;
  const post = (path: string, token: string, body: object = {}) => ask("POST", path, { token, body });

  it("are set aside only by who may, and the refusal names the permission", async () => {
    const stranger = await register("Stranger");
    const body = { memberId: stranger, sessionInstanceId: fullSessionId, override: "a friend of the house" };
    for (const token of [coach, await tokenOf(tenantId, stranger, "member")]) {
      const refused = await post("/v1/bookings", token, body);
      expect(refused).toMatchObject({ status: 403, body: { permission: "booking:override" } });
    }
    const priority = await post(`/v1/session-instances/${fullSessionId}/waitlist`, coach, {
      memberId: stranger,
      priority: -1,
    });
    expect(priority).toMatchObject({ status: 403, body: { permission: "booking:override" } });
    expect(await post("/v1/bookings", frontDesk, body)).toMatchObject({
      status: 201,
      body: { reason: "a friend of the house", channel: "desk" },
    });
  });

  it("keep what is another member's from a member, as if it were not there", async () => {
    const other = await tokenOf(tenantId, await register("Other"), "member");
    for (const action of ["leave", "accept", "decline"]) {
      expect(await post(`/v1/waitlist-entries/${waitlistEntryId}/${action}`, other)).toMatchObject({ status: 404 });
    }
    expect(await post(`/v1/waitlist-entries/${waitlistEntryId}/accept`, member)).toMatchObject({
      status: 409,
      body: { type: "https://zmos.dev/problems/not-in-line", currentStatus: "waiting" },
    });
  });

  it("are the policy's from the moment it is set, and a kind of session's own where it does otherwise", async () => {
    const before = await ask("GET", "/v1/booking-policy", { token: member });
    expect(before.body).toMatchObject({ isDefault: true, overrides: [] });
    const offered = { kind: "offer", minutesToAccept: 30 };
    const { policy } = before.body as { policy: { waitlist: object } };
    const set = await post("/v1/booking-policy", owner, {
      ...policy,
      waitlist: { ...policy.waitlist, promotion: offered },
    });
    expect(set.status).toBe(201);
    const path = `/v1/session-types/${sessionTypeId}/booking-policy`;
    expect(await post(path, owner, { override: { contraindications: "refuse" } })).toMatchObject({ status: 201 });
    expect((await ask("GET", "/v1/booking-policy", { token: member })).body).toMatchObject({
      isDefault: false,
      policy: { waitlist: { promotion: offered } },
      overrides: [{ sessionTypeId, override: { contraindications: "refuse" } }],
    });

    const sessionInstanceId = await create("/v1/session-instances", {
      sessionTypeId,
      locationId,
      startTime: inMinutes(200),
      capacity: 1,
    });
    const holder = await create("/v1/bookings", { memberId: await register("Holder"), sessionInstanceId });
    const waits = await create(`/v1/session-instances/${sessionInstanceId}/waitlist`, { memberId });
    await post(`/v1/bookings/${holder}/cancel`, frontDesk);
    const offer = await ask<{ items: ReadonlyArray<Place> }>(
      "GET",
      `/v1/session-instances/${sessionInstanceId}/waitlist`,
      { token: coach },
    );
    expect(offer.body.items).toMatchObject([{ entry: { id: waits, status: "offered" }, notPromoted: "offer_open" }]);
    expect(await post(`/v1/waitlist-entries/${waits}/accept`, member)).toMatchObject({
      status: 200,
      body: { id: waits, status: "booked" },
    });
  });

  it("look at what a member has declared, which only the member and the desk may write down", async () => {
    expect(await post(`/v1/members/${memberId}/constraints`, coach, { constraints: [] })).toMatchObject({
      status: 403,
      body: { permission: "member:declare" },
    });
    const type = await create("/v1/session-types", {
      name: "Deadlifts",
      category: "class",
      contraindications: ["Hernia"],
      defaultDuration: 60,
      defaultCapacity: 8,
    });
    const session = { sessionTypeId: type, locationId, startTime: inMinutes(300) };
    const sessionInstanceId = await create("/v1/session-instances", session);
    expect(await post(`/v1/members/${memberId}/constraints`, member, { constraints: ["hernia"] })).toMatchObject({
      status: 200,
      body: { constraints: ["hernia"] },
    });
    const path = `/v1/session-types/${type}/booking-policy`;
    const book = (more: object = {}) => post("/v1/bookings", member, { memberId, sessionInstanceId, ...more });
    await post(path, owner, { override: { contraindications: "refuse" } });
    expect(slugOf((await book({ acknowledged: true })).body)).toBe("contraindicated");
    await post(path, owner, { override: { contraindications: "acknowledge" } });
    expect(slugOf((await book()).body)).toBe("acknowledgement-needed");
    expect(await book({ acknowledged: true })).toMatchObject({
      status: 201,
      body: { advisedAgainst: ["Hernia"], isAcknowledged: true },
    });
  });

  it("refuse a timetable for a member that is not there", async () => {
    const nobody = "00000000-0000-4000-8000-000000000000";
    expect(await ask("GET", `/v1/session-instances?memberId=${nobody}`, { token: owner })).toMatchObject({
      status: 404,
    });
  });
});
