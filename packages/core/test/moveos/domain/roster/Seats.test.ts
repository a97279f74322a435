import { assert, describe, it } from "@effect/vitest";
import { minutesFromStart } from "../../../../src/testing/laws/RosterWorlds.ts";
import { SessionInstanceId, BookingId } from "../../../../src/kernel/index.ts";
import { defaults, fullFor, scene } from "../../../support/RosterScene.ts";
import { uuid } from "../../../support/Memberships.ts";

const { cancellation, waitlist } = defaults;
const fee = { minorUnits: 500, currency: "EUR" };

describe("booking a seat", () => {
  it("takes a free one; the last goes, the one after it is refused", () => {
    const gym = scene({}, { capacity: 2 });
    assert.strictEqual(gym.books("Amina"), "yes");
    assert.strictEqual(gym.books("Brian"), "yes");
    assert.strictEqual(gym.books("Carol"), "SessionFull");
    assert.deepStrictEqual(gym.seats, ["Amina", "Brian"]);
  });

  it("gives nobody two, but gives one again to who has cancelled", () => {
    const gym = scene({}, { capacity: 2 });
    gym.books("Amina");
    assert.strictEqual(gym.books("Amina"), "AlreadyBooked");
    gym.cancels("Amina");
    assert.strictEqual(gym.books("Amina"), "yes");
  });

  it("opens and closes when the policy says, to the minute", () => {
    const policy = { booking: { opens: { minutesBeforeStart: 120 }, closes: { minutesBeforeStart: 60 } } };
    assert.strictEqual(scene(policy).at(-121).books("Amina"), "BookingNotOpen");
    assert.strictEqual(scene(policy).at(-120).books("Amina"), "yes");
    assert.strictEqual(scene(policy).at(-61).books("Amina"), "yes");
    assert.strictEqual(scene(policy).at(-60).books("Amina"), "BookingClosed");
  });

  it("is refused where nothing covers the member, and given by staff on the house", () => {
    const gym = scene().uncovered("Amina");
    assert.strictEqual(gym.books("Amina"), "NotEntitled");
    assert.strictEqual(gym.books("Amina", { override: "a trial" }), "yes");
    assert.deepStrictEqual(gym.bookingOf("Amina").paidBy, { source: "open", because: "by staff: a trial" });
    assert.strictEqual(gym.bookingOf("Amina").reason, "a trial");
  });

  it("sets aside time, cover and capacity for staff with a reason; the capacity is raised for all to see", () => {
    const gym = fullFor({ booking: { closes: { minutesBeforeStart: 2_000 } } }).at(-30);
    assert.strictEqual(gym.books("Brian", { override: "came from afar" }), "yes");
    assert.strictEqual(gym.roster.session.capacity, gym.seats.length);
    assert.strictEqual(gym.books("Brian", { override: "again" }), "AlreadyBooked");
    gym.isCalledOff();
    assert.strictEqual(gym.books("Carol", { override: "please" }), "SessionNotScheduled");
  });

  it("raises the capacity only where no seat is free, and says so in an event of its own", () => {
    const gym = fullFor();
    gym.books("Brian", { override: "a friend" });
    assert.deepStrictEqual(gym.told, ["CapacityChanged", "SeatBooked"]);
    assert.strictEqual(gym.roster.session.capacity, 2);
    const roomy = scene();
    roomy.books("Brian", { override: "a friend" });
    assert.deepStrictEqual(roomy.told, ["SeatBooked"]);
  });
});

