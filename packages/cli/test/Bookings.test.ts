import { Instant, MoveOs, Platform, Principal, Zmos } from "@zmos/core";
import { AccessTokens, serve, type Services, TokenAuthentication } from "@zmos/http";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Logger from "effect/Logger";
import * as ManagedRuntime from "effect/ManagedRuntime";
import * as Scope from "effect/Scope";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { zmosHere } from "./support/ZmosHere.ts";

const folder = mkdtempSync(join(tmpdir(), "zmos-bookings-"));
const runtime = ManagedRuntime.make(
  TokenAuthentication.layer.pipe(Layer.provideMerge(Zmos.layerMemory), Layer.provideMerge(Logger.layer([]))),
);
const scope = Scope.makeUnsafe();
afterAll(async () => {
  await Effect.runPromise(Scope.close(scope, Exit.void));
  await runtime.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Who speaks to the server, and where it is. */
const door = { url: "", owner: "", frontDesk: "", coach: "" };
const zmosAs = (token: string, ...args: ReadonlyArray<string>) =>
  zmosHere("--url", door.url, "--token", token, ...args);
const zmos = (...args: ReadonlyArray<string>) => zmosAs(door.owner, ...args);
const refused = { code: 1, stdout: "" };
const idIn = (text: string) => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0] ?? "";
const file = (name: string, content: object) => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
};

const examples = new URL("../../../examples/policies/", import.meta.url).pathname;

/** **Shape** `soon` starts in half an hour, `started` ten minutes ago; both have one seat. */
const ids = { yoga: "", soon: "", started: "", plan: "" };

const setUp = Effect.gen(function* () {
  const platform = yield* Platform;
  const moveOs = yield* MoveOs;
  const tenant = yield* platform.createTenant({ name: "Studio", timezone: "Africa/Nairobi" });
  const host = Principal.of({ tenantId: tenant.id, actorId: "host", actorType: "host", roles: [] });
  yield* Effect.gen(function* () {
    const { id: locationId } = yield* platform.createLocation({ name: "Riverside", timezone: "Africa/Nairobi" });
    for (const [firstName, externalPartyId] of [
      ["Wanjiru", "w"],
      ["Amina", "a"],
      ["Brian", "b"],
    ] as const) {
      yield* platform.registerMember({ firstName, lastName: "Otieno", externalPartyId });
    }
    const type = yield* moveOs.createSessionType({
      name: "Yoga",
      category: "class",
      contraindications: ["Recent back surgery"],
      defaultDuration: 60,
      defaultCapacity: 1,
    });
    const inMinutes = (minutes: number) => Instant.make(Date.now() + minutes * 60_000);
    const scheduled = (startTime: Instant) => moveOs.scheduleSession({ sessionTypeId: type.id, locationId, startTime });
    const tenVisits = { name: "Ten visits", type: "pack", billingPeriod: "once_off" } as const;
    const plan = yield* moveOs.createAccessPlan({ ...tenVisits, usageRules: { credits: { count: 10 } } });
    Object.assign(ids, {
      plan: plan.id,
      yoga: type.id,
      soon: (yield* scheduled(inMinutes(30))).id,
      started: (yield* scheduled(inMinutes(-10))).id,
    });
  }).pipe(Effect.provideService(Principal, host));
  const tokens = yield* AccessTokens;
  const tokenOf = (role: "owner" | "front_desk" | "coach") =>
    Effect.map(tokens.issue({ tenantId: tenant.id, actorId: role, role }), ({ accessToken }) => accessToken);
  const services = yield* Effect.context<Services>();
  const { url } = yield* Effect.provideService(serve({ services, host: "127.0.0.1", port: 0 }), Scope.Scope, scope);
  Object.assign(door, {
    url,
    owner: yield* tokenOf("owner"),
    frontDesk: yield* tokenOf("front_desk"),
    coach: yield* tokenOf("coach"),
  });
});

beforeAll(() => runtime.runPromise(setUp));

