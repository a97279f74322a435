import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { operationsOf, readDocument, send } from "./support/Operations.ts";
import { type Answer, startApp } from "./support/TestApp.ts";

const app = await startApp();
const here = await app.openTenant("Here");
const there = await app.openTenant("There");
const operations = operationsOf(await readDocument(app)).filter(({ name }) => name !== "signIn");

/** Every endpoint, with each of the ids that a request to it can name. */
const cases = operations.flatMap((operation) =>
  operation.idNames.map((idName) => [`${operation.method} ${operation.path}`, idName, operation] as const),
);

/** What an answer says, without the ids that were asked for and the request's own. */
const said = ({ status, body }: Answer) => {
  const { instance: _, ...rest } = body;
  return JSON.stringify({ status, rest }).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID");
};

describe("what belongs to another tenant", () => {
  it.each(cases)("%s with another tenant's %s answers as if it did not exist", async (_, idName, operation) => {
    const foreign = there.ids[idName as keyof typeof there.ids];
    expect(foreign).toBeDefined();
    const how = { token: here.owner };
    const source = { ...here.ids, externalId: randomUUID() };
    const answer = await send(app, operation, { ...source, [idName]: foreign }, how);
    const none = await send(app, operation, { ...source, [idName]: randomUUID() }, how);
    expect(said(answer)).toBe(said(none));
    if (answer.status === 200) expect(answer.body).toEqual({ items: [] });
    else expect(answer.status).toBe(operation.name === "checkMovements" ? 422 : 404);
    expect(JSON.stringify(answer.body)).not.toContain(there.tenantId);
  });

  it.each(["x-tenant-id", "tenant", "x-zmos-tenant"])("a %s header does not lead there", async (header) => {
    const answer = await app.ask("GET", "/v1/tenant", { token: here.owner, headers: { [header]: there.tenantId } });
    expect(answer.body).toMatchObject({ id: here.tenantId });
  });

  it("a tenant id in the body is refused, and so is one in the query", async () => {
    const body = { name: "Spoof", timezone: "UTC", tenantId: there.tenantId };
    expect((await app.ask("POST", "/v1/locations", { token: here.owner, body })).status).toBe(400);
    const query = await app.ask("GET", `/v1/locations?tenantId=${there.tenantId}`, { token: here.owner });
    expect(query.status).toBe(400);
  });

  it("a cursor from there shows nothing of there", async () => {
    for (let count = 0; count < 3; count++) await there.register(`There ${count}`);
    const theirs = await app.ask<{ nextCursor: string }>("GET", "/v1/members?limit=1", { token: there.owner });
    const ours = await app.ask("GET", `/v1/members?cursor=${theirs.body.nextCursor}`, { token: here.owner });
    expect(JSON.stringify(ours.body)).not.toContain(there.tenantId);
  });
});

// One with a booking and a movement of its own, in the same tenant.
const stranger = await here.register("Stranger");
const theirs = {
  memberId: stranger,
  bookingId: await here.create("/v1/bookings", { memberId: stranger, sessionInstanceId: here.ids.sessionInstanceId }),
  waitlistEntryId: await here.create(`/v1/session-instances/${here.fullSessionId}/waitlist`, { memberId: stranger }),
  movementEventId: await here.create("/v1/movement-events", {
    memberId: stranger,
    type: "other",
    occurredAt: "2026-01-06",
  }),
  enrollmentId: await here.create(`/v1/journeys/${here.ids.journeyId}/enrollments`, { memberId: stranger }),
};

describe("what belongs to another member", () => {
  const owned = cases.filter(([, idName]) => Object.hasOwn(theirs, idName));

  it("is looked for on every route that names a member, a booking, a place in line or a movement", () => {
    expect(owned.length).toBeGreaterThanOrEqual(12);
  });

  it.each(owned)("%s with another member's %s is refused to a member", async (_, idName, operation) => {
    const foreign = { [idName]: theirs[idName as keyof typeof theirs] };
    const answer = await send(app, operation, { ...here.ids, ...foreign, source: "manual" }, { token: here.member });
    expect([403, 404]).toContain(answer.status);
    expect(JSON.stringify(answer.body)).not.toContain("Stranger");
  });
});
