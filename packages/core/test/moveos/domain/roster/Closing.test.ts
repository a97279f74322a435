import { assert, describe, it } from "@effect/vitest";
import { Roster } from "../../../../src/moveos/index.ts";
import { minutesFromStart } from "../../../../src/testing/laws/RosterWorlds.ts";
import { defaults, fullFor, scene } from "../../../support/RosterScene.ts";

const moving = { whenCapacityLowered: "last_booked_waits" as const };

describe("more or fewer seats", () => {
  it("more go to the line at once", () => {
    const gym = fullFor();
    gym.joins("Brian");
    gym.joins("Carol");
    assert.strictEqual(gym.hasSeats(2), "yes");
    assert.deepStrictEqual([gym.seats, gym.line], [["Amina", "Brian"], ["Carol"]]);
  });

  it("as many as are taken are allowed; one fewer is refused, unless the policy says who waits", () => {
    assert.strictEqual(fullFor({}, 2).hasSeats(2), "yes");
    assert.strictEqual(fullFor({}, 2).hasSeats(1), "CapacityBelowBooked");
    const gym = fullFor(moving, 2);
    gym.joins("Carol");
    assert.strictEqual(gym.hasSeats(1), "yes");
    assert.deepStrictEqual([gym.seats, gym.line], [["Amina"], ["Brian", "Carol"]]);
    assert.strictEqual(gym.placeOf("Brian").id, gym.bookingOf("Brian").id);
    assert.isUndefined(gym.bookingOf("Brian").penalty);
  });

  it("fewer leave those who booked first in line before those who booked later", () => {
    const gym = scene(moving, { capacity: 3 });
    gym.books("Amina");
    gym.at(-1_000).books("Brian");
    gym.at(-900).books("Carol");
    gym.hasSeats(1);
    assert.deepStrictEqual([gym.seats, gym.line], [["Amina"], ["Brian", "Carol"]]);
    gym.hasSeats(2);
    assert.deepStrictEqual([gym.seats, gym.line], [["Amina", "Brian"], ["Carol"]]);
  });

  it("fewer take offers back before seats", () => {
    const gym = fullFor({
      ...moving,
      waitlist: { ...defaults.waitlist, promotion: { kind: "offer", minutesToAccept: 60 } },
    });
    gym.joins("Brian");
    gym.hasSeats(2);
    assert.deepStrictEqual(gym.line, ["Brian*"]);
    gym.hasSeats(1);
    assert.deepStrictEqual([gym.seats, gym.line], [["Amina"], ["Brian"]]);
  });

  it("fewer never take the seat of who has come", () => {
    const gym = fullFor(moving, 2).at(-5);
    gym.comes("Amina");
    gym.comes("Brian");
    assert.strictEqual(gym.hasSeats(1), "CapacityBelowBooked");
  });
});

describe("a session that is called off", () => {
  it("cancels every booking at no cost, ends the line, and is called off once", () => {
    const gym = fullFor({}, 2);
    gym.joins("Carol");
    assert.strictEqual(gym.isCalledOff(), "yes");
    assert.deepStrictEqual([gym.seats, gym.line], [[], []]);
    assert.strictEqual(gym.placeOf("Carol").status, "closed");
    assert.isUndefined(gym.bookingOf("Amina").penalty);
    assert.strictEqual(gym.roster.session.sequence, 1);
    assert.strictEqual(gym.isCalledOff(), "SessionNotScheduled");
    assert.strictEqual(gym.books("David"), "SessionNotScheduled");
  });

  it("forgives who cancelled late, and leaves who has come", () => {
    const { cancellation } = defaults;
    const late = { ...cancellation, freeUntil: { minutesBeforeStart: 60 }, isForgivenIfRefilled: true };
    const gym = fullFor({ cancellation: late }, 2).at(-30);
    gym.cancels("Amina");
    gym.comes("Brian");
    gym.isCalledOff();
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "forgiven");
    assert.strictEqual(gym.bookingOf("Brian").status, "checked_in");
    gym.didNotCome("Brian");
    gym.cancels("Brian");
    assert.isUndefined(gym.bookingOf("Brian").penalty);
  });
});

