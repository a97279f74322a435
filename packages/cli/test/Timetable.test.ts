import { CivilDate, Instant, MoveOs, Platform, Principal, type SessionInstance } from "@zmos/core";
import * as Effect from "effect/Effect";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openInstallation } from "../src/Installation.ts";
import { timetableWeek } from "../src/output/TimetableWeek.ts";
import { zmosHere } from "./support/ZmosHere.ts";

const folder = mkdtempSync(join(tmpdir(), "zmos-cli-"));
const dataDir = join(folder, "zmos");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const zmos = (...args: ReadonlyArray<string>) => zmosHere("timetable", "--data-dir", dataDir, ...args);
const day = CivilDate.of;

/** A studio in Vienna with a series, over the end of winter time of 2030, and one session at another location. */
const setUp = Effect.gen(function* () {
  const platform = yield* Platform;
  const moveOs = yield* MoveOs;
  const tenant = yield* platform.createTenant({ name: "Studio Wien", timezone: "Europe/Vienna" });
  const host = Principal.of({ tenantId: tenant.id, actorId: "host", actorType: "host", roles: [] });
  yield* Effect.gen(function* () {
    const neubau = yield* platform.createLocation({ name: "Neubau", timezone: "Europe/Vienna" });
    const nairobi = yield* platform.createLocation({ name: "Nairobi", timezone: "Africa/Nairobi" });
    const yoga = yield* moveOs.createSessionType({
      name: "Yoga",
      category: "class",
      defaultDuration: 60,
      defaultCapacity: 3,
    });
    const room = yield* moveOs.createRoom({ locationId: neubau.id, name: "Saal 1" });
    const lena = yield* platform.createUserAccount({
      firstName: "Lena",
      lastName: "Huber",
      email: "lena@example.com",
      role: "coach",
    });
    const sessionTypeId = yoga.id;
    const sessionAt = (iso: string) =>
      moveOs.scheduleSession({
        sessionTypeId,
        locationId: neubau.id,
        roomId: room.id,
        instructorId: lena.id,
        startTime: Instant.make(Date.parse(iso)),
      });
    yield* sessionAt("2030-03-30T17:00:00Z");
    const full = yield* sessionAt("2030-03-31T16:00:00Z");
    yield* moveOs.scheduleSession({
      sessionTypeId,
      locationId: nairobi.id,
      startTime: Instant.make(Date.parse("2030-03-31T03:00:00Z")),
    });
    yield* moveOs.changeSession({ sessionInstanceId: full.id, endTime: Instant.make(full.startTime + 90 * 60_000) });
  }).pipe(Effect.provideService(Principal, host));
});

beforeAll(async () => {
  const opened = Effect.flatMap(openInstallation({ dataDir, databaseUrl: undefined }), (services) =>
    Effect.provide(setUp, services),
  );
  await Effect.runPromise(Effect.scoped(opened));
}, 60_000);

describe("the seats of a session", () => {
  const shown = (more: Partial<SessionInstance>) => {
    const session = {
      startTime: Instant.make(0),
      endTime: Instant.make(3_600_000),
      civilDate: day("1970-01-01"),
      timezone: "UTC",
      status: "scheduled",
      capacity: 30,
      seatsTaken: 0,
      waitlistLength: 0,
      ...more,
    } as SessionInstance;
    return timetableWeek([session], new Map(), { showLocation: false }).split("\n").at(-1)?.split("–  ").at(-1)?.trim();
  };

  it("are a bar that is empty only when nobody comes, and full only when nobody more can", () => {
    expect(shown({ seatsTaken: 0 })).toBe("░░░░░░░░░░ 0 of 30");
    expect(shown({ seatsTaken: 1 })).toBe("█░░░░░░░░░ 1 of 30");
    expect(shown({ seatsTaken: 15 })).toBe("█████░░░░░ 15 of 30");
    expect(shown({ seatsTaken: 29 })).toBe("█████████░ 29 of 30");
    expect(shown({ seatsTaken: 30, waitlistLength: 2 })).toBe("██████████ 30 of 30, 2 waiting");
    expect(shown({ status: "cancelled" })).toBe("cancelled");
  });
});

describe("zmos timetable", { timeout: 60_000 }, () => {
  it("shows a week by day, at the time of each place, with who, where and how full", async () => {
    const { code, stdout } = await zmos("--from", "2030-03-25");
    expect(code).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Studio Wien, 2030-03-25 to 2030-03-31

      Saturday 2030-03-30
      Time         Session  Instructor  Room    Location  Seats
      ───────────  ───────  ──────────  ──────  ────────  ─────────────────
      18:00–19:00  Yoga     Lena Huber  Saal 1  Neubau    ░░░░░░░░░░ 0 of 3

      Sunday 2030-03-31
      Time         Session  Instructor  Room    Location  Seats
      ───────────  ───────  ──────────  ──────  ────────  ─────────────────
      06:00–07:00  Yoga     –           –       Nairobi   ░░░░░░░░░░ 0 of 3
      18:00–19:30  Yoga     Lena Huber  Saal 1  Neubau    ░░░░░░░░░░ 0 of 3
      "
    `);
  });

  it("shows one location, named as people do, from a day to a day", async () => {
    const one = await zmos("--from", "2030-03-30", "--to", "2030-03-30", "--location", "neubau");
    expect(one.stdout).toContain("Neubau, 2030-03-30 to 2030-03-30");
    expect(one.stdout).toContain("18:00–19:00");
    expect(one.stdout).not.toContain("Sunday");
    const nothing = await zmos("--from", "2030-04-01");
    expect(nothing.stdout.trim()).toBe("Studio Wien, 2030-04-01 to 2030-04-07: nothing is on.");
  });

  it("begins with the week's first day, where only its last is told", async () => {
    const { stdout } = await zmos("--to", "2030-03-31", "--json");
    const { items } = JSON.parse(stdout) as { items: ReadonlyArray<{ startTime: string; civilDate: string }> };
    expect(items.map(({ startTime }) => startTime)).toEqual([
      "2030-03-30T17:00:00.000Z",
      "2030-03-31T03:00:00.000Z",
      "2030-03-31T16:00:00.000Z",
    ]);
    expect(day(items[0]?.civilDate ?? "")).toBe(day("2030-03-30"));
  });

  it("says what it does not understand", async () => {
    const [none, backwards, long, nowhere] = [
      await zmos("--from", "monday"),
      await zmos("--from", "2030-03-02", "--to", "2030-03-01"),
      await zmos("--from", "2030-03-01", "--to", "2030-05-02"),
      await zmos("--location", "Prater"),
    ];
    expect([none.code, backwards.code, long.code, nowhere.code]).toEqual([2, 2, 2, 1]);
    expect(none.stderr).toContain("Change --from");
    expect(backwards.stderr).toContain("Change --to");
    expect(nowhere.stderr).toContain("Prater");
    expect((await zmos("--from", "2030-03-01", "--to", "2030-05-01")).code).toBe(0);
  });
});
