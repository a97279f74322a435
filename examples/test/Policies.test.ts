/**
 * Every policy in `policies/`, played through the real doors under a virtual clock: just before, at and just after what its publisher says. Which
 * operator that is, and where it says so, stands in `policies/README.md`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as Effect from "effect/Effect";
import { describe, expect, it } from "vitest";
import { open, overrideIn, played, policyIn, refusal, type Setting } from "./support/Studio.ts";

const folder = fileURLToPath(new URL("../policies/", import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
const tested = new Set<string>();

/** A studio under the policy of a name, which is played thereby. */
const under = (name: string, setting: Omit<Setting, "policy">): Setting => {
  tested.add(`${name}.json`);
  if (setting.override !== undefined) tested.add(setting.override);
  return { ...setting, policy: `${name}.json` };
};

/** A story in a studio of its own. */
const inStudio = <A, E>(
  setting: Setting,
  story: (studio: Effect.Success<ReturnType<typeof open>>) => Effect.Effect<A, E>,
): Promise<A> => played(Effect.flatMap(open(setting), story));

const pack = { credits: { count: 5 } };
const NEW_YORK = "America/New_York";

describe("boutique-cycling-monday-noon: bikes open on Mondays at noon, and a day's notice keeps the class", () => {
  const sunday = under("boutique-cycling-monday-noon", {
    zone: "Europe/Zurich",
    opened: "2026-03-23T09:00",
    starts: "2026-03-29T10:00",
    plan: pack,
  });
  const tuesday = { ...sunday, starts: "2026-03-31T18:00" };
  const monday = under("boutique-cycling-monday-noon", {
    ...sunday,
    starts: "2026-03-30T18:00",
    override: "boutique-cycling-monday-noon.on-mondays.json",
  });

  it("a second before noon nothing opens, at noon the week up to Sunday does", () =>
    inStudio(sunday, (studio) =>
      Effect.gen(function* () {
        const amina = yield* studio.member("Amina");
        yield* studio.at("2026-03-23T11:59:59");
        expect(yield* refusal(amina.book)).toBe("BookingNotOpen");
        yield* studio.at("2026-03-23T12:00");
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it.each([
    ["Sunday's, on whose morning the clocks change, the Monday before", sunday, "2026-03-23T11:00:00.000Z"],
    ["Tuesday's, the day before, an hour earlier by UTC", tuesday, "2026-03-30T10:00:00.000Z"],
    ["Monday's, by its override, a week before", monday, "2026-03-23T11:00:00.000Z"],
  ])("noon is noon on the studio's wall: %s", (_, setting, utc) =>
    played(
      Effect.gen(function* () {
        const amina = yield* (yield* open(setting)).member("Amina");
        const refused = yield* Effect.flip(amina.book);
        expect(refused._tag === "BookingNotOpen" && new Date(refused.opensAt).toISOString()).toBe(utc);
      }),
    ),
  );

  it("cancelled a second more than 24 hours before, the class comes back; a second less, it is gone", () =>
    inStudio(sunday, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.at("2026-03-23T12:00");
        const early = yield* amina.book;
        expect(yield* amina.credits).toBe(4);
        yield* s.before(24, 0, 1);
        yield* amina.cancel(early.id);
        expect(yield* amina.credits).toBe(5);
        const late = yield* amina.book;
        yield* s.before(23, 59, 59);
        yield* amina.cancel(late.id);
        expect(yield* amina.credits).toBe(4);
      }),
    ));

  it("who waits has paid with a class, gets it back without a bike, and none is given within two hours", () =>
    inStudio(sunday, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-03-23T12:00");
        const booking = yield* amina.book;
        yield* juma.wait;
        expect(yield* juma.credits).toBe(4);
        yield* s.before(1, 59, 59);
        yield* amina.cancel(booking.id);
        expect(yield* s.line).toEqual(["waiting"]);
        yield* s.after(45 + 720);
        expect(yield* s.line).toEqual([]);
        expect(yield* juma.credits).toBe(5);
      }),
    ));

  it("a second more than two hours before, the first in line has the bike", () =>
    inStudio(sunday, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-03-23T12:00");
        const booking = yield* amina.book;
        const place = yield* juma.wait;
        yield* s.before(2, 0, 1);
        yield* amina.cancel(booking.id);
        expect((yield* s.booking(place.id)).status).toBe("booked");
        expect(yield* juma.credits).toBe(4);
      }),
    ));

  it("a bike nobody has come for goes to who stands by, and the class of who stayed away is gone", () =>
    inStudio(sunday, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-03-23T12:00");
        const booking = yield* amina.book;
        yield* s.before(0, 5, 1);
        expect(yield* refusal(juma.walksIn)).toBe("SessionFull");
        yield* s.before(0, 5);
        expect((yield* s.booking(booking.id)).status).toBe("no_show");
        expect((yield* juma.walksIn).booking.status).toBe("checked_in");
        expect([yield* amina.credits, yield* juma.credits]).toEqual([4, 4]);
      }),
    ));

  it.each([
    ["on a Sunday", sunday],
    ["on a Monday, by its override", monday],
  ])("booking ends half an hour before, %s", (_, setting) =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.before(0, 30, 1);
        const { id } = yield* amina.book;
        yield* amina.cancel(id);
        yield* s.before(0, 30);
        expect(yield* refusal(amina.book)).toBe("BookingClosed");
      }),
    ),
  );
});

