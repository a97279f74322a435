import { describe, expect, it } from "vitest";
import { exampleOf, operationsOf, readDocument } from "./support/Operations.ts";
import { startApp } from "./support/TestApp.ts";

const app = await startApp();
const document = await readDocument(app);
const operations = operationsOf(document);

/** Every `$ref` in a value. */
const refsIn = (value: unknown): ReadonlyArray<string> =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) =>
        name === "$ref" && typeof inner === "string" ? [inner] : refsIn(inner),
      );

describe("the OpenAPI document", () => {
  it("is OpenAPI 3.1, and whole: whatever it refers to is in it", () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    for (const ref of refsIn(document)) {
      const found = ref
        .slice(2)
        .split("/")
        .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], document);
      expect(found, ref).toBeDefined();
    }
  });

  it("lists the routes of the plan", () => {
    const routes = operations.map(({ method, path }) => `${method} ${path}`).toSorted();
    expect(routes).toMatchInlineSnapshot(`
      [
        "GET /v1/access-plans",
        "GET /v1/access-plans/{accessPlanId}",
        "GET /v1/audit-entries",
        "GET /v1/booking-policy",
        "GET /v1/bookings",
        "GET /v1/bookings/{bookingId}",
        "GET /v1/calendar-feeds",
        "GET /v1/challenges",
        "GET /v1/challenges/{challengeId}",
        "GET /v1/challenges/{challengeId}/leaderboard",
        "GET /v1/challenges/{challengeId}/progress",
        "GET /v1/challenges/{challengeId}/would-change",
        "GET /v1/formulas",
        "GET /v1/formulas/{formula}",
        "GET /v1/journeys",
        "GET /v1/journeys/{journeyId}",
        "GET /v1/journeys/{journeyId}/enrollments",
        "GET /v1/journeys/{journeyId}/enrollments/{enrollmentId}/summary",
        "GET /v1/journeys/{journeyId}/flags",
        "GET /v1/locations",
        "GET /v1/locations/{locationId}",
        "GET /v1/members",
        "GET /v1/members/{memberId}",
        "GET /v1/members/{memberId}/adherence-summary",
        "GET /v1/members/{memberId}/enrollments",
        "GET /v1/members/{memberId}/excused-days",
        "GET /v1/members/{memberId}/streak",
        "GET /v1/members/{memberId}/summary",
        "GET /v1/members/{memberId}/tile-assignments",
        "GET /v1/memberships",
        "GET /v1/memberships/{membershipId}",
        "GET /v1/memberships/{membershipId}/ledger",
        "GET /v1/movement-events",
        "GET /v1/movement-events/{movementEventId}",
        "GET /v1/rooms",
        "GET /v1/rooms/{roomId}",
        "GET /v1/scheduled-blocks",
        "GET /v1/schedules",
        "GET /v1/schedules/{scheduleId}",
        "GET /v1/scoring-rules",
        "GET /v1/session-instances",
        "GET /v1/session-instances/{sessionInstanceId}",
        "GET /v1/session-instances/{sessionInstanceId}/roster",
        "GET /v1/session-instances/{sessionInstanceId}/waitlist",
        "GET /v1/session-types",
        "GET /v1/session-types/{sessionTypeId}",
        "GET /v1/standings",
        "GET /v1/tenant",
        "GET /v1/tiles",
        "GET /v1/tiles/{tileId}",
        "GET /v1/user-accounts",
        "GET /v1/user-accounts/{userAccountId}",
        "POST /v1/access-plans",
        "POST /v1/access-plans/{accessPlanId}/changes",
        "POST /v1/access-plans/{accessPlanId}/withdraw",
        "POST /v1/booking-policy",
        "POST /v1/bookings",
        "POST /v1/bookings/{bookingId}/cancel",
        "POST /v1/bookings/{bookingId}/check-in",
        "POST /v1/bookings/{bookingId}/fee-paid",
        "POST /v1/bookings/{bookingId}/no-show",
        "POST /v1/bookings/{bookingId}/undo-check-in",
        "POST /v1/bookings/{bookingId}/undo-no-show",
        "POST /v1/calendar-feeds",
        "POST /v1/calendar-feeds/{calendarFeedId}/revoke",
        "POST /v1/challenges",
        "POST /v1/challenges/{challengeId}/finalise",
        "POST /v1/challenges/{challengeId}/join",
        "POST /v1/challenges/{challengeId}/leave",
        "POST /v1/challenges/{challengeId}/visibility",
        "POST /v1/excused-days/{excuseId}/end",
        "POST /v1/formulas",
        "POST /v1/journeys",
        "POST /v1/journeys/{journeyId}/archive",
        "POST /v1/journeys/{journeyId}/enrollments",
        "POST /v1/journeys/{journeyId}/enrollments/{enrollmentId}/complete",
        "POST /v1/journeys/{journeyId}/enrollments/{enrollmentId}/drop",
        "POST /v1/journeys/{journeyId}/enrollments/{enrollmentId}/flags",
        "POST /v1/journeys/{journeyId}/enrollments/{enrollmentId}/pause",
        "POST /v1/journeys/{journeyId}/enrollments/{enrollmentId}/resume",
        "POST /v1/journeys/{journeyId}/flags/{flagId}/resolve",
        "POST /v1/locations",
        "POST /v1/members",
        "POST /v1/members/{memberId}/constraints",
        "POST /v1/members/{memberId}/excused-days",
        "POST /v1/members/{memberId}/tile-assignments",
        "POST /v1/memberships",
        "POST /v1/memberships/{membershipId}/adjustments",
        "POST /v1/memberships/{membershipId}/block",
        "POST /v1/memberships/{membershipId}/cancel",
        "POST /v1/memberships/{membershipId}/pause",
        "POST /v1/memberships/{membershipId}/renew",
        "POST /v1/memberships/{membershipId}/resume",
        "POST /v1/memberships/{membershipId}/unblock",
        "POST /v1/movement-events",
        "POST /v1/movement-events/check",
        "POST /v1/rooms",
        "POST /v1/schedules",
        "POST /v1/schedules/extend",
        "POST /v1/schedules/preview",
        "POST /v1/schedules/{scheduleId}/changes",
        "POST /v1/scoring-rules",
        "POST /v1/session-instances",
        "POST /v1/session-instances/{sessionInstanceId}/cancel",
        "POST /v1/session-instances/{sessionInstanceId}/capacity",
        "POST /v1/session-instances/{sessionInstanceId}/changes",
        "POST /v1/session-instances/{sessionInstanceId}/complete",
        "POST /v1/session-instances/{sessionInstanceId}/waitlist",
        "POST /v1/session-instances/{sessionInstanceId}/walk-ins",
        "POST /v1/session-types",
        "POST /v1/session-types/{sessionTypeId}/booking-policy",
        "POST /v1/sign-in",
        "POST /v1/tiles",
        "POST /v1/tokens/revoke",
        "POST /v1/user-accounts",
        "POST /v1/user-accounts/{userAccountId}/deactivate",
        "POST /v1/waitlist-entries/{waitlistEntryId}/accept",
        "POST /v1/waitlist-entries/{waitlistEntryId}/decline",
        "POST /v1/waitlist-entries/{waitlistEntryId}/leave",
        "POST /v1/waitlist-entries/{waitlistEntryId}/promote",
      ]
    `);
  });

  it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    "%s says what it does, who may, what it takes, and how it refuses",
    (_, operation) => {
      expect(operation.summary).toMatch(/^[A-Z].+[^.]$/);
      expect(operation.description).toMatch(/\.$/);
      expect(operation.security).toEqual(operation.name === "signIn" ? [] : [{ bearer: [] }]);
      const refusals = Object.keys(operation.responses).filter((status) => Number(status) >= 400);
      expect(refusals).toEqual(expect.arrayContaining(["400", "401", "500", "503"]));
      for (const status of refusals) {
        expect(Object.keys(operation.responses[status]?.content ?? {})).toEqual(["application/problem+json"]);
        expect(operation.responses[status]?.description).toMatch(/^[a-z-]+(, [a-z-]+)*$/);
      }
      if (operation.requestBody !== undefined) expect(exampleOf(operation)).toBeDefined();
      const headers = (operation.parameters ?? []).filter((parameter) => parameter.in === "header");
      const isKeyed = operation.method === "POST" && operation.name !== "signIn";
      expect(headers.map(({ name }) => name)).toEqual(isKeyed ? ["Idempotency-Key"] : []);
    },
  );

  it("describes each thing once", () => {
    expect(Object.keys(document.components.schemas).filter((name) => /_\d+$/.test(name))).toEqual([]);
  });

  it("names its schemas as the domain does", () => {
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining([
        "Booking",
        "Location",
        "Member",
        "MovementEvent",
        "Problem",
        "SessionInstance",
        "Tenant",
      ]),
    );
  });
});

describe("the reference page", () => {
  it("is one page that loads nothing from elsewhere, under a policy that allows nothing from elsewhere", async () => {
    const response = await app.app.fetch(new Request("http://zmos.test/docs"));
    const html = await response.text();
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(html).toContain("Scalar");
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|unsafe-eval|\*/);
    expect(policy.match(/'sha256-/g)).toHaveLength((html.match(/<script>/g) ?? []).length);
  });
});
