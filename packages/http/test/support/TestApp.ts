/** The API over memory, with tenants, people of every role, and their tokens. */
import { CalendarAdapters } from "@zmos/adapters-calendar";
import { type CredentialStore, Platform, type Role, type TenantId, Zmos } from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import { afterAll } from "vitest";
import type { Services } from "../../src/AppOptions.ts";
import { AccessTokens } from "../../src/auth/AccessTokens.ts";
import type { SignIn } from "../../src/auth/SignIn.ts";
import * as TokenAuthentication from "../../src/auth/TokenAuthentication.ts";
import { createApp } from "../../src/CreateApp.ts";
import type { Problem } from "../../src/Problem.ts";
import * as ManagedRuntime from "effect/ManagedRuntime";
import { randomUUID } from "node:crypto";

/** What was logged, for tests that look. */
export class Logged extends Context.Service<Logged, Array<string>>()("@zmos/http/test/support/TestApp/Logged") {
  static readonly layer = Layer.unwrap(
    Effect.sync(() => {
      const lines: Array<string> = [];
      const keep = Logger.make(({ message, cause }) => {
        lines.push(`${JSON.stringify(message)} ${String(cause)}`);
      });
      return Layer.merge(Layer.succeed(Logged, lines), Logger.layer([keep]));
    }),
  );
}

export const layerMemory = TokenAuthentication.layer.pipe(
  Layer.provideMerge(Zmos.layerMemory),
  Layer.provideMerge(CalendarAdapters.layer),
  Layer.provideMerge(Logged.layer),
);