describe("cycling-fee-class-returned: late costs a fee, and the class comes back", () => {
  const setting = under("cycling-fee-class-returned", {
    zone: "America/Chicago",
    opened: "2026-05-01T09:00",
    starts: "2026-05-10T18:00",
    plan: pack,
  });
  it("12 hours and a second before, it is free", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(12, 0, 1);
        yield* amina.cancel(id);
        yield* s.after(800);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, []]);
      }),
    ));

  it("a second less than 12 hours before, it is 17 dollars once, and the class is back", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(11, 59, 59);
        yield* amina.cancel(id);
        yield* s.after(0);
        yield* s.after(800);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, ["1700 USD late_cancel"]]);
      }),
    ));

  it.each([
    ["two hours and a second before is 17 dollars", [2, 0, 1] as const, "1700 USD late_cancel"],
    ["two hours before is 25, as staying away", [2, 0, 0] as const, "2500 USD late_cancel"],
    ["a second before is 25, too", [0, 0, 1] as const, "2500 USD late_cancel"],
  ])("%s, and the class is back", (_, [hours, minutes, seconds], owed) =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(hours, minutes, seconds);
        yield* amina.cancel(id);
        yield* s.after(0);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, [owed]]);
      }),
    ),
  );

  it("staying away is 25 dollars, from the start on", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* amina.book;
        yield* s.before(0, 0, 1);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([4, []]);
        yield* s.after(0);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, ["2500 USD no_show"]]);
      }),
    ));
});

describe("club-26-hours-ahead: booking opens 26 hours ahead, everything ends at 35 minutes, and standby has the rest", () => {
  const setting = under("club-26-hours-ahead", {
    zone: NEW_YORK,
    opened: "2026-03-01T09:00",
    starts: "2026-03-08T08:00",
  });
  it("26 hours are 26 hours, though the clocks change in between", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.at("2026-03-07T04:59:59");
        expect(yield* refusal(amina.book)).toBe("BookingNotOpen");
        yield* s.at("2026-03-07T05:00");
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it("given back before 35 minutes, the seat is the next one's; from then on nothing is given back", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.before(26);
        const { id } = yield* amina.book;
        const place = yield* juma.wait;
        yield* s.before(0, 35, 1);
        expect((yield* amina.cancel(id)).penalty).toBeUndefined();
        expect((yield* s.booking(place.id)).status).toBe("booked");
        yield* juma.cancel(place.id);
        const again = yield* juma.book;
        yield* s.before(0, 35);
        expect(yield* refusal(juma.cancel(again.id))).toBe("CancellationClosed");
        expect(yield* refusal(amina.book)).toBe("BookingClosed");
        expect(yield* refusal(amina.wait)).toBe("BookingClosed");
      }),
    ));

  it("at the start the seat of who is not there is for who stands at the desk", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.before(26);
        const { id } = yield* amina.book;
        yield* s.before(0, 0, 1);
        expect(yield* refusal(juma.walksIn)).toBe("SessionFull");
        yield* s.after(0);
        expect((yield* juma.walksIn).booking.status).toBe("checked_in");
        expect((yield* s.booking(id)).status).toBe("no_show");
        expect(yield* amina.owes).toEqual([]);
      }),
    ));
});