describe("seats kept for the desk", () => {
  const policy = { seatsKeptForDesk: 1 };

  it("are not given online, while the desk gives every seat", () => {
    const gym = scene(policy, { capacity: 2 });
    assert.strictEqual(gym.books("Amina"), "yes");
    assert.strictEqual(gym.books("Brian"), "OnlineSeatsTaken");
    assert.strictEqual(gym.books("Brian", { desk: true }), "yes");
    assert.strictEqual(gym.books("Carol", { desk: true }), "SessionFull");
  });

  it("are not reached by way of the waitlist either", () => {
    const gym = scene(policy, { capacity: 2 });
    gym.books("Amina");
    assert.strictEqual(gym.joins("Brian"), "yes");
    assert.deepStrictEqual(gym.line, ["Brian"]);
    assert.deepStrictEqual(gym.because, ["seats_kept_for_desk"]);
    gym.cancels("Amina");
    assert.deepStrictEqual(gym.seats, ["Brian"]);
  });

  it("leave online seats that are free to book: nobody waits for one of those", () => {
    const gym = scene(policy, { capacity: 2 });
    gym.books("Amina", { desk: true });
    assert.strictEqual(gym.joins("Brian"), "SeatsFree");
    assert.strictEqual(gym.books("Brian"), "yes");
  });

  it("are all there are where as many are kept as the session has, or more", () => {
    for (const seatsKeptForDesk of [1, 2])
      assert.strictEqual(scene({ seatsKeptForDesk }).books("Amina"), "OnlineSeatsTaken");
  });

  it("count what is offered online as taken online", () => {
    const offer = { ...waitlist, promotion: { kind: "offer" as const, minutesToAccept: 60 } };
    const gym = scene({ ...policy, waitlist: offer }, { capacity: 2 });
    gym.books("Amina");
    gym.joins("Brian");
    gym.cancels("Amina");
    assert.deepStrictEqual(gym.line, ["Brian*"]);
    assert.strictEqual(gym.books("Carol"), "OnlineSeatsTaken");
    assert.strictEqual(gym.accepts("Brian"), "yes");
  });
});

describe("two sessions at one time", () => {
  const elsewhere = (from: number, to: number) => ({
    elsewhere: [
      {
        bookingId: BookingId.make(uuid(900)),
        sessionInstanceId: SessionInstanceId.make(uuid(901)),
        startTime: minutesFromStart(from),
        endTime: minutesFromStart(to),
      },
    ],
  });

  it("are refused where they overlap by a minute, taken where one ends as the other starts", () => {
    for (const [from, to, outcome] of [
      [-60, 0, "yes"],
      [-60, 1, "OverlapsBooking"],
      [44, 90, "OverlapsBooking"],
      [45, 90, "yes"],
      [10, 20, "OverlapsBooking"],
    ] as const) {
      assert.strictEqual(scene({ overlap: "refuse" }).with("Amina", elsewhere(from, to)).books("Amina"), outcome);
    }
  });

  it("are taken where the policy allows it", () => {
    assert.strictEqual(scene({ overlap: "allow" }).with("Amina", elsewhere(-10, 60)).books("Amina"), "yes");
  });
});

describe("what a member has declared", () => {
  const advised = { advisedAgainst: ["pregnancy"] };

  it("is told, to be acknowledged, or refused, by policy; staff may override", () => {
    for (const [contraindications, plain, acknowledged] of [
      ["advise", "yes", "yes"],
      ["acknowledge", "AcknowledgementNeeded", "yes"],
      ["refuse", "Contraindicated", "Contraindicated"],
    ] as const) {
      const gym = () => scene({ contraindications }).with("Amina", advised);
      assert.strictEqual(gym().books("Amina"), plain);
      assert.strictEqual(gym().books("Amina", { acknowledged: true }), acknowledged);
      assert.strictEqual(gym().books("Amina", { override: "her doctor agrees" }), "yes");
    }
  });

  it("stays on the booking", () => {
    const gym = scene().with("Amina", advised);
    gym.books("Amina");
    assert.deepStrictEqual(gym.bookingOf("Amina").advisedAgainst, ["pregnancy"]);
  });

  it("is asked again at the door only of who has not acknowledged it", () => {
    const gym = scene({ contraindications: "acknowledge" }, { capacity: 2 }).with("Amina", advised);
    gym.books("Amina", { acknowledged: true });
    gym.books("Brian");
    gym.with("Brian", advised).at(-5);
    assert.strictEqual(gym.comes("Amina"), "yes");
    assert.strictEqual(gym.comes("Brian"), "AcknowledgementNeeded");
    assert.strictEqual(gym.comes("Brian", { acknowledged: true }), "yes");
  });
});