describe("what a session cost that is called off afterwards", () => {
  const { cancellation } = defaults;
  const late = { ...cancellation, freeUntil: { minutesBeforeStart: 60 } };
  const missed = { automaticMinutesAfterStart: 10, consequence: { credit: "lose" as const } };

  it("is forgiven: who cancelled late, for good, and who did not come", () => {
    const gym = fullFor({ cancellation: late, noShow: missed }, 2).at(-30);
    gym.cancels("Amina");
    gym.at(10).isLookedAt();
    assert.deepStrictEqual(
      [gym.bookingOf("Amina").penalty?.status, gym.bookingOf("Brian").penalty?.status],
      ["final", "final"],
    );
    gym.isCalledOff();
    assert.deepStrictEqual(
      [gym.bookingOf("Amina").penalty?.status, gym.bookingOf("Brian").penalty?.status],
      ["forgiven", "forgiven"],
    );
  });

  it("leaves no absence to take back: there is nothing to come to", () => {
    const gym = fullFor({ noShow: missed }).at(10);
    gym.isLookedAt();
    gym.isCalledOff();
    assert.strictEqual(gym.wasThereAfterAll("Amina"), "SessionNotScheduled");
  });
});

describe("a session that is over", () => {
  it("is closed by staff from its end on, not a minute before, and once", () => {
    const gym = fullFor();
    gym.joins("Brian");
    assert.strictEqual(gym.at(44).isOver(), "SessionNotOver");
    assert.strictEqual(gym.at(45).isOver(), "yes");
    assert.deepStrictEqual(gym.line, []);
    assert.strictEqual(gym.isOver(), "SessionNotScheduled");
  });

  it("closes by itself when the door does, and whoever is not there by then is missing", () => {
    const policy = {
      checkIn: { opensMinutesBeforeStart: 30, closesMinutesAfterEnd: 15 },
      noShow: { automaticMinutesAfterStart: 10, consequence: { credit: "lose" as const } },
    };
    const gym = fullFor(policy);
    gym.at(59).isLookedAt();
    assert.strictEqual(gym.roster.session.status, "scheduled");
    gym.at(60).isLookedAt();
    assert.strictEqual(gym.roster.session.status, "completed");
    assert.strictEqual(gym.bookingOf("Amina").status, "no_show");
  });

  it("has no line from the moment seats are no more given to it, unless they stand by", () => {
    for (const [standby, line] of [
      ["off", []],
      ["first_come", ["Brian"]],
    ] as const) {
      const gym = fullFor({ waitlist: { ...defaults.waitlist, standby } });
      gym.joins("Brian");
      gym.at(-1).isLookedAt();
      assert.deepStrictEqual(gym.line, ["Brian"]);
      gym.at(0).isLookedAt();
      assert.deepStrictEqual(gym.line, line);
    }
  });
});

describe("what time brings about next", () => {
  const due = (gym: ReturnType<typeof scene>) => Roster.nextDue(gym.roster, gym.context);

  it("is the end of the next offer, the start, the clock's judgement, the closing of the door; then nothing", () => {
    const gym = fullFor({
      waitlist: { ...defaults.waitlist, promotion: { kind: "offer", minutesToAccept: 60 } },
      noShow: { automaticMinutesAfterStart: 10, consequence: { credit: "lose" } },
      checkIn: { opensMinutesBeforeStart: 30, closesMinutesAfterEnd: 15 },
    });
    gym.joins("Brian");
    gym.cancels("Amina");
    assert.strictEqual(due(gym), minutesFromStart(-1_380));
    gym.at(-1_380).isLookedAt();
    assert.strictEqual(due(gym), minutesFromStart(0));
    gym.books("Carol");
    assert.strictEqual(due(gym.at(0)), minutesFromStart(10));
    assert.strictEqual(due(gym.at(10)), minutesFromStart(60));
    gym.at(60).isLookedAt();
    assert.isUndefined(due(gym));
  });

  it("is the judgement before the start, once somebody may be missing then", () => {
    const policy = { noShow: { automaticMinutesAfterStart: -5, consequence: { credit: "lose" as const } } };
    assert.strictEqual(due(scene(policy)), minutesFromStart(0));
    assert.strictEqual(due(fullFor(policy)), minutesFromStart(-5));
  });

  it("looking twice is looking once", () => {
    const gym = fullFor({ noShow: { automaticMinutesAfterStart: 10, consequence: { credit: "lose" } } }).at(20);
    gym.isLookedAt();
    assert.deepStrictEqual(gym.told, ["NoShowMarked"]);
    gym.isLookedAt();
    assert.deepStrictEqual(gym.told, []);
  });
});