describe("the front desk at a terminal", { timeout: 60_000 }, () => {
  it("books, lets others wait, gives them the seat that is given back, and shows all of it", async () => {
    const booked = await zmos("book", ids.soon, "w");
    expect(booked).toMatchObject({ code: 0, stdout: expect.stringMatching(/^booked: booking /) as string });
    expect(await zmos("book", ids.soon, "a")).toMatchObject({
      ...refused,
      stderr: expect.stringContaining("The one seat is taken.") as string,
    });
    const waits = await zmos("waitlist", "join", ids.soon, "a");
    expect(waits).toMatchObject({ code: 0, stdout: expect.stringMatching(/^waiting: place in line /) as string });
    const brian = await zmos("waitlist", "join", ids.soon, "b");

    const full = await zmos("roster", ids.soon);
    expect(full.code).toBe(0);
    expect(full.stdout).toMatch(
      /^Yoga, Riverside, \w+day \d{4}-\d\d-\d\d, \d\d:\d\d–\d\d:\d\d \(Africa\/Nairobi\): scheduled\n/,
    );
    expect(full.stdout).toContain(`${"█".repeat(30)} 1 of 1 seats taken, 2 waiting\n`);
    expect(full.stdout).toMatch(/Wanjiru Otieno +booked +desk +open/);
    expect(full.stdout).toMatch(/1 +Amina Otieno +\d\d:\d\d +Every seat is taken/);

    expect(await zmos("cancel", idIn(booked.stdout))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^cancelled: /) as string,
    });
    expect((await zmos("roster", ids.soon)).stdout).toMatch(/Amina Otieno +booked +desk, waitlist/);
    expect(await zmos("waitlist", "leave", idIn(brian.stdout))).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^left: /) as string,
    });
    expect(await zmos("waitlist", "accept", idIn(brian.stdout))).toMatchObject({
      ...refused,
      stderr: expect.stringContaining("The place in line is left") as string,
    });

    expect(await zmos("check-in", idIn(waits.stdout), "--nonce", "door-1")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^checked in: .*; 60 min of movement recorded\n$/) as string,
    });
    expect((await zmos("roster", ids.soon)).stdout).toMatch(/Amina Otieno +came \d\d:\d\d/);
    expect(await zmos("undo", "check-in", idIn(waits.stdout))).toMatchObject({ code: 2, stdout: "" });
    expect(await zmos("undo", "check-in", idIn(waits.stdout), "--reason", "her sister")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^booked: .*; its movement is taken back\n$/) as string,
    });
  });

  it("gives a seat out of turn, changes the capacity, and calls a session off, each with a reason", async () => {
    expect(await zmos("session", "capacity", ids.soon, "2", "--reason", "one more mat")).toMatchObject({
      code: 0,
      stdout: `scheduled: session ${ids.soon}; 1 of 2 seats taken\n`,
    });
    await zmos("book", ids.soon, "w");
    const brian = await zmos("waitlist", "join", ids.soon, "b", "--priority", "-5");
    const promoted = await zmos("waitlist", "promote", idIn(brian.stdout), "--reason", "we had promised it", "--json");
    expect(JSON.parse(promoted.stdout)).toMatchObject({ id: idIn(brian.stdout), status: "booked", origin: "waitlist" });
    const sheet = await zmos("roster", ids.soon, "--json");
    expect(JSON.parse(sheet.stdout)).toMatchObject({ session: { capacity: 3, seatsTaken: 3 }, waitlist: [] });
    expect(await zmos("session", "complete", ids.soon)).toMatchObject({
      ...refused,
      stderr: expect.stringContaining("it can be completed then") as string,
    });
    expect(await zmos("session", "cancel", ids.soon, "--reason", "the coach is ill")).toMatchObject({
      code: 0,
      stdout: `cancelled: session ${ids.soon}; 0 of 3 seats taken\n`,
    });
  });

  it("marks who did not come and takes it back, and overrides with a reason where the time is over", async () => {
    expect(await zmos("book", ids.started, "b")).toMatchObject({
      ...refused,
      stderr: expect.stringContaining("Booking closed at") as string,
    });
    const booked = await zmos("book", ids.started, "b", "--override", "he was in the queue");
    const missed = await zmos("no-show", idIn(booked.stdout));
    expect(missed).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^missed: .*; no show: credit lost\n$/) as string,
    });
    expect((await zmos("roster", ids.started)).stdout).toMatch(/Brian Otieno +missed .*no show: credit lost/);
    expect(await zmos("fee", "paid", idIn(booked.stdout))).toMatchObject({
      ...refused,
      stderr: expect.stringContaining("Nothing is owed") as string,
    });
    expect(await zmos("undo", "no-show", idIn(booked.stdout), "--reason", "he was there")).toMatchObject({ code: 0 });
    await zmos("cancel", idIn(booked.stdout), "--override", "he goes elsewhere");
    expect(await zmos("walk-in", ids.started, "a")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^checked in: /) as string,
    });
  });

  it("lets only who may override do so, and says what would have to change", async () => {
    const coach = await zmosAs(door.coach, "book", ids.started, "w", "--override", "she is my friend");
    expect(coach).toMatchObject({ ...refused, stderr: expect.stringContaining("booking:override") as string });
    const policy = await zmosAs(door.frontDesk, "policy", "set", join(examples, "pilates-nine-hours.json"));
    expect(policy).toMatchObject({ ...refused, stderr: expect.stringContaining("policy:manage") as string });
  });

  it("writes down what a member declares, all of it; nothing only where that is said", async () => {
    const declared = await zmos("declare", "w", "Recent back surgery", "Pregnancy");
    expect(declared).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^declared: Recent back surgery, Pregnancy; Wanjiru Otieno, member /) as string,
    });
    expect(await zmos("declare", "w")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--nothing") as string,
    });
    expect(await zmos("declare", "w", "Asthma", "--nothing")).toMatchObject({ code: 2 });
    expect(await zmos("declare", "w", "--nothing")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^declared: nothing; /) as string,
    });
    const coach = await zmosAs(door.coach, "declare", "w", "Asthma");
    expect(coach).toMatchObject({ ...refused, stderr: expect.stringContaining("member:declare") as string });
  });

  it("asks for what cannot be understood to be written otherwise, and says what is not there", async () => {
    const unknown = "00000000-0000-4000-8000-000000000000";
    const [id, at, seats, session, member] = await Promise.all([
      zmos("roster", "tomorrow"),
      zmos("check-in", unknown, "--at", "noon"),
      zmos("session", "capacity", ids.soon, "many", "--reason", "x"),
      zmos("roster", unknown),
      zmos("book", ids.soon, "nobody"),
    ]);
    expect([id.code, at.code, seats.code, session.code, member.code]).toEqual([2, 2, 2, 1, 1]);
    expect(id.stderr).toContain("tomorrow is not the id of a session");
    expect(at.stderr).toContain("noon is not an instant");
    expect(member.stderr).toContain("There is no member nobody");
  });
});