export interface Ask {
  readonly token?: string | undefined;
  /** A value to send as JSON, or text to send as it is. */
  readonly body?: unknown;
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

const isPost = (method: string) => method === "POST";

/** A request as a client would make it: JSON, and a new idempotency key for each POST unless told otherwise. */
export const requestOf = (method: string, url: string, { token, body, key, headers }: Ask = {}): Request => {
  const all = new Headers({ ...headers });
  if (token !== undefined) all.set("authorization", `Bearer ${token}`);
  if (body !== undefined && !all.has("content-type")) all.set("content-type", "application/json");
  if (isPost(method) && key !== null) all.set("idempotency-key", key ?? randomUUID());
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return new Request(url, { method, headers: all, ...(body !== undefined && { body: text }) });
};

/** What a test needs of the layer it runs on. */
export type Needed = Services | AccessTokens | SignIn | CredentialStore | Logged;

/** What one test file works with. */
export const startApp = async (layer: Layer.Layer<Needed> = layerMemory) => {
  const runtime = ManagedRuntime.make(layer);
  const services = await runtime.context();
  const app = createApp({ services });
  afterAll(() => runtime.dispose());

  const ask = async <Body = Record<string, unknown>>(
    method: string,
    path: string,
    how?: Ask,
  ): Promise<Answer<Body>> => {
    const response = await app.fetch(requestOf(method, `http://zmos.test${path}`, how));
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text === "" ? {} : JSON.parse(text)) as Body };
  };

  const tokenOf = async (tenantId: TenantId, actorId: string, role: Role): Promise<string> => {
    const issued = await runtime.runPromise(AccessTokens.use((tokens) => tokens.issue({ tenantId, actorId, role })));
    return issued.accessToken;
  };

  /** A tenant with an owner, and as many things in it as a test needs to point at. */
  const openTenant = async (name: string) => {
    const tenant = await runtime.runPromise(
      Platform.use((platform) => platform.createTenant({ name, timezone: "Africa/Nairobi" })),
    );
    const owner = await tokenOf(tenant.id, "owner-1", "owner");
    const create = async (path: string, body: object) => {
      const answer = await ask<{ readonly id: string }>("POST", path, { token: owner, body });
      if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
      return answer.body.id;
    };
    const locationId = await create("/v1/locations", { name: "Riverside", timezone: "Africa/Nairobi" });
    const sessionTypeId = await create("/v1/session-types", {
      name: "Sunrise yoga",
      category: "class",
      intensity: "light",
      defaultDuration: 60,
      defaultCapacity: 2,
    });
    const sessionInstanceId = await create("/v1/session-instances", {
      sessionTypeId,
      locationId,
      startTime: inMinutes(30),
    });
    const register = (firstName: string) => create("/v1/members", { firstName, lastName: "Kamau" });
    const memberId = await register("Wanjiru");
    const member = await tokenOf(tenant.id, memberId, "member");
    const bookingId = await create("/v1/bookings", { memberId, sessionInstanceId });
    // Another session, whose only seat somebody else has.
    const fullSessionId = await create("/v1/session-instances", {
      sessionTypeId,
      locationId,
      startTime: inMinutes(1_440),
      capacity: 1,
    });
    await create("/v1/bookings", { memberId: await register("Njoki"), sessionInstanceId: fullSessionId });
    const waitlistEntryId = await create(`/v1/session-instances/${fullSessionId}/waitlist`, { memberId });
    const movementEventId = await create("/v1/movement-events", {
      memberId,
      type: "home_workout",
      occurredAt: "2026-01-05",
    });
    const excuseId = await create(`/v1/members/${memberId}/excused-days`, { from: "2026-11-01", reason: "travel" });
    const journeyId = await create("/v1/journeys", {
      name: "Hills",
      durationWeeks: 4,
      targetGoals: { sessionsPerWeek: 2 },
    });
    const enrollmentId = await create(`/v1/journeys/${journeyId}/enrollments`, { memberId, startDate: "2026-01-05" });
    const flagId = await create(`/v1/journeys/${journeyId}/enrollments/${enrollmentId}/flags`, { reason: "Her knee." });
    const tileId = await create("/v1/tiles", {
      name: "Ten squats",
      durationMinutes: 2,
      intensity: "moderate",
      category: "strength",
    });
    const challengeId = await create("/v1/challenges", {
      name: "600 minutes",
      kind: { kind: "cumulative", metric: { measure: "minutes" }, target: 600 },
      from: inMinutes(-30 * 1_440).slice(0, 10),
      to: inMinutes(30 * 1_440).slice(0, 10),
      join: "any_time_counting_back",
    });
    await create(`/v1/challenges/${challengeId}/join`, { memberId });
    const roomId = await create("/v1/rooms", { locationId, name: "Studio 1" });
    const instructorId = await create("/v1/user-accounts", {
      firstName: "Njeri",
      lastName: "Mwangi",
      email: "njeri@example.com",
      role: "coach",
    });
    const soon = inMinutes(2 * 1_440).slice(0, 10);
    const { body: series } = await ask<{ readonly schedule: { readonly id: string } }>("POST", "/v1/schedules", {
      token: owner,
      // None of it is on the timetable yet: that holds the one session.
      body: { sessionTypeId, locationId, startsOn: soon, startsAt: "06:30", rrule: "FREQ=WEEKLY", extendTo: soon },
    });
    const { body: feed } = await ask<{ readonly calendarFeed: { readonly id: string } }>("POST", "/v1/calendar-feeds", {
      token: owner,
      body: { scope: { locationId } },
    });
    const accessPlanId = await create("/v1/access-plans", {
      name: "Ten visits",
      type: "pack",
      billingPeriod: "once_off",
      usageRules: { credits: { count: 10 } },
    });
    const membershipId = await create("/v1/memberships", { memberId, accessPlanId, startDate: "2026-01-05" });
    const ids = {
      challengeId,
      locationId,
      sessionTypeId,
      sessionInstanceId,
      memberId,
      bookingId,
      waitlistEntryId,
      movementEventId,
      excuseId,
      tileId,
      journeyId,
      enrollmentId,
      flagId,
      accessPlanId,
      membershipId,
      roomId,
      instructorId,
      userAccountId: instructorId,
      scheduleId: series.schedule.id,
      calendarFeedId: feed.calendarFeed.id,
    };
    return { tenantId: tenant.id, owner, member, register, create, ids, fullSessionId };
  };

  return { app, runtime, services, ask, tokenOf, openTenant };
};

export type TestApp = Awaited<ReturnType<typeof startApp>>;

export const inMinutes = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

/** The problem's type without what all of them begin with. */
export const slugOf = (body: object): string => {
  const { type } = body as Partial<Problem>;
  return type?.replace("https://zmos.dev/problems/", "") ?? "no problem";
};
