import * as Schema from "effect/Schema";
import * as Struct from "effect/Struct";
import { Money } from "../../kernel/Money.ts";
import { Window } from "./Window.ts";

const Minutes = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 525_600 }));
const People = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 }));

/**
 * What a late cancellation or a no-show costs.
 *
 * **Shape** `credit`: whether the credit, or the visit of a plan that counts visits, comes back. `membershipDays`: by how many days the
 * membership that paid becomes shorter. `isInPlaceOfCredit`: fee and days are for those who lose nothing otherwise; who loses a credit is spared them.
 */
export const Consequence = Schema.Struct({
  credit: Schema.Literals(["keep", "lose"]),
  fee: Schema.optionalKey(Money),
  membershipDays: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 31 }))),
  isInPlaceOfCredit: Schema.optionalKey(Schema.Boolean),
}).annotate({ identifier: "Consequence" });
export type Consequence = typeof Consequence.Type;

/**
 * How often a member may stay away, or give a seat back late, before booking online is closed to it for a while.
 *
 * **Shape** `of`: what counts. `opens`: while it lasts, booking still opens at that moment ("on the day only"); without it, not at all.
 * **Units** `withinDays`, `closedDays`: civil days on the clock of the session's place, the first and the day of the last strike included.
 */
export const Strikes = Schema.Struct({
  of: Schema.Array(Schema.Literals(["late_cancel", "no_show"])).check(Schema.isMinLength(1)),
  count: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })),
  withinDays: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 366 })),
  closedDays: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 366 })),
  opens: Schema.optionalKey(Window),
}).annotate({ identifier: "Strikes" });
export type Strikes = typeof Strikes.Type;

/** How a freed seat finds who waits: it is theirs at once, or it is offered and lapses. **Units** minutes. */
export const Promotion = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("automatic") }),
  Schema.Struct({
    kind: Schema.Literal("offer"),
    minutesToAccept: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_080 })),
  }),
]).annotate({ identifier: "Promotion" });

/**
 * Who may book, cancel, wait and come, when, and what it costs, as data.
 *
 * **Shape**
 * - `access`: everybody, or who holds a membership that covers the visit.
 * - `seatsKeptForDesk`: seats that only staff may give; the rest are the online capacity.
 * - `cancellation`: free before `freeUntil`, late (with its consequence) until `closes`, then not at all. `lastMinute`: from a moment on another
 *   consequence. `isForgivenIfRefilled`: a late cancellation costs nothing once somebody else takes the seat.
 * - `noShow`: `freeEachMonth`: so many cost nothing, the first of each civil month.
 * - `strikes`: without them nobody is kept from booking by what was before. `unpaidFees`: whether who owes one may book; `allow` where it says nothing.
 * - `waitlist`: none while `limit` is 0. `creditOn`: a credit is held when a member joins, or when a seat becomes theirs. `unentitled`: who is
 *   not covered when their turn comes is passed over, or everybody behind waits for them. `standby`: whether those still waiting at the start
 *   may take seats that nobody came for, in whatever order they stand at the door, or in theirs.
 * - `whenCapacityLowered` below the seats taken: refused, or who booked last goes to the head of the waitlist.
 * - `contraindications` of a session type that the member has declared: told, to be acknowledged, or refused.
 *
 * **Units** minutes; people; moments as `Window` has them.
 */
export const BookingPolicy = Schema.Struct({
  access: Schema.Literals(["open", "memberships"]),
  booking: Schema.Struct({ opens: Schema.optionalKey(Window), closes: Window }),
  seatsKeptForDesk: People,
  overlap: Schema.Literals(["allow", "refuse"]),
  cancellation: Schema.Struct({
    freeUntil: Window,
    closes: Window,
    late: Consequence,
    lastMinute: Schema.optionalKey(Schema.Struct({ from: Window, consequence: Consequence })),
    isForgivenIfRefilled: Schema.Boolean,
  }),
  noShow: Schema.Struct({
    automaticMinutesAfterStart: Schema.optionalKey(
      Schema.Int.check(Schema.isBetween({ minimum: -60, maximum: 525_600 })),
    ),
    consequence: Consequence,
    freeEachMonth: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 31 }))),
  }),
  strikes: Schema.optionalKey(Strikes),
  unpaidFees: Schema.optionalKey(Schema.Literals(["allow", "refuse"])),
  waitlist: Schema.Struct({
    limit: People,
    joinUntil: Window,
    promoteUntil: Window,
    promotion: Promotion,
    creditOn: Schema.Literals(["join", "promotion"]),
    unentitled: Schema.Literals(["skip", "hold"]),
    standby: Schema.Literals(["off", "first_come", "in_order"]),
  }),
  checkIn: Schema.Struct({ opensMinutesBeforeStart: Minutes, closesMinutesAfterEnd: Minutes }),
  whenCapacityLowered: Schema.Literals(["refuse", "last_booked_waits"]),
  contraindications: Schema.Literals(["advise", "acknowledge", "refuse"]),
  whenEligibilityUnknown: Schema.Literals(["book", "refuse"]),
}).annotate({ identifier: "BookingPolicy" });
export type BookingPolicy = typeof BookingPolicy.Type;

/** What a kind of session does otherwise than the tenant's policy: whole sections, each in place of the tenant's. */
export const PolicyOverride = BookingPolicy.mapFields(Struct.map(Schema.optionalKey)).annotate({
  identifier: "PolicyOverride",
});
export type PolicyOverride = typeof PolicyOverride.Type;

const atStart: Window = { minutesBeforeStart: 0 };

/** The policy of a tenant that has not said otherwise: open to its members, who book, wait and cancel freely until the start. */
export const defaultPolicy: BookingPolicy = {
  access: "open",
  booking: { closes: atStart },
  seatsKeptForDesk: 0,
  overlap: "allow",
  cancellation: { freeUntil: atStart, closes: atStart, late: { credit: "keep" }, isForgivenIfRefilled: false },
  noShow: { consequence: { credit: "lose" } },
  waitlist: {
    limit: 50,
    joinUntil: atStart,
    promoteUntil: atStart,
    promotion: { kind: "automatic" },
    creditOn: "promotion",
    unentitled: "skip",
    standby: "first_come",
  },
  checkIn: { opensMinutesBeforeStart: 60, closesMinutesAfterEnd: 720 },
  whenCapacityLowered: "refuse",
  contraindications: "advise",
  whenEligibilityUnknown: "refuse",
};

/** The policy of a kind of session: the tenant's, with the type's own sections in place of its. */
export const policyOf = (tenant: BookingPolicy = defaultPolicy, override: PolicyOverride = {}): BookingPolicy => ({
  ...tenant,
  ...override,
});
