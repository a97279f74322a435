import { assert, describe, it } from "@effect/vitest";
import type { BookingPolicy } from "../../../../src/moveos/index.ts";
import { defaults, fullFor, scene } from "../../../support/RosterScene.ts";

const automatic = (automaticMinutesAfterStart = 10): Partial<BookingPolicy> => ({
  noShow: { automaticMinutesAfterStart, consequence: { credit: "lose" } },
});
const door: Partial<BookingPolicy> = { checkIn: { opensMinutesBeforeStart: 30, closesMinutesAfterEnd: 15 } };
const standing = (standby: BookingPolicy["waitlist"]["standby"]): Partial<BookingPolicy> => ({
  waitlist: { ...defaults.waitlist, promoteUntil: { minutesBeforeStart: 60 }, standby },
});

describe("coming", () => {
  it("is possible while the door is open, to the minute; staff may let in earlier", () => {
    assert.strictEqual(fullFor(door).at(-31).comes("Amina"), "CheckInNotOpen");
    assert.strictEqual(fullFor(door).at(-31).comes("Amina", { override: "the rain" }), "yes");
    assert.strictEqual(fullFor(door).at(-30).comes("Amina"), "yes");
    assert.strictEqual(fullFor(door).at(59).comes("Amina"), "yes");
    assert.strictEqual(fullFor(door).at(60).comes("Amina"), "CheckInClosed");
  });

  it("is not possible a day before, whoever says so: that was another session", () => {
    const days: Partial<BookingPolicy> = { checkIn: { opensMinutesBeforeStart: 2_880, closesMinutesAfterEnd: 15 } };
    assert.strictEqual(fullFor(door).at(-1_441).comes("Amina", { override: "the rain" }), "CheckInNotOpen");
    assert.strictEqual(fullFor(door).at(-1_440).comes("Amina", { override: "the rain" }), "yes");
    assert.strictEqual(fullFor(days).at(-1_441).comes("Amina"), "CheckInNotOpen");
    assert.strictEqual(fullFor(days).at(-1_440).comes("Amina"), "yes");
    assert.strictEqual(fullFor(door).at(600).comes("Amina", { override: "she was there" }), "yes");
  });

  it("counts when the device saw it, however late it says so", () => {
    assert.strictEqual(fullFor(door).at(200).comes("Amina", { seen: 5 }), "yes");
  });

  it("is done once; told again under its nonce it is the same arrival", () => {
    const gym = fullFor().at(-5);
    assert.strictEqual(gym.comes("Amina", { nonce: "gate-7" }), "yes");
    assert.strictEqual(gym.comes("Amina", { nonce: "gate-7" }), "yes");
    assert.deepStrictEqual(gym.told, []);
    assert.strictEqual(gym.comes("Amina", { nonce: "gate-8" }), "BookingNotActive");
    assert.strictEqual(gym.comes("Amina"), "BookingNotActive");
    assert.strictEqual(gym.bookingOf("Amina").checkIns, 1);
  });

  it("is not to a session that is called off, though to one that was closed early", () => {
    const off = fullFor();
    off.isCalledOff();
    assert.strictEqual(off.at(-5).comes("Amina"), "BookingNotActive");
    const over = fullFor().at(45);
    over.isOver();
    assert.strictEqual(over.comes("Amina"), "yes");
  });

  it("taken back is a booking again, and may be repeated", () => {
    const gym = fullFor().at(-5);
    gym.comes("Amina");
    assert.strictEqual(gym.didNotCome("Amina"), "yes");
    assert.strictEqual(gym.bookingOf("Amina").status, "booked");
    assert.strictEqual(gym.didNotCome("Amina"), "BookingNotActive");
    assert.strictEqual(gym.comes("Amina"), "yes");
    assert.strictEqual(gym.bookingOf("Amina").checkIns, 2);
  });

  it("has the reason it needed, and no longer that of what was done before", () => {
    const gym = scene();
    gym.books("Amina", { override: "we had promised it" });
    assert.strictEqual(gym.bookingOf("Amina").reason, "we had promised it");
    gym.at(-5).comes("Amina");
    assert.isUndefined(gym.bookingOf("Amina").reason);
    gym.didNotCome("Amina");
    assert.strictEqual(gym.bookingOf("Amina").reason, "somebody else");
    gym.comes("Amina", { override: "she is known here" });
    assert.strictEqual(gym.bookingOf("Amina").reason, "she is known here");
    gym.didNotCome("Amina");
    gym.at(5).isMissing("Amina");
    assert.isUndefined(gym.bookingOf("Amina").reason);
    gym.wasThereAfterAll("Amina");
    gym.cancels("Amina", { override: "to write it off" });
    assert.strictEqual(gym.bookingOf("Amina").reason, "to write it off");
    gym.at(5).walksIn("Brian", { override: "a guest of the house" });
    assert.strictEqual(gym.bookingOf("Brian").reason, "a guest of the house");
  });

  it("taken back of who walked in leaves nothing: the seat is the line's", () => {
    const gym = scene().at(-30);
    gym.walksIn("Amina");
    gym.joins("Brian");
    assert.strictEqual(gym.didNotCome("Amina"), "yes");
    assert.strictEqual(gym.bookingOf("Amina").status, "cancelled");
    assert.deepStrictEqual(gym.seats, ["Brian"]);
  });

  it("taken back after the clock has judged the others is not to have come", () => {
    const gym = fullFor(automatic()).at(5);
    gym.comes("Amina");
    gym.at(20).didNotCome("Amina");
    assert.strictEqual(gym.bookingOf("Amina").status, "no_show");
  });
});