describe("three strikes: who stays away again and again is kept from booking online for a while", () => {
  const club = under("club-26-hours-ahead", { zone: NEW_YORK, opened: "2026-04-01T09:00", starts: "2026-07-01T18:00" });
  const council = under("council-eight-days-at-eight", {
    zone: "Europe/London",
    opened: "2026-05-01T09:00",
    starts: "2026-05-20T18:00",
  });

  /** Books the classes of these days, at six in the evening, and stays away from them. */
  const staysAway = Effect.fnUntraced(function* (setting: Setting, days: ReadonlyArray<string>) {
    const s = yield* open(setting);
    const amina = yield* s.member("Amina");
    let last;
    for (const day of days) {
      const another = yield* s.schedule(`${day}T18:00`);
      yield* s.at(`${day}T12:00`);
      last = yield* amina.bookIn(another);
      yield* s.at(`${day}T18:05`);
    }
    return { s, amina, last };
  });

  it("at the club three in 90 days close it for 30, and a no-show that is taken back counts no more", () =>
    played(
      Effect.gen(function* () {
        const { s, amina, last } = yield* staysAway(club, ["2026-04-03", "2026-05-20", "2026-06-30"]);
        yield* s.at("2026-06-30T20:00");
        expect(yield* refusal(amina.book)).toBe("BookingSuspended");
        if (last !== undefined) yield* s.undoNoShow(last.id);
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it.each([
    ["the last of 30 days is closed", "2026-07-29T23:59:59", "BookingSuspended"],
    ["the day after is not", "2026-07-30T00:00", "booked"],
  ])("at the club %s", (_, time, outcome) =>
    played(
      Effect.gen(function* () {
        const { s, amina } = yield* staysAway(club, ["2026-05-01", "2026-05-20", "2026-06-30"]);
        const another = yield* s.schedule("2026-07-30T18:00");
        yield* s.at(time);
        const answer = yield* Effect.match(amina.bookIn(another), {
          onSuccess: ({ status }) => status as string,
          onFailure: ({ _tag }) => _tag as string,
        });
        expect(answer).toBe(outcome);
      }),
    ),
  );

  it("at the club the first is forgotten on its ninetieth day", () =>
    played(
      Effect.gen(function* () {
        const { s, amina } = yield* staysAway(club, ["2026-04-01", "2026-05-20", "2026-06-30"]);
        yield* s.at("2026-06-30T20:00");
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it("at the council three in 14 days leave a week in which one books on the day only", () =>
    played(
      Effect.gen(function* () {
        const { s, amina } = yield* staysAway(council, ["2026-05-05", "2026-05-12", "2026-05-18"]);
        yield* s.at("2026-05-19T23:59:59");
        expect(yield* refusal(amina.book)).toBe("BookingSuspended");
        yield* s.at("2026-05-20T00:00");
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));
});

describe("council-eight-days-at-eight: booking opens eight days before at eight in the evening", () => {
  const setting = under("council-eight-days-at-eight", {
    zone: "Europe/London",
    opened: "2026-03-20T09:00",
    starts: "2026-04-01T18:00",
  });
  it("at eight on the wall, before the clocks change for a class after it", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.at("2026-03-24T19:59:59");
        expect(yield* refusal(amina.book)).toBe("BookingNotOpen");
        yield* s.at("2026-03-24T20:00");
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it("six hours before a cancellation begins to count as late, and costs nothing", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-03-24T20:00");
        const early = yield* amina.book;
        yield* s.before(6, 0, 1);
        expect((yield* amina.cancel(early.id)).penalty).toBeUndefined();
        const late = yield* juma.book;
        yield* s.before(5, 59, 59);
        expect((yield* juma.cancel(late.id)).penalty?.for).toBe("late_cancel");
        yield* s.after(0);
        expect(yield* juma.owes).toEqual([]);
      }),
    ));

  it("who is not there five minutes in has missed it; a second earlier is in time", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.at("2026-03-24T20:00");
        const { id } = yield* amina.book;
        yield* s.before(0, -5, 1);
        expect((yield* s.booking(id)).status).toBe("booked");
        yield* s.after(5);
        expect((yield* s.booking(id)).status).toBe("no_show");
        expect(yield* refusal(amina.comes(id))).toBe("BookingNotActive");
      }),
    ));

  it("nobody keeps a place in line: whoever is first has a freed seat", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-03-24T20:00");
        const { id } = yield* amina.book;
        expect(yield* refusal(juma.wait)).toBe("WaitlistFull");
        yield* amina.cancel(id);
        expect((yield* juma.book).status).toBe("booked");
      }),
    ));
});

describe("council-three-pound-debt: two hours' notice, or three pounds on the account", () => {
  const setting = under("council-three-pound-debt", {
    zone: "Europe/London",
    opened: "2026-05-01T09:00",
    starts: "2026-05-05T18:00",
  });
  it.each([
    ["two hours and a second before, nothing", [2, 0, 1] as const, []],
    ["two hours before, three pounds", [2, 0, 0] as const, ["300 GBP late_cancel"]],
  ])("cancelled %s is owed", (_, [hours, minutes, seconds], owed) =>
    played(
      Effect.gen(function* () {
        const s = yield* open(setting);
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(hours, minutes, seconds);
        yield* amina.cancel(id);
        yield* s.after(0);
        expect(yield* amina.owes).toEqual(owed);
      }),
    ),
  );

  it("staying away is three pounds, once; where staff take the no-show back, so is the debt", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.after(0);
        yield* s.after(1);
        expect(yield* amina.owes).toEqual(["300 GBP no_show"]);
        yield* s.undoNoShow(id);
        yield* amina.comes(id);
        yield* s.after(2);
        expect(yield* amina.owes).toEqual(["300 GBP no_show", "-300 GBP no_show"]);
      }),
    ));
});

