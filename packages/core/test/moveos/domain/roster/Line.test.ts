import { assert, describe, it } from "@effect/vitest";
import type { BookingPolicy } from "../../../../src/moveos/index.ts";
import { minutesFromStart } from "../../../../src/testing/laws/RosterWorlds.ts";
import { defaults, fullFor, scene } from "../../../support/RosterScene.ts";

const waiting = (more: Partial<BookingPolicy["waitlist"]> = {}): Partial<BookingPolicy> => ({
  waitlist: { ...defaults.waitlist, ...more },
});
const offering = (minutesToAccept = 60, more: Partial<BookingPolicy["waitlist"]> = {}) =>
  waiting({ promotion: { kind: "offer", minutesToAccept }, ...more });

describe("getting in line", () => {
  it("is for a full session: where a seat is free, one books", () => {
    assert.strictEqual(scene().joins("Amina"), "SeatsFree");
    assert.strictEqual(fullFor().joins("Brian"), "yes");
  });

  it("is not for who has a seat, nor for who waits already", () => {
    const gym = fullFor();
    assert.strictEqual(gym.joins("Amina"), "AlreadyBooked");
    gym.joins("Brian");
    assert.strictEqual(gym.joins("Brian"), "AlreadyWaiting");
  });

  it("ends at the limit: below it, at it, and where there is no line at all", () => {
    const gym = fullFor(waiting({ limit: 2 }));
    assert.strictEqual(gym.joins("Brian"), "yes");
    assert.strictEqual(gym.joins("Carol"), "yes");
    assert.strictEqual(gym.joins("David"), "WaitlistFull");
    assert.strictEqual(fullFor(waiting({ limit: 0 })).joins("Brian"), "WaitlistFull");
  });

  it("ends when the policy says, to the minute", () => {
    const policy = waiting({ joinUntil: { minutesBeforeStart: 60 } });
    assert.strictEqual(fullFor(policy).at(-61).joins("Brian"), "yes");
    assert.strictEqual(fullFor(policy).at(-60).joins("Brian"), "WaitlistClosed");
  });

  it("ends when no more seats are given, unless those in line stand by", () => {
    const promoteUntil = { minutesBeforeStart: 60 };
    assert.strictEqual(
      fullFor(waiting({ promoteUntil, standby: "off" }))
        .at(-60)
        .joins("Brian"),
      "WaitlistClosed",
    );
    assert.strictEqual(
      fullFor(waiting({ promoteUntil, standby: "in_order" }))
        .at(-60)
        .joins("Brian"),
      "yes",
    );
  });

  it("asks for cover where a credit is held from joining on, and only then", () => {
    assert.strictEqual(
      fullFor(waiting({ creditOn: "join" }))
        .uncovered("Brian")
        .joins("Brian"),
      "NotEntitled",
    );
    assert.strictEqual(
      fullFor(waiting({ creditOn: "promotion" }))
        .uncovered("Brian")
        .joins("Brian"),
      "yes",
    );
    const gym = fullFor(waiting({ creditOn: "join" }));
    gym.joins("Brian");
    assert.isTrue(gym.placeOf("Brian").isHeld);
  });

  it("is in order of priority, then of coming; staff and plans set priorities", () => {
    const gym = fullFor();
    gym.joins("Brian");
    gym.with("Carol", { waitlistPriority: -1 }).joins("Carol");
    gym.joins("David", { priority: -5 });
    assert.deepStrictEqual(gym.line, ["David", "Carol", "Brian"]);
    assert.strictEqual(gym.roster.session.waitlistLength, 3);
  });

  it("may be left, once", () => {
    const gym = fullFor();
    gym.joins("Brian");
    assert.strictEqual(gym.leaves("Brian"), "yes");
    assert.strictEqual(gym.leaves("Brian"), "NotInLine");
    assert.strictEqual(gym.joins("Brian"), "yes");
  });
});

describe("a seat that is freed", () => {
  it("is the first one's at once, under the name of the place in line", () => {
    const gym = fullFor();
    gym.joins("Brian");
    gym.joins("Carol");
    const { id } = gym.placeOf("Brian");
    gym.cancels("Amina");
    assert.deepStrictEqual([gym.seats, gym.line], [["Brian"], ["Carol"]]);
    assert.strictEqual(gym.bookingOf("Brian").id, id);
    assert.strictEqual(gym.bookingOf("Brian").origin, "waitlist");
  });

  it("goes to the line until the policy's moment, and then to whoever books", () => {
    const policy = waiting({ promoteUntil: { minutesBeforeStart: 60 } });
    const freedAt = (minutes: number) => {
      const gym = fullFor(policy);
      gym.joins("Brian");
      gym.at(minutes).cancels("Amina");
      return gym;
    };
    assert.deepStrictEqual(freedAt(-61).seats, ["Brian"]);
    const after = freedAt(-60);
    assert.deepStrictEqual([after.seats, after.because], [[], ["promotion_closed"]]);
    assert.strictEqual(after.books("Carol"), "yes");
  });

  it("passes over who is not covered, or is busy then, and says why", () => {
    const gym = fullFor({ overlap: "refuse" }).uncovered("Brian");
    gym.joins("Brian");
    gym.joins("Carol");
    gym.joins("David");
    const { startTime, endTime, id: sessionInstanceId } = gym.roster.session;
    const busy = { bookingId: gym.bookingOf("Amina").id, sessionInstanceId, startTime, endTime };
    gym.with("Carol", { elsewhere: [busy] });
    gym.cancels("Amina");
    assert.deepStrictEqual([gym.seats, gym.line], [["David"], ["Brian", "Carol"]]);
    assert.strictEqual(gym.placeOf("Brian").passedOver, "not_entitled");
    assert.strictEqual(gym.placeOf("Carol").passedOver, "overlaps_another_booking");
  });

  it("is held for who is not covered yet, and for those behind, where the policy holds places", () => {
    const gym = fullFor(waiting({ unentitled: "hold" })).uncovered("Brian");
    gym.joins("Brian");
    gym.joins("Carol");
    gym.cancels("Amina");
    assert.deepStrictEqual([gym.seats, gym.because], [[], ["not_entitled", "waits_behind_a_held_place"]]);
    assert.strictEqual(gym.books("David"), "SessionFull");
    assert.strictEqual(gym.books("Carol"), "SessionFull");
    gym.with("Brian", {}).isLookedAt();
    assert.deepStrictEqual([gym.seats, gym.line], [["Brian"], ["Carol"]]);
  });

  it("is held no longer than seats are given to the line", () => {
    const gym = fullFor(waiting({ unentitled: "hold", promoteUntil: { minutesBeforeStart: 60 } })).uncovered("Brian");
    gym.joins("Brian");
    gym.cancels("Amina");
    assert.strictEqual(gym.at(-61).books("David"), "SessionFull");
    assert.strictEqual(gym.at(-60).books("David"), "yes");
  });
});