describe("walking in", () => {
  it("needs the door open, a seat free, and cover; staff may set the last two aside", () => {
    assert.strictEqual(scene(door).at(-31).walksIn("Amina"), "CheckInNotOpen");
    assert.strictEqual(scene(door).at(-30).walksIn("Amina"), "yes");
    assert.strictEqual(scene(door).at(60).walksIn("Amina"), "CheckInClosed");
    assert.strictEqual(fullFor().at(-5).walksIn("Brian"), "SessionFull");
    assert.strictEqual(fullFor().at(-5).walksIn("Brian", { override: "stands" }), "yes");
    assert.strictEqual(scene().uncovered("Amina").at(-5).walksIn("Amina"), "NotEntitled");
    assert.strictEqual(fullFor().at(-5).walksIn("Amina"), "AlreadyBooked");
  });

  it("told again under its nonce is the same arrival", () => {
    const gym = scene().at(-5);
    gym.walksIn("Amina", { nonce: "gate-1" });
    assert.strictEqual(gym.walksIn("Amina", { nonce: "gate-1" }), "yes");
    assert.deepStrictEqual(gym.seats, ["Amina"]);
  });

  it("takes seats that nobody came for: whoever is there first, or who stands by in order, or whoever while nobody does", () => {
    const outcome = (standby: BookingPolicy["waitlist"]["standby"], who: "Carol" | "Brian" | "David") => {
      const gym = fullFor({ ...standing(standby), ...automatic() });
      gym.joins("Brian");
      gym.joins("Carol");
      return gym.at(10).walksIn(who);
    };
    assert.strictEqual(outcome("first_come", "David"), "yes");
    assert.strictEqual(outcome("off", "David"), "yes");
    assert.strictEqual(outcome("in_order", "David"), "OthersOnStandby");
    assert.strictEqual(outcome("in_order", "Carol"), "OthersOnStandby");
    assert.strictEqual(outcome("in_order", "Brian"), "yes");
  });

  it("out of order is for staff to allow, and ends the wait of who waited", () => {
    const gym = fullFor({ ...standing("in_order"), ...automatic() });
    gym.joins("Brian");
    gym.joins("Carol");
    assert.strictEqual(gym.at(10).walksIn("Carol", { override: "Brian is not here" }), "yes");
    assert.deepStrictEqual([gym.seats, gym.line, gym.roster.session.capacity], [["Carol"], ["Brian"], 1]);
  });
});