describe("zmos plan", { timeout: 60_000 }, () => {
  it("changes a plan for those who buy from now on, and sells it no more", async () => {
    const less = file("less.json", { name: "Eight visits", usageRules: { credits: { count: 8 } } });
    expect(await zmos("plan", "change", ids.plan, less)).toMatchObject({
      code: 0,
      stdout: `Eight visits is sold as revision 2: plan ${ids.plan}; who has it keeps what was bought\n`,
    });
    expect((await zmos("plan", "list")).stdout).toMatch(/Eight visits +once off +as revision 2 +[0-9a-f-]{36}/);
    expect(await zmos("plan", "withdraw", ids.plan)).toMatchObject({ code: 0 });
    expect((await zmos("plan", "list")).stdout).toMatch(/Eight visits +once off +no more/);
    expect(await zmos("plan", "change", ids.plan, less)).toMatchObject({
      ...refused,
      stderr: expect.stringContaining("withdrawn from sale") as string,
    });
    const wrong = await zmos("plan", "change", ids.plan, file("price.json", { price: 5 }));
    expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining("price") as string });
    const desk = await zmosAs(door.frontDesk, "plan", "withdraw", ids.plan);
    expect(desk).toMatchObject({ ...refused, stderr: expect.stringContaining("plan:manage") as string });
  });
});