describe("giving a seat back", () => {
  const late = (more: Partial<typeof cancellation> = {}) => ({
    cancellation: {
      freeUntil: { minutesBeforeStart: 60 },
      closes: { minutesBeforeStart: 10 },
      late: { credit: "lose" as const },
      isForgivenIfRefilled: false,
      ...more,
    },
  });

  it("is free, then late, then refused: to the minute", () => {
    const at = (minutes: number) => {
      const gym = fullFor(late()).at(minutes);
      return [gym.cancels("Amina"), gym.bookingOf("Amina").penalty?.status];
    };
    assert.deepStrictEqual(at(-61), ["yes", undefined]);
    assert.deepStrictEqual(at(-60), ["yes", "final"]);
    assert.deepStrictEqual(at(-11), ["yes", "final"]);
    assert.deepStrictEqual(at(-10), ["CancellationClosed", undefined]);
  });

  it("is possible for staff whatever the time, and costs nothing then", () => {
    const gym = fullFor(late()).at(-5);
    assert.strictEqual(gym.cancels("Amina", { override: "the bus" }), "yes");
    assert.isUndefined(gym.bookingOf("Amina").penalty);
    assert.strictEqual(gym.bookingOf("Amina").reason, "the bus");
  });

  it("costs late what the policy says: the credit or not, a fee, days", () => {
    const cost = (consequence: typeof cancellation.late) => {
      const gym = fullFor(late({ late: consequence })).at(-30);
      gym.cancels("Amina");
      return gym.bookingOf("Amina").penalty;
    };
    const common = { for: "late_cancel" as const, status: "final" as const, marking: 1 };
    assert.deepEqual(cost({ credit: "keep" }), { ...common, credit: "kept" });
    assert.deepEqual(cost({ credit: "lose" }), { ...common, credit: "lost" });
    assert.deepEqual(cost({ credit: "keep", fee }), { ...common, credit: "kept", fee });
    assert.deepEqual(cost({ credit: "keep", membershipDays: 1 }), { ...common, credit: "kept", membershipDays: 1 });
  });

  it("is done once", () => {
    const gym = fullFor();
    gym.cancels("Amina");
    assert.strictEqual(gym.cancels("Amina"), "BookingNotActive");
  });

  it("is not possible for who has come", () => {
    const gym = fullFor().at(-10);
    gym.comes("Amina");
    assert.strictEqual(gym.cancels("Amina"), "BookingNotActive");
  });

  it("is forgiven once somebody else takes the seat, by booking, from the line, or at the door", () => {
    for (const take of ["books", "walksIn"] as const) {
      const gym = fullFor(late({ isForgivenIfRefilled: true })).at(-30);
      gym.cancels("Amina");
      assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "pending");
      assert.strictEqual(gym[take]("Brian"), "yes");
      assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "forgiven");
    }
    const gym = fullFor(late({ isForgivenIfRefilled: true }));
    gym.joins("Brian");
    gym.at(-30).cancels("Amina");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "forgiven");
  });

  it("is not forgiven by an offer alone, but by its acceptance", () => {
    const offer = { ...waitlist, promotion: { kind: "offer" as const, minutesToAccept: 20 } };
    const gym = fullFor({ ...late({ isForgivenIfRefilled: true }), waitlist: offer });
    gym.joins("Brian");
    gym.at(-30).cancels("Amina");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "pending");
    gym.at(-29).accepts("Brian");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "forgiven");
  });

  it("is not forgiven in a class that was half empty anyway, until every seat is taken", () => {
    const gym = scene(late({ isForgivenIfRefilled: true }), { capacity: 3 });
    gym.books("Amina");
    gym.at(-30).cancels("Amina");
    gym.books("Brian");
    gym.books("Carol");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "pending");
    gym.books("David");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "forgiven");
  });

  it("is forgiven to who cancelled first, where two seats came back and one is taken", () => {
    const gym = fullFor(late({ isForgivenIfRefilled: true }), 2).at(-40);
    gym.cancels("Brian");
    gym.at(-30).cancels("Amina");
    gym.books("Carol");
    assert.strictEqual(gym.bookingOf("Brian").penalty?.status, "forgiven");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "pending");
  });

  it("stands once the session is over and nobody took the seat", () => {
    const gym = fullFor(late({ isForgivenIfRefilled: true })).at(-30);
    gym.cancels("Amina");
    gym.at(45).isOver();
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "final");
  });

  it("is not left in suspense by a session that is over already", () => {
    const gym = fullFor(late({ isForgivenIfRefilled: true, closes: { minutesBeforeStart: -120 } })).at(46);
    gym.isOver();
    gym.cancels("Amina");
    assert.strictEqual(gym.bookingOf("Amina").penalty?.status, "final");
  });
});
