import { assert, describe, it } from "@effect/vitest";
import { BookingId } from "../../../../src/kernel/index.ts";
import type { BookingPolicy, StandingPenalty } from "../../../../src/moveos/index.ts";
import { minutesFromStart } from "../../../../src/testing/laws/RosterWorlds.ts";
import { uuid } from "../../../support/Memberships.ts";
import { defaults, fullFor, scene } from "../../../support/RosterScene.ts";

const DAY = 1_440;
/** The session starts at six in the morning. */
const MIDNIGHT = -360;

/** Something that stands against a member, so many minutes from the start of the session. */
const penalty = (number: number, minutes: number, more: Partial<StandingPenalty> = {}): StandingPenalty => ({
  bookingId: BookingId.make(uuid(900 + number)),
  for: "no_show",
  at: minutesFromStart(minutes),
  ...more,
});

/** Three sessions missed within fourteen days close booking online for seven. */
const three: BookingPolicy = {
  ...defaults,
  strikes: { of: ["no_show"], count: 3, withinDays: 14, closedDays: 7 },
};
const missed = (...days: ReadonlyArray<number>) => ({
  penalties: days.map((day, index) => penalty(index, day * DAY)),
});

describe("strikes", () => {
  it("close booking online at the count, not one below", () => {
    assert.strictEqual(scene(three).with("Amina", missed(-3, -2)).books("Amina"), "yes");
    assert.strictEqual(
      scene(three)
        .with("Amina", missed(-4, -3, -2))
        .books("Amina"),
      "BookingSuspended",
    );
    assert.strictEqual(
      scene(defaults)
        .with("Amina", missed(-4, -3, -2))
        .books("Amina"),
      "yes",
    );
  });

  it("are those within so many days of each other, the first included", () => {
    assert.strictEqual(
      scene(three)
        .with("Amina", missed(-15, -3, -2))
        .books("Amina"),
      "BookingSuspended",
    );
    assert.strictEqual(
      scene(three)
        .with("Amina", missed(-16, -3, -2))
        .books("Amina"),
      "yes",
    );
  });

  it("close it for so many days, that of the last included, to the midnight", () => {
    const gym = () => scene(three).with("Amina", missed(-9, -8, -7));
    assert.strictEqual(
      gym()
        .at(MIDNIGHT - 1)
        .books("Amina"),
      "BookingSuspended",
    );
    assert.strictEqual(gym().at(MIDNIGHT).books("Amina"), "yes");
  });

  it("count only what the policy names", () => {
    const late = { penalties: missed(-4, -3, -2).penalties.map((one) => ({ ...one, for: "late_cancel" as const })) };
    assert.strictEqual(scene(three).with("Amina", late).books("Amina"), "yes");
    const both = {
      ...three,
      strikes: { of: ["late_cancel", "no_show"], count: 3, withinDays: 14, closedDays: 7 },
    } as const;
    assert.strictEqual(scene(both).with("Amina", late).books("Amina"), "BookingSuspended");
  });

  it("keep from the line as from a seat; the desk may book, and staff override", () => {
    const gym = fullFor(three).with("Brian", missed(-4, -3, -2));
    assert.strictEqual(gym.joins("Brian"), "BookingSuspended");
    assert.strictEqual(gym.joins("Brian", { desk: true }), "yes");
    const free = () => scene(three).with("Amina", missed(-4, -3, -2));
    assert.strictEqual(free().books("Amina", { desk: true }), "yes");
    assert.strictEqual(free().books("Amina", { override: "she was ill" }), "yes");
    assert.strictEqual(free().at(-5).walksIn("Amina"), "yes");
  });

  it("may leave the day itself open", () => {
    const policy = {
      ...three,
      strikes: { of: ["no_show"], count: 3, withinDays: 14, closedDays: 7, opens: { daysBefore: 0, at: "00:00" } },
    } as const;
    const gym = () => scene(policy).with("Amina", missed(-4, -3, -2));
    assert.strictEqual(
      gym()
        .at(MIDNIGHT - 1)
        .books("Amina"),
      "BookingSuspended",
    );
    assert.strictEqual(gym().at(MIDNIGHT).books("Amina"), "yes");
  });
});

