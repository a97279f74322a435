import { Zmos } from "@zmos/core";
import * as Effect from "effect/Effect";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { playBookingStory } from "../src/demo/BookingStory.ts";
import { asClub, ensureTenant, loadParticipants, loadTimetable, setUpClub } from "../src/demo/LoadDemo.ts";
import { makeStoryClock } from "../src/demo/StoryClock.ts";
import { CivilDate, EventLog, Instant, MoveOs, Platform, PulseLoop } from "@zmos/core";
import { slowFigures } from "./support/SlowFigures.ts";
import { start, zmos } from "./support/ZmosProcess.ts";

interface DemoAnswer {
  readonly standings: ReadonlyArray<{
    readonly rank: number;
    readonly lastName: string;
    readonly firstName: string;
    readonly month: number;
    readonly week: number;
    readonly currentStreak: number;
    readonly bestStreak: number;
    readonly streakStatus: string;
  }>;
  readonly weeks: ReadonlyArray<{
    readonly name: string;
    readonly weeks: ReadonlyArray<{ readonly from: string; readonly actual: number; readonly isOver: boolean }>;
    readonly score?: number;
  }>;
  readonly story: ReadonlyArray<{ readonly what: string; readonly outcome: string; readonly isRefusal: boolean }>;
}

describe("zmos demo", { timeout: 60_000 }, () => {
  it("shows what a slow and simple computation finds in the file, for each of the 33 people", async () => {
    const { code, stdout } = await zmos("demo", "--json");
    expect(code).toBe(0);
    const answer = JSON.parse(stdout) as DemoAnswer;
    const slow = slowFigures();
    expect(slow).toHaveLength(33);
    const standings = new Map(answer.standings.map((standing) => [standing.lastName, standing]));
    const weeks = new Map(answer.weeks.map((each) => [each.name, each]));
    for (const person of slow) {
      const { month, week, currentStreak, bestStreak, streakStatus } = standings.get(person.participant) ?? {};
      expect(
        { month, week, currentStreak, bestStreak, isAtRisk: streakStatus === "at_risk" },
        person.participant,
      ).toEqual({
        month: person.month,
        week: person.weeks.at(-1)?.minutes,
        currentStreak: person.currentStreak,
        bestStreak: person.bestStreak,
        isAtRisk: person.isAtRisk,
      });
      const shown = weeks.get(person.participant);
      expect(shown?.weeks.map(({ from, actual }) => ({ monday: from, minutes: actual }))).toEqual(person.weeks);
      expect(shown?.score).toBeCloseTo(person.adherence, 10);
    }
    const leaders = answer.standings.filter(({ firstName }) => firstName === "Participant").slice(0, 10);
    const byMonth = slow.toSorted((left, right) => right.month - left.month).slice(0, 10);
    expect(leaders.map(({ lastName }) => lastName)).toEqual(byMonth.map(({ participant }) => participant));
  });

  it("prints the same tables every time, on a database of its own, whatever the environment names", async () => {
    const elsewhere = { ZMOS_URL: "http://127.0.0.1:9", DATABASE_URL: "postgres://nobody@127.0.0.1:9/zmos" };
    const { code, stdout, stderr } = await start(["demo"], elsewhere).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    await expect(stdout).toMatchFileSnapshot("expected/demo.txt");
  });

  it("tells how a full class refuses, somebody waits and gets the seat that is given back, and a check-in becomes a movement and a streak", () => {
    const told = readFileSync(new URL("expected/demo.txt", import.meta.url), "utf8");
    expect(told).toMatch(/06:20 {2}Achieng Odhiambo .*All 4 seats are taken/);
    expect(told).toMatch(
      /06:40 {2}Brian Otieno .*the penalty is forgiven\n06:40 {2}Achieng Odhiambo .*booked, from the waitlist/,
    );
    expect(told).toMatch(/07:21 {2}Achieng Odhiambo .*movement recorded \(45 min, moderate\), streak 1/);
  });
});

describe("the demo provider", () => {
  it("loaded twice changes nothing", async () => {
    const load = Effect.gen(function* () {
      const today = CivilDate.of("2026-03-07");
      const clock = yield* makeStoryClock(Instant.make(Date.parse("2026-03-07T09:00:00Z")));
      const loaded = Effect.gen(function* () {
        const tenantId = yield* ensureTenant();
        const club = yield* setUpClub(tenantId);
        yield* loadTimetable(club, today);
        yield* loadParticipants(tenantId);
        yield* playBookingStory(club, CivilDate.addDays(today, -1), clock);
        yield* clock.set(Instant.make(Date.parse("2026-03-07T09:00:00Z")));
        return tenantId;
      });
      const look = Effect.fnUntraced(function* (tenantId: Effect.Success<ReturnType<typeof ensureTenant>>) {
        const [platform, moveOs, pulseLoop] = [yield* Platform, yield* MoveOs, yield* PulseLoop];
        const members = yield* platform.listMembers({ limit: 200 });
        const sessions = yield* moveOs.listSessionInstances({ limit: 200 });
        const bookings = yield* moveOs.listBookings({ limit: 200 });
        const standings = yield* pulseLoop.getStandings({ asOf: CivilDate.of("2016-05-12") });
        const audit = yield* EventLog.use((log) => log.audit(tenantId, { limit: 5_000 }));
        return { members, sessions, bookings, standings, audit: audit.rows.length };
      });
      return yield* clock.provide(
        Effect.gen(function* () {
          const tenantId = yield* loaded;
          const once = yield* asClub(tenantId)(look(tenantId));
          expect(yield* loaded).toBe(tenantId);
          const twice = yield* asClub(tenantId)(look(tenantId));
          return { once, twice };
        }),
      );
    });
    const { once, twice } = await Effect.runPromise(Effect.provide(load, Zmos.layerMemory));
    expect(once.audit).toBeGreaterThan(1_900);
    expect(once.bookings.items.length).toBeGreaterThan(9);
    expect(twice).toEqual(once);
  });
});