describe("zmos policy", { timeout: 60_000 }, () => {
  const otherwise = { contraindications: "refuse", waitlist: undefined };

  it("tells the policy in plain language, sets another, and lets a kind of session do otherwise", async () => {
    const before = await zmos("policy", "show");
    expect(before.stdout).toMatchInlineSnapshot(`
      "The policy of who has set none:
        Every member may book.
        Booking opens with the timetable and closes at the start.
        Every seat can be booked online.
        A member may hold seats in two sessions at the same time.
        Cancelling is free until the start, and not possible from the start on.
        A late cancellation costs nothing.
        No-shows are marked by hand.
        A no-show costs the credit or visit.
        50 members may wait; joining ends at the start.
        A freed seat is the next one's at once, until the start.
        A credit is held when the seat becomes theirs.
        Who is not covered when their turn comes is passed over.
        Seats that nobody came for go to who is at the door first.
        The door opens 1 h before the start and closes 12 h after the end.
        The capacity cannot be lowered below the seats taken.
        A member is told of contraindications that it has declared.
        Where a partner does not answer whether a member is covered, the booking is refused.
      "
    `);
    const set = await zmos("policy", "set", join(examples, "hot-yoga-night-before.json"));
    expect(set.code).toBe(0);
    const part = await zmos("policy", "set", file("part.json", otherwise), "--session-type", ids.yoga);
    expect(part).toMatchObject({ code: 0 });
    const after = await zmos("policy", "show");
    expect(after.stdout).toMatchInlineSnapshot(`
      "The booking policy:
        Whoever holds a membership that covers the visit may book.
        Booking opens with the timetable and closes at the start.
        Every seat can be booked online.
        A member may hold seats in two sessions at the same time.
        Cancelling is free until 2 h before the start, and not possible from the start on.
        A late cancellation costs the credit or visit, or who has none to lose USD 15.00.
        Who has not come by the start is marked as a no-show.
        A no-show costs USD 15.00.
        50 members may wait; joining ends at the start.
        A freed seat is the next one's at once, until the start.
        A credit is held when the seat becomes theirs.
        Who is not covered when their turn comes is passed over.
        Seats that nobody came for go to who is at the door first.
        The door opens 1 h before the start and closes 12 h after the end.
        The capacity cannot be lowered below the seats taken.
        A member is told of contraindications that it has declared.
        Where a partner does not answer whether a member is covered, the booking is refused.

      Otherwise for Yoga:
        A member with a declared contraindication is refused.
      "
    `);
    const { isDefault } = JSON.parse((await zmos("policy", "show", "--json")).stdout) as { isDefault: boolean };
    expect(isDefault).toBe(false);
  });

  it("says what a policy has to say of what a member did before, and of the last minutes", async () => {
    const say = async (name: string) => (await zmosHere("policy", "check", join(examples, `${name}.json`))).stdout;
    expect(await say("cycling-fee-class-returned")).toContain("From 2 h before the start on it costs USD 25.00.");
    expect(await say("yoga-eight-hours")).toContain(
      "Who has not come by 5 min before the start is marked as a no-show.",
    );
    const council = await say("council-eight-days-at-eight");
    expect(council).toContain("3 no-shows within 14 days close booking online for 7 days.");
    expect(council).toContain("Meanwhile it opens at 00:00 on the day.");
    expect(await say("council-three-pound-debt")).toContain("Who owes a fee cannot book until it is paid.");
  });

  it("checks a file without a database: what it says, or every field that is wrong", async () => {
    const good = await zmosHere("policy", "check", join(examples, "boutique-cycling-monday-noon.json"));
    expect(good).toMatchObject({ code: 0, stdout: expect.stringContaining("Monday 12:00") as string });
    const wrong = file("wrong.json", {
      access: "everybody",
      seatsKeptForDesk: -1,
      noShow: { consequence: { credit: "lose", fee: { minorUnits: 5, currency: "shilling" } } },
      acess: "open",
    });
    const bad = await zmosHere("policy", "check", wrong, "--override");
    expect(bad).toMatchObject({ code: 2, stdout: "" });
    expect(
      bad.stderr
        .split("\n")
        .filter((line) => line.startsWith("  "))
        .map((line) => line.trim().split(":")[0]),
    ).toEqual(["acess", "access", "seatsKeptForDesk", "noShow.consequence.fee.currency"]);
    const whole = await zmosHere("policy", "check", wrong);
    expect(whole.stderr).toContain("cancellation");
    const part = join(examples, "hot-yoga-night-before.early-classes.json");
    expect(await zmosHere("policy", "check", part, "--override")).toMatchObject({ code: 0 });
  });
});
