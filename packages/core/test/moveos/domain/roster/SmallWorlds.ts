/** Worlds small enough to go every way in, one for each of the policies that make a difference to who gets a seat. */
import type { BookingPolicy } from "../../../../src/moveos/index.ts";
import { defaultPolicy } from "../../../../src/moveos/index.ts";
import type { Ask, Standing } from "../../../../src/testing/laws/RosterWorlds.ts";

const { waitlist } = defaultPolicy;

/** Free until an hour before; whoever cancels later pays until somebody else takes the seat. */
const lateCosts: BookingPolicy["cancellation"] = {
  freeUntil: { minutesBeforeStart: 60 },
  closes: { minutesBeforeStart: -20 },
  late: { credit: "lose" },
  isForgivenIfRefilled: true,
};

interface SmallWorld {
  readonly policy: Partial<BookingPolicy>;
  readonly standings: ReadonlyArray<Standing>;
  readonly asks: ReadonlyArray<Ask>;
}

const covered: ReadonlyArray<Standing> = ["covered", "covered", "covered", "covered"];

const each = (members: number, ...asks: ReadonlyArray<Extract<Ask, { member: number }>["ask"]>): ReadonlyArray<Ask> =>
  Array.from({ length: members }, (_, number) => asks.map((ask): Ask => ({ ask, member: number }))).flat();

const house: ReadonlyArray<Ask> = [{ ask: "capacity", by: 1 }, { ask: "capacity", by: -1 }, { ask: "nextMoment" }];

/** **Units** minutes from the start: a day before, past an offer, late, at the start, past the no-show, past the end, past the door's closing. */
export const MOMENTS = [-1_440, -1_380, -30, 0, 15, 50, 120];

const checkIn = { opensMinutesBeforeStart: 60, closesMinutesAfterEnd: 60 };
const noShow: BookingPolicy["noShow"] = { automaticMinutesAfterStart: 10, consequence: { credit: "lose" } };

export const smallWorlds: Readonly<Record<string, (members: number) => SmallWorld>> = {
  "seats go to the line at once, and a late cancellation is forgiven if refilled": (members) => ({
    policy: { cancellation: lateCosts, noShow, checkIn, whenCapacityLowered: "last_booked_waits" },
    standings: covered,
    asks: [...each(members, "book", "join", "cancel", "leave", "checkIn", "noShow"), ...house],
  }),
  "seats are offered to the line": (members) => ({
    policy: {
      noShow,
      checkIn,
      whenCapacityLowered: "last_booked_waits",
      waitlist: { ...waitlist, promotion: { kind: "offer", minutesToAccept: 60 }, limit: 2 },
    },
    standings: covered,
    asks: [...each(members, "book", "join", "cancel", "accept", "decline", "leave", "walkIn"), ...house],
  }),
  "one who is not covered holds the place": (members) => ({
    policy: { checkIn, waitlist: { ...waitlist, unentitled: "hold" } },
    standings: ["covered", "uncovered", "covered", "covered"],
    asks: [...each(members, "book", "join", "cancel", "leave", "promote"), ...house],
  }),
  "one who is not covered, or busy, is passed over": (members) => ({
    policy: { checkIn, overlap: "refuse" },
    standings: ["covered", "uncovered", "busy", "covered"],
    asks: [...each(members, "book", "join", "cancel", "leave", "promote"), ...house],
  }),
  "a credit is held from joining on": (members) => ({
    policy: { checkIn, waitlist: { ...waitlist, creditOn: "join", promotion: { kind: "offer", minutesToAccept: 60 } } },
    standings: ["covered", "uncovered", "covered", "covered"],
    asks: [...each(members, "book", "join", "cancel", "leave", "accept", "decline"), ...house],
  }),
  "a seat is kept for the desk": (members) => ({
    policy: { checkIn, seatsKeptForDesk: 1 },
    standings: covered,
    asks: [
      ...each(members, "book", "join", "cancel", "leave"),
      { ask: "book", member: 0, online: false },
      { ask: "join", member: 1, online: false },
      ...house,
    ],
  }),
  "a seat is kept for the desk, others are offered": (members) => ({
    policy: {
      checkIn,
      seatsKeptForDesk: 1,
      waitlist: { ...waitlist, promotion: { kind: "offer", minutesToAccept: 60 } },
    },
    standings: covered,
    asks: [
      ...each(members, "book", "join", "cancel", "accept", "decline"),
      { ask: "book", member: 0, online: false },
      ...house,
    ],
  }),
  "those still in line stand by at the door, in order": (members) => ({
    policy: {
      noShow,
      checkIn,
      waitlist: { ...waitlist, promoteUntil: { minutesBeforeStart: 60 }, standby: "in_order" },
    },
    standings: covered,
    asks: [...each(members, "book", "join", "cancel", "walkIn", "checkIn", "leave"), ...house],
  }),
  "what was done at the door is taken back": (members) => ({
    policy: { noShow, checkIn, cancellation: lateCosts },
    standings: covered,
    asks: [
      ...each(members, "book", "walkIn", "checkIn", "checkInEarlier", "undoCheckIn", "undoNoShow", "noShow", "cancel"),
      { ask: "undoNoShow", member: 0, override: true },
      { ask: "cancelSession" },
      { ask: "completeSession" },
      ...house,
    ],
  }),
};