describe("an unpaid fee keeps one from booking until it is paid", () => {
  const setting = under("council-three-pound-debt", {
    zone: "Europe/London",
    opened: "2026-05-01T09:00",
    starts: "2026-05-05T18:00",
    fees: "on_account",
  });
  const university = { ...under("university-mondays-a-week-ahead", setting), zone: NEW_YORK };

  it.each([
    ["three pounds at the council", setting],
    ["ten dollars at the university", university],
  ])("%s", (_, at) =>
    inStudio(at, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const another = yield* s.schedule("2026-05-07T18:00");
        const { id } = yield* amina.book;
        yield* s.after(0);
        expect(yield* refusal(amina.bookIn(another))).toBe("FeesUnpaid");
        yield* s.isPaid(id);
        expect((yield* amina.bookIn(another)).status).toBe("booked");
      }),
    ),
  );

  it("a debt that staff waive is none", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const another = yield* s.schedule("2026-05-07T18:00");
        const { id } = yield* amina.book;
        yield* s.after(0);
        yield* s.undoNoShow(id);
        expect((yield* amina.bookIn(another)).status).toBe("booked");
      }),
    ));
});

describe("pass-loses-a-day-unless-refilled: a missed class costs a day of the pass, unless somebody else takes the place", () => {
  const setting = under("pass-loses-a-day-unless-refilled", {
    zone: "Asia/Kolkata",
    opened: "2026-05-01T09:00",
    starts: "2026-05-05T07:00",
    plan: { endDate: "2026-07-31" },
  });
  it("60 minutes and a second before, it is free", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(1, 0, 1);
        yield* amina.cancel(id);
        yield* s.after(45 + 720);
        expect(yield* amina.lastDay).toBe("2026-07-31");
      }),
    ));

  it("dropped out later and the place stays empty: the pass ends a day earlier", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(0, 59, 59);
        expect((yield* amina.cancel(id)).penalty?.status).toBe("pending");
        yield* s.after(45);
        expect(yield* amina.lastDay).toBe("2026-07-31");
        yield* s.after(45 + 720);
        expect(yield* amina.lastDay).toBe("2026-07-30");
      }),
    ));

  it("dropped out later and somebody else takes the place: nothing is lost", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        const { id } = yield* amina.book;
        yield* s.before(0, 59, 59);
        yield* amina.cancel(id);
        yield* s.before(0, 0, 1);
        yield* juma.book;
        expect((yield* s.booking(id)).penalty?.status).toBe("forgiven");
        yield* s.after(45 + 720);
        expect(yield* amina.lastDay).toBe("2026-07-31");
        expect(yield* juma.lastDay).toBe("2026-07-30");
      }),
    ));
});