describe("a seat that is offered", () => {
  it("is nobody else's until it lapses; then the next one's, to the minute", () => {
    const gym = fullFor(offering(60));
    gym.joins("Brian");
    gym.joins("Carol");
    gym.cancels("Amina");
    assert.deepStrictEqual([gym.seats, gym.line], [[], ["Brian*", "Carol"]]);
    assert.strictEqual(gym.books("David"), "SessionFull");
    gym.at(-1_381).isLookedAt();
    assert.deepStrictEqual(gym.line, ["Brian*", "Carol"]);
    gym.at(-1_380).isLookedAt();
    assert.deepStrictEqual(gym.line, ["Carol*"]);
    assert.strictEqual(gym.placeOf("Brian").status, "lapsed");
    assert.strictEqual(gym.accepts("Brian"), "NotInLine");
    assert.strictEqual(gym.accepts("Carol"), "yes");
  });

  it("is taken in its last minute, and not in the one after, though no clockwork has looked", () => {
    const acceptedAt = (minutes: number) => {
      const gym = fullFor(offering(60));
      gym.joins("Brian");
      gym.cancels("Amina");
      return gym.at(minutes).accepts("Brian");
    };
    assert.strictEqual(acceptedAt(-1_381), "yes");
    assert.strictEqual(acceptedAt(-1_380), "NotInLine");
  });

  it("never lasts longer than seats go to the line", () => {
    const gym = fullFor(offering(600, { promoteUntil: { minutesBeforeStart: 60 } }));
    gym.joins("Brian");
    gym.at(-120).cancels("Amina");
    assert.strictEqual(gym.placeOf("Brian").offerExpiresAt, minutesFromStart(-60));
  });

  it("is the next one's when it is declined", () => {
    const gym = fullFor(offering());
    gym.joins("Brian");
    gym.joins("Carol");
    gym.cancels("Amina");
    assert.strictEqual(gym.declines("Carol"), "NotInLine");
    assert.strictEqual(gym.declines("Brian"), "yes");
    assert.deepStrictEqual(gym.line, ["Carol*"]);
  });

  it("is taken by booking as well, and by walking in, though every other seat is gone", () => {
    for (const take of ["books", "walksIn"] as const) {
      const gym = fullFor(offering(60, { standby: "in_order" }));
      gym.joins("Brian");
      gym.joins("Carol");
      gym.at(-30).cancels("Amina");
      assert.strictEqual(gym[take]("Brian"), "yes");
      assert.deepStrictEqual([gym.seats, gym.line], [["Brian"], ["Carol"]]);
    }
  });

  it("is not taken by who is not covered any more", () => {
    const gym = fullFor(offering());
    gym.joins("Brian");
    gym.cancels("Amina");
    assert.strictEqual(gym.uncovered("Brian").accepts("Brian"), "NotEntitled");
  });
});

describe("staff", () => {
  it("gives somebody in line a seat out of turn; where none is free the capacity is raised", () => {
    const gym = fullFor();
    gym.joins("Brian");
    gym.joins("Carol");
    assert.strictEqual(gym.isPromoted("Carol"), "yes");
    assert.deepStrictEqual([gym.seats, gym.line, gym.roster.session.capacity], [["Amina", "Carol"], ["Brian"], 2]);
    assert.strictEqual(gym.isPromoted("Carol"), "NotInLine");
  });

  it("does not raise it for a seat that is offered already", () => {
    const gym = fullFor(offering());
    gym.joins("Brian");
    gym.cancels("Amina");
    gym.isPromoted("Brian");
    assert.strictEqual(gym.roster.session.capacity, 1);
  });
});

describe("who comes knowing what is advised against", () => {
  it("says so once: on getting in line, and the door does not ask again", () => {
    const gym = fullFor({ contraindications: "acknowledge" }).with("Brian", { advisedAgainst: ["pregnancy"] });
    assert.strictEqual(gym.joins("Brian"), "AcknowledgementNeeded");
    assert.strictEqual(gym.joins("Brian", { acknowledged: true }), "yes");
    gym.cancels("Amina");
    assert.strictEqual(gym.bookingOf("Brian").isAcknowledged, true);
  });
});
