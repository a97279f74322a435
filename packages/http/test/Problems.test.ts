import { describe, expect, it } from "vitest";
import { problems } from "../src/Problem.ts";
import { slugOf, startApp } from "./support/TestApp.ts";

const { app, ask, openTenant } = await startApp();
const { owner: token } = await openTenant("Problems");

describe("problems", () => {
  it("keep their type and status for ever: clients rely on them", () => {
    const told = Object.values(problems).map(({ slug, status }) => `${status} ${slug}`);
    expect(told.toSorted()).toMatchInlineSnapshot(`
      [
        "400 idempotency-key-missing",
        "400 invalid-command",
        "400 malformed-body",
        "401 unauthenticated",
        "403 not-permitted",
        "404 not-found",
        "404 not-participating",
        "404 route-not-found",
        "405 method-not-allowed",
        "406 not-acceptable",
        "409 acknowledgement-needed",
        "409 already-booked",
        "409 already-enrolled",
        "409 already-joined",
        "409 already-waiting",
        "409 booking-closed",
        "409 booking-not-active",
        "409 booking-not-open",
        "409 booking-suspended",
        "409 cancellation-closed",
        "409 capacity-below-booked",
        "409 challenge-final",
        "409 challenge-not-over",
        "409 check-in-closed",
        "409 check-in-not-open",
        "409 contraindicated",
        "409 credits-missing",
        "409 email-in-use",
        "409 enrollment-status-forbids",
        "409 excuse-withdrawn",
        "409 fact-conflict",
        "409 fees-unpaid",
        "409 flag-already-resolved",
        "409 formula-is-shipped",
        "409 idempotency-key-in-flight",
        "409 instructor-inactive",
        "409 joining-closed",
        "409 journey-not-active",
        "409 membership-endless",
        "409 membership-status-forbids",
        "409 no-fee-owed",
        "409 no-show-too-early",
        "409 not-entitled",
        "409 not-in-line",
        "409 online-seats-taken",
        "409 others-on-standby",
        "409 overlaps-booking",
        "409 plan-withdrawn",
        "409 plan-without-credits",
        "409 schedule-conflict",
        "409 seats-free",
        "409 session-full",
        "409 session-has-bookings",
        "409 session-not-over",
        "409 session-not-scheduled",
        "409 waitlist-closed",
        "409 waitlist-full",
        "413 body-too-large",
        "415 unsupported-media-type",
        "422 challenge-impossible",
        "422 enrollment-day-impossible",
        "422 excuse-end-impossible",
        "422 idempotency-key-reused",
        "422 membership-day-impossible",
        "422 movement-in-future",
        "422 movements-refused",
        "422 no-such-occurrence",
        "422 recurrence-invalid",
        "422 room-elsewhere",
        "422 room-too-small",
        "422 session-times-impossible",
        "422 team-not-fitting",
        "422 too-far-ahead",
        "429 too-many-requests",
        "500 internal-error",
        "501 calendar-feeds-not-installed",
        "501 recurrence-not-installed",
        "503 entitlement-unknown",
        "503 partner-unavailable",
        "503 store-unavailable",
      ]
    `);
  });

  it("each have an address of their own to read about them", async () => {
    for (const { slug, status, title } of Object.values(problems)) {
      const page = await ask("GET", `/problems/${slug}`);
      expect(page).toMatchObject({ status: 200, body: { title, status } });
    }
    expect((await ask("GET", "/problems/unheard-of")).status).toBe(404);
  });

  it("name every field that is wrong at once, by JSON Pointer", async () => {
    const refused = await ask("POST", "/v1/locations", {
      token,
      body: { name: " blank", timezone: "Mars/Olympus", colour: "red", "a/b~c": 1, capacityDefaults: { class: 0 } },
    });
    expect(refused.status).toBe(400);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    const { errors } = refused.body as { errors: Array<{ path: string }> };
    expect(errors.map(({ path }) => path).toSorted()).toEqual([
      "/a~1b~0c",
      "/capacityDefaults/class",
      "/colour",
      "/name",
      "/timezone",
    ]);
  });

  it("carry the id of the request, which is the caller's own where it is sane", async () => {
    const told = await ask("GET", "/v1/nothing", { headers: { "x-request-id": "trace-12345" } });
    expect(told.body["instance"]).toBe("trace-12345");
    expect(told.headers.get("x-request-id")).toBe("trace-12345");
    const insane = await ask("GET", "/v1/nothing", { headers: { "x-request-id": 'x"><script>' } });
    expect(insane.body["instance"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("tell an unknown address from an unknown method, and say which methods there are", async () => {
    expect(slugOf((await ask("GET", "/v1/nothing", { token })).body)).toBe("route-not-found");
    const wrong = await ask("DELETE", "/v1/locations", { token });
    expect(wrong).toMatchObject({ status: 405, body: { allowed: ["POST", "GET", "HEAD"] } });
    expect(wrong.headers.get("allow")).toBe("POST, GET, HEAD");
  });

  it("say that only JSON is spoken", async () => {
    const html = await ask("GET", "/v1/locations", { token, headers: { accept: "text/html, application/json;q=0" } });
    expect(html).toMatchObject({ status: 406 });
    const browser = await ask("GET", "/v1/locations", { token, headers: { accept: "text/html, */*;q=0.8" } });
    expect(browser.status).toBe(200);
    const form = await ask("POST", "/v1/locations", {
      token,
      body: "name=x",
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(form.status).toBe(415);
    const hal = await ask("POST", "/v1/locations", {
      token,
      body: { name: "Hal", timezone: "UTC" },
      headers: { "content-type": "application/hal+json; charset=utf-8" },
    });
    expect(hal.status).toBe(201);
  });

  it("name the scheme to a client without a token, and no error", async () => {
    const nobody = await ask("GET", "/v1/locations");
    expect(nobody.status).toBe(401);
    expect(nobody.headers.get("www-authenticate")).toBe('Bearer realm="zmos"');
    const wrong = await ask("GET", "/v1/locations", { token: "nonsense" });
    expect(wrong.headers.get("www-authenticate")).toBe('Bearer realm="zmos", error="invalid_token"');
  });

  it("are never cached, guessed at or framed", async () => {
    for (const path of ["/v1/locations", "/v1/nothing", "/health", "/docs"]) {
      const { headers } = await app.fetch(new Request(`http://zmos.test${path}`));
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      if (path !== "/docs") expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("access-control-allow-origin")).toBeNull();
    }
  });
});