describe("aggregator-fee-not-credit: a fee for being late, a higher one for staying away, never the credit", () => {
  const setting = under("aggregator-fee-not-credit", {
    zone: NEW_YORK,
    opened: "2026-05-01T09:00",
    starts: "2026-05-05T07:00",
    plan: pack,
  });
  it.each([
    ["12 hours and a second before is free", [12, 0, 1] as const, []],
    ["11 hours, 59 minutes and 59 seconds before is 15 dollars", [11, 59, 59] as const, ["1500 USD late_cancel"]],
  ])("cancelled %s, and the credit comes back", (_, [hours, minutes, seconds], owed) =>
    played(
      Effect.gen(function* () {
        const s = yield* open(setting);
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(hours, minutes, seconds);
        yield* amina.cancel(id);
        yield* s.after(120);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, owed]);
      }),
    ),
  );

  it("staying away is 20 dollars, once, and the credit comes back", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* amina.book;
        expect(yield* amina.credits).toBe(4);
        yield* s.after(120);
        yield* s.after(800);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, ["2000 USD no_show"]]);
      }),
    ));
});

describe("crossfit-box-thirty-minutes: four days ahead, until half an hour before, or the class is charged", () => {
  const setting = under("crossfit-box-thirty-minutes", {
    zone: NEW_YORK,
    opened: "2026-05-01T09:00",
    starts: "2026-05-08T05:30",
    plan: pack,
  });
  it("registration opens with the fourth day before", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.at("2026-05-03T23:59:59");
        expect(yield* refusal(amina.book)).toBe("BookingNotOpen");
        yield* s.at("2026-05-04T00:00");
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it("given up before half an hour, the place is the next one's and the class comes back", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-05-04T00:00");
        const { id } = yield* amina.book;
        const place = yield* juma.wait;
        yield* s.before(0, 30, 1);
        yield* amina.cancel(id);
        expect((yield* s.booking(place.id)).status).toBe("booked");
        expect([yield* amina.credits, yield* juma.credits]).toEqual([5, 4]);
        yield* juma.cancel(place.id);
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it("from half an hour on it is charged, nobody moves up, and booking is over", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-05-04T00:00");
        const { id } = yield* amina.book;
        yield* juma.wait;
        yield* s.before(0, 30);
        yield* amina.cancel(id);
        expect([yield* amina.credits, yield* juma.credits]).toEqual([4, 5]);
        expect(yield* s.line).toEqual(["waiting"]);
        expect(yield* refusal(juma.book)).toBe("BookingClosed");
      }),
    ));

  it("staying away is charged as a class, and nothing else", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.at("2026-05-04T00:00");
        yield* amina.book;
        yield* s.after(30);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([4, []]);
      }),
    ));
});