describe("fees that are owed", () => {
  const strict: BookingPolicy = { ...defaults, unpaidFees: "refuse" };
  const owing = { penalties: [penalty(1, -90 * DAY, { owes: { minorUnits: 300, currency: "GBP" } })] };

  it("keep a member from booking and from waiting, at the desk too, until staff override", () => {
    assert.strictEqual(scene(strict).with("Amina", owing).books("Amina"), "FeesUnpaid");
    assert.strictEqual(scene(strict).with("Amina", owing).books("Amina", { desk: true }), "FeesUnpaid");
    assert.strictEqual(scene(strict).with("Amina", owing).books("Amina", { override: "pays on Friday" }), "yes");
    assert.strictEqual(fullFor(strict).with("Brian", owing).joins("Brian"), "FeesUnpaid");
  });

  it("keep it from walking in, too, whom strikes do not", () => {
    assert.strictEqual(scene(strict).with("Amina", owing).at(0).walksIn("Amina"), "FeesUnpaid");
    assert.strictEqual(
      scene(strict).with("Amina", owing).at(0).walksIn("Amina", { override: "pays on Friday" }),
      "yes",
    );
    assert.strictEqual(
      scene(three)
        .with("Amina", missed(-4, -3, -2))
        .at(0)
        .walksIn("Amina"),
      "yes",
    );
  });

  it("do not where they are paid, or where the policy does not say so", () => {
    assert.strictEqual(
      scene(strict)
        .with("Amina", { penalties: [penalty(1, -90 * DAY)] })
        .books("Amina"),
      "yes",
    );
    assert.strictEqual(scene(defaults).with("Amina", owing).books("Amina"), "yes");
  });
});

describe("the first no-show of a month", () => {
  const once: Partial<BookingPolicy> = {
    noShow: {
      automaticMinutesAfterStart: 10,
      consequence: { credit: "lose", fee: { minorUnits: 500, currency: "EUR" } },
      freeEachMonth: 1,
    },
  };
  const costs = (...days: ReadonlyArray<number>) => {
    const gym = fullFor(once)
      .with("Amina", missed(...days))
      .at(10);
    gym.isLookedAt();
    const { credit, fee, isLetPass } = gym.bookingOf("Amina").penalty ?? {};
    return [credit, fee?.minorUnits, isLetPass];
  };

  it("costs nothing, and stands; the second costs", () => {
    assert.deepStrictEqual(costs(), ["kept", undefined, true]);
    assert.deepStrictEqual(costs(-1), ["lost", 500, undefined]);
  });

  it("is told by the civil month: the session is on 7 March", () => {
    assert.deepStrictEqual(costs(-7), ["kept", undefined, true]);
    assert.deepStrictEqual(costs(-6), ["lost", 500, undefined]);
  });
});

describe("a cancellation at the last minute", () => {
  const steps: Partial<BookingPolicy> = {
    cancellation: {
      freeUntil: { minutesBeforeStart: 720 },
      closes: { minutesBeforeStart: 0 },
      late: { credit: "lose" },
      lastMinute: {
        from: { minutesBeforeStart: 120 },
        consequence: { credit: "lose", fee: { minorUnits: 1_000, currency: "USD" } },
      },
      isForgivenIfRefilled: false,
    },
  };
  const costs = (minutes: number) => {
    const gym = fullFor(steps).at(minutes);
    gym.cancels("Amina");
    const { penalty: found } = gym.bookingOf("Amina");
    return found === undefined ? "nothing" : [found.credit, found.fee?.minorUnits];
  };

  it("costs more than one that is only late, from its moment on", () => {
    assert.deepStrictEqual(costs(-721), "nothing");
    assert.deepStrictEqual(costs(-720), ["lost", undefined]);
    assert.deepStrictEqual(costs(-121), ["lost", undefined]);
    assert.deepStrictEqual(costs(-120), ["lost", 1_000]);
  });
});