describe("not coming", () => {
  it("is marked by staff from the start on, not a minute before, and leaves the seat", () => {
    const gym = fullFor();
    assert.strictEqual(gym.at(-1).isMissing("Amina"), "NoShowTooEarly");
    assert.strictEqual(gym.at(0).isMissing("Amina"), "yes");
    assert.strictEqual(gym.isMissing("Amina"), "BookingNotActive");
    assert.deepStrictEqual(gym.seats, []);
    assert.strictEqual(gym.bookingOf("Amina").penalty?.credit, "lost");
  });

  it("is marked by the clock where the policy says so, to the minute, whoever looks", () => {
    const gym = fullFor(automatic());
    gym.at(9).isLookedAt();
    assert.strictEqual(gym.bookingOf("Amina").status, "booked");
    assert.strictEqual(gym.at(10).walksIn("Brian"), "yes");
    assert.strictEqual(gym.bookingOf("Amina").status, "no_show");
    const manual = fullFor().at(44);
    manual.isLookedAt();
    assert.strictEqual(manual.bookingOf("Amina").status, "booked");
  });

  it("is not held against who got the seat only after that moment", () => {
    const gym = scene({ ...automatic(), booking: { closes: { minutesBeforeStart: -30 } } }).at(15);
    assert.strictEqual(gym.books("Amina"), "yes");
    assert.deepStrictEqual(gym.seats, ["Amina"]);
    assert.strictEqual(gym.at(16).comes("Amina"), "yes");
  });

  it("is taken back where the member came in time and word came late; where the seat is gone, only by staff", () => {
    const gym = fullFor(automatic()).at(20);
    gym.isLookedAt();
    assert.strictEqual(gym.comes("Amina", { seen: 10 }), "BookingNotActive");
    assert.strictEqual(gym.comes("Amina", { seen: 9 }), "yes");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "forgiven");
    const taken = fullFor(automatic()).at(20);
    taken.walksIn("Brian");
    assert.strictEqual(taken.comes("Amina", { seen: 5 }), "SessionFull");
    assert.strictEqual(taken.comes("Amina", { seen: 5, override: "she was here" }), "yes");
    assert.strictEqual(taken.roster.session.capacity, 2);
  });

  it("told late gives nobody a second seat: who was missed and came in again has one", () => {
    const gym = fullFor(automatic(), 2).at(20);
    gym.isLookedAt();
    const missed = gym.bookingOf("Amina").id;
    assert.strictEqual(gym.walksIn("Amina"), "yes");
    const told = gym.do({ _tag: "CheckIn", bookingId: missed, at: gym.roster.session.startTime });
    assert.strictEqual(told, "AlreadyBooked");
  });

  it("taken back by staff is taken back for good: the clock does not say it again", () => {
    const gym = fullFor(automatic()).at(20);
    gym.isLookedAt();
    assert.strictEqual(gym.wasThereAfterAll("Amina"), "yes");
    gym.at(30).isLookedAt();
    assert.strictEqual(gym.bookingOf("Amina").status, "booked");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "forgiven");
    assert.strictEqual(gym.comes("Amina"), "yes");
  });

  it("is taken back only while a seat is there, or by staff with a reason", () => {
    const gym = fullFor(automatic()).at(20);
    gym.walksIn("Brian");
    assert.strictEqual(gym.wasThereAfterAll("Amina"), "SessionFull");
    assert.strictEqual(gym.wasThereAfterAll("Amina", { override: "on the tape" }), "yes");
    assert.deepStrictEqual([gym.seats, gym.roster.session.capacity], [["Amina", "Brian"], 2]);
  });

  it("is nothing to take back for who came", () => {
    const gym = fullFor().at(-5);
    gym.comes("Amina");
    assert.strictEqual(gym.wasThereAfterAll("Amina"), "BookingNotActive");
  });
});