describe("offer-for-one-hour: who is next has an hour to say yes; within twelve hours it is first come, first served", () => {
  const setting = under("offer-for-one-hour", {
    zone: NEW_YORK,
    opened: "2026-05-01T09:00",
    starts: "2026-05-08T18:00",
  });
  it("an offer that is let pass for an hour lapses, and the next one gets it", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma, wanjiru] = [yield* s.member("Amina"), yield* s.member("Juma"), yield* s.member("Wanjiru")];
        const { id } = yield* amina.book;
        const [first, second] = [yield* juma.wait, yield* wanjiru.wait];
        yield* s.before(48);
        yield* amina.cancel(id);
        expect(yield* s.line).toEqual(["offered", "waiting"]);
        yield* s.before(47, 0, 1);
        expect(yield* s.line).toEqual(["offered", "waiting"]);
        expect(yield* refusal(amina.book)).toBe("SessionFull");
        yield* s.before(47);
        expect(yield* s.line).toEqual(["offered"]);
        expect(yield* refusal(juma.accept(first.id))).toBe("NotInLine");
        yield* s.before(46, 0, 1);
        expect((yield* wanjiru.accept(second.id)).status).toBe("booked");
      }),
    ));

  it("an offer does not outlast the twelfth hour before the start", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        const { id } = yield* amina.book;
        const place = yield* juma.wait;
        yield* s.before(12, 30);
        yield* amina.cancel(id);
        yield* s.before(12, 0, 1);
        expect(yield* s.line).toEqual(["offered"]);
        yield* s.before(12);
        expect(yield* s.line).toEqual([]);
        expect(yield* refusal(juma.accept(place.id))).toBe("NotInLine");
      }),
    ));

  it("a seat that is freed later is anybody's", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma, wanjiru] = [yield* s.member("Amina"), yield* s.member("Juma"), yield* s.member("Wanjiru")];
        const { id } = yield* amina.book;
        yield* juma.wait;
        yield* s.before(11, 59, 59);
        yield* amina.cancel(id);
        expect(yield* s.line).toEqual(["waiting"]);
        expect((yield* wanjiru.book).status).toBe("booked");
      }),
    ));
});

describe("yoga-eight-hours: eight hours' notice, and with them ends the waitlist", () => {
  const setting = under("yoga-eight-hours", {
    zone: "America/Indiana/Indianapolis",
    opened: "2026-05-01T09:00",
    starts: "2026-05-08T18:00",
    plan: pack,
  });
  it("until then the first in line moves up, and nobody owes anything", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        const { id } = yield* amina.book;
        yield* s.before(8, 0, 1);
        const place = yield* juma.wait;
        yield* amina.cancel(id);
        expect((yield* s.booking(place.id)).status).toBe("booked");
        yield* s.before(7);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, []]);
      }),
    ));

  it("from then on the list is gone, late is 10 dollars, and the place is anybody's", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma, wanjiru] = [yield* s.member("Amina"), yield* s.member("Juma"), yield* s.member("Wanjiru")];
        const { id } = yield* amina.book;
        yield* juma.wait;
        yield* s.before(8);
        expect(yield* s.line).toEqual([]);
        expect(yield* refusal(juma.wait)).toBe("WaitlistClosed");
        yield* amina.cancel(id);
        expect((yield* wanjiru.book).status).toBe("booked");
        yield* s.before(7);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, ["1000 USD late_cancel"]]);
      }),
    ));

  it("staying away is 20 dollars, and the mat is for who walks in", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* amina.book;
        yield* s.before(0, 5, 1);
        expect(yield* amina.credits).toBe(4);
        expect(yield* refusal(juma.walksIn)).toBe("SessionFull");
        yield* s.before(0, 5);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([5, ["2000 USD no_show"]]);
        expect((yield* juma.walksIn).booking.status).toBe("checked_in");
      }),
    ));
});

describe("pilates-nine-hours: late loses the class, staying away the class and a fee", () => {
  const setting = under("pilates-nine-hours", {
    zone: "Australia/Sydney",
    opened: "2026-04-01T09:00",
    starts: "2026-04-05T08:00",
    plan: pack,
  });
  it.each([
    ["nine hours and a second before, the class is back", [9, 0, 1] as const, 5],
    ["nine hours before, the class is gone", [9, 0, 0] as const, 4],
  ])("cancelled %s, and no fee is due, also in the night in which the clocks change", (_, [h, m, sec], left) =>
    played(
      Effect.gen(function* () {
        const s = yield* open(setting);
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.before(h, m, sec);
        yield* amina.cancel(id);
        yield* s.after(120);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([left, []]);
      }),
    ),
  );

  it("staying away costs the class and 15 dollars, once", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* amina.book;
        yield* s.after(60);
        yield* s.after(800);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([4, ["1500 AUD no_show"]]);
      }),
    ));
});

