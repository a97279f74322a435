/** Arbitrary histories of a roster: a world with any policy, and a long way through it. */
import * as fc from "fast-check";
import { defaultPolicy } from "../../moveos/domain/BookingPolicy.ts";
import type { Ask, Standing, World } from "../laws/RosterWorlds.ts";
import { bookingPolicy } from "./BookingPolicies.ts";

const MEMBERS = 5;

const standing = fc.constantFrom<Standing>(
  "covered",
  "covered",
  "covered",
  "uncovered",
  "unknown",
  "busy",
  "advised_against",
  "struck",
  "owing",
);

/** Minutes from the start at which rules end, before, at and after. */
const moment = fc.constantFrom(
  -4_000,
  -1_441,
  -1_440,
  -600,
  -121,
  -120,
  -61,
  -60,
  -30,
  -1,
  0,
  1,
  10,
  15,
  44,
  45,
  60,
  74,
  75,
  800,
);

/** Policies that change little, beside those that change everything at once and so refuse most. */
export const policy = fc.oneof(
  bookingPolicy,
  bookingPolicy.map(({ waitlist, noShow, whenCapacityLowered, seatsKeptForDesk }) => {
    const { limit, joinUntil, promoteUntil } = defaultPolicy.waitlist;
    const open = { ...waitlist, limit, joinUntil, promoteUntil };
    return { ...defaultPolicy, noShow, whenCapacityLowered, seatsKeptForDesk, waitlist: open };
  }),
  bookingPolicy.map(({ cancellation, noShow, overlap, checkIn, strikes, unpaidFees }) => ({
    ...defaultPolicy,
    ...(strikes !== undefined && { strikes }),
    ...(unpaidFees !== undefined && { unpaidFees }),
    noShow,
    overlap,
    checkIn,
    cancellation: { ...cancellation, isForgivenIfRefilled: true, closes: { minutesBeforeStart: -45 } },
  })),
);

export const world: fc.Arbitrary<World> = fc.record({
  capacity: fc.integer({ min: 1, max: 3 }),
  policy,
  standings: fc.array(standing, { minLength: MEMBERS, maxLength: MEMBERS }),
  moments: fc
    .uniqueArray(moment, { minLength: 1, maxLength: 7 })
    .map((moments) => moments.toSorted((left, right) => left - right)),
});

const member = fc.integer({ min: 0, max: MEMBERS - 1 });
const rarely = fc.constantFrom(false, false, false, true);

export const ask: fc.Arbitrary<Ask> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ask: fc.constantFrom("book" as const, "book" as const, "join" as const, "join" as const, "walkIn" as const),
      member,
      online: fc.constantFrom(true, true, false),
      override: rarely,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      ask: fc.constantFrom(
        "cancel" as const,
        "cancel" as const,
        "leave" as const,
        "accept" as const,
        "accept" as const,
        "decline" as const,
        "promote" as const,
        "checkIn" as const,
        "checkInEarlier" as const,
        "undoCheckIn" as const,
        "noShow" as const,
        "undoNoShow" as const,
      ),
      member,
      override: rarely,
    }),
  },
  { weight: 1, arbitrary: fc.record({ ask: fc.constant("capacity" as const), by: fc.constantFrom(-2, -1, 1, 2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ ask: fc.constantFrom("nextMoment" as const, "nextMoment" as const, "advance" as const) }),
  },
);

const end: fc.Arbitrary<ReadonlyArray<Ask>> = fc.constantFrom(
  [],
  [],
  [{ ask: "cancelSession" }],
  [{ ask: "nextMoment" }, { ask: "completeSession" }, { ask: "undoNoShow", member: 0 }],
);

/** A world and a way through it. */
export const history: fc.Arbitrary<{ readonly world: World; readonly asks: ReadonlyArray<Ask> }> = fc.record({
  world,
  asks: fc
    .tuple(fc.array(ask, { minLength: 5, maxLength: 40 }), end, fc.array(ask, { maxLength: 4 }))
    .map((parts) => parts.flat()),
});