describe("hot-yoga-night-before: two hours' notice, for the early classes by eight the night before", () => {
  const early = under("hot-yoga-night-before", {
    zone: "America/Denver",
    opened: "2026-05-01T09:00",
    starts: "2026-05-05T06:30",
    override: "hot-yoga-night-before.early-classes.json",
  });
  const { override: _, ...evening } = { ...early, starts: "2026-05-05T18:00" };

  it.each([
    ["half past six, a second before eight the night before", early, "2026-05-04T19:59:59", []],
    ["half past six, at eight the night before", early, "2026-05-04T20:00", ["1500 USD late_cancel"]],
    ["six in the evening, at eight the night before", evening, "2026-05-04T20:00", []],
    ["six in the evening, a second before two hours", evening, "2026-05-05T15:59:59", []],
    ["six in the evening, at two hours", evening, "2026-05-05T16:00", ["1500 USD late_cancel"]],
  ])("cancelled for %s", (_sentence, setting, time, owed) =>
    played(
      Effect.gen(function* () {
        const s = yield* open(setting);
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.at(time);
        yield* amina.cancel(id);
        yield* s.after(0);
        expect(yield* amina.owes).toEqual(owed);
      }),
    ),
  );

  it.each([
    ["for an early class", early, "2026-05-04T20:00"],
    ["for any other", evening, "2026-05-05T16:00"],
  ])("a punch card loses the class instead of paying, %s", (_, setting, time) =>
    inStudio({ ...setting, plan: pack }, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        const { id } = yield* amina.book;
        yield* s.at(time);
        yield* amina.cancel(id);
        yield* s.after(0);
        expect([yield* amina.credits, yield* amina.owes]).toEqual([4, []]);
      }),
    ),
  );

  it("staying away from an early class costs what it costs from any other", () =>
    inStudio(early, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* amina.book;
        yield* s.after(0);
        expect(yield* amina.owes).toEqual(["1500 USD no_show"]);
      }),
    ));
});

describe("university-mondays-a-week-ahead: a week opens on the Monday of the week before", () => {
  const setting = under("university-mondays-a-week-ahead", {
    zone: NEW_YORK,
    opened: "2026-02-25T09:00",
    starts: "2026-03-10T17:00",
  });
  it("at midnight on the wall, though the clocks change in between", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const amina = yield* s.member("Amina");
        yield* s.at("2026-03-01T23:59:59");
        expect(yield* refusal(amina.book)).toBe("BookingNotOpen");
        yield* s.at("2026-03-02T00:00");
        expect((yield* amina.book).status).toBe("booked");
      }),
    ));

  it("an hour before, cancelling and the waitlist end together", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-03-02T00:00");
        const { id } = yield* amina.book;
        yield* s.before(1, 0, 1);
        const place = yield* juma.wait;
        expect((yield* amina.cancel(id)).penalty).toBeUndefined();
        expect((yield* s.booking(place.id)).status).toBe("booked");
        yield* s.before(1);
        expect(yield* refusal(juma.cancel(place.id))).toBe("CancellationClosed");
        expect(yield* refusal(amina.wait)).toBe("WaitlistClosed");
      }),
    ));

  it("who has not cancelled and is not there is billed 10 dollars, and who is at the door has the place", () =>
    inStudio(setting, (s) =>
      Effect.gen(function* () {
        const [amina, juma] = [yield* s.member("Amina"), yield* s.member("Juma")];
        yield* s.at("2026-03-02T00:00");
        yield* amina.book;
        yield* s.after(0);
        expect(yield* amina.owes).toEqual(["1000 USD no_show"]);
        expect((yield* juma.walksIn).booking.status).toBe("checked_in");
      }),
    ));
});

describe("the policies", () => {
  it("are each played above", () => expect([...tested].toSorted()).toEqual(files.toSorted()));

  it.each(files)("%s is valid: a whole policy, or sections in place of another's", (file) => {
    const isOverride = file.split(".").length > 2;
    expect(Object.keys(isOverride ? overrideIn(file) : policyIn(file)).length).toBeGreaterThan(0);
  });

  it.each(files)("%s is explained, with its source", (file) => {
    const [name = ""] = file.split(".");
    const row = readFileSync(`${folder}README.md`, "utf8")
      .split("\n")
      .find((line) => line.startsWith(`| [\`${name}\``));
    expect(row).toMatch(/https?:\/\//);
    expect(row).toContain(file);
  });
});
