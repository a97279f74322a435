/**
 * What memberships were given and what they paid for, entry by entry.
 *
 * Every booking that a membership pays for has its entries: *hold* takes a credit from a lot, or counts a visit of a plan that counts
 * visits, or only says which membership pays where visits are without limit. *Consume* spends what is held for good; *release* gives it back to
 * the lot it came from. What was spent can be held again, what was given back can be taken again. Each of these functions answers the
 * entries to add: none where it is done already, so that whoever does it twice has done it once.
 *
 * **Units** `credits`: signed; `civilDate`: the day of the visit, or of the grant, adjustment or expiry; `expiresOn`: the last day.
 *
 * **Invariant** the balance of a lot is the sum of its entries and never below zero; what is given back keeps the lot's last day, so what
 * comes back later than that expires at once. The entries of a booking are counted by `step` from 1, and the last one says how it stands.
 */
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import type * as CivilDate from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { BookingId, CreditLotId, LedgerEntryId, MemberId, MembershipId, TenantId } from "../../kernel/Ids.ts";
import { type Instant, InstantFromString } from "../../kernel/Instant.ts";
import { Prose } from "../../kernel/Text.ts";
import type { CreditsDue } from "./Membership.ts";
import { CreditsMissing, NothingHeld } from "./MembershipRefusals.ts";

export const LedgerKind = Schema.Literals(["grant", "hold", "consume", "release", "expire", "adjust"]);
export type LedgerKind = typeof LedgerKind.Type;

/**
 * One line of the ledger; it is never changed.
 *
 * **Shape** `lotId`: the credits granted together that it is about. `bookingId` and `step`: the booking it is for, and the how-manieth of that
 * booking's entries it is. `expiresOn`: the last day of its lot.
 */
export const LedgerEntry = Schema.Struct({
  id: LedgerEntryId,
  tenantId: TenantId,
  memberId: MemberId,
  membershipId: MembershipId,
  lotId: Schema.optionalKey(CreditLotId),
  bookingId: Schema.optionalKey(BookingId),
  step: Schema.optionalKey(Schema.Int),
  kind: LedgerKind,
  credits: Schema.Int,
  civilDate: CivilDateFromString,
  expiresOn: Schema.optionalKey(CivilDateFromString),
  at: InstantFromString,
  reason: Schema.optionalKey(Prose),
}).annotate({ identifier: "LedgerEntry" });
export type LedgerEntry = typeof LedgerEntry.Type;

/** An entry to add, before it has its id. */
export type NewEntry = Omit<LedgerEntry, "id">;

/** Credits granted together, which expire together. **Units** `expiresOn`: the last day; none is never. */
export const CreditLot = Schema.Struct({
  lotId: CreditLotId,
  expiresOn: Schema.optionalKey(CivilDateFromString),
  balance: Schema.Int,
}).annotate({ identifier: "CreditLot" });
export type CreditLot = typeof CreditLot.Type;

/** Visits of one day that a membership has paid for or holds. */
export const DayUsage = Schema.Struct({ civilDate: CivilDateFromString, visits: Schema.Int }).annotate({
  identifier: "DayUsage",
});
export type DayUsage = typeof DayUsage.Type;

/** Whose entries they are. */
export interface Account {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly membershipId: MembershipId;
}

/** How a booking stands in the ledger. */
export type Hold = "none" | "held" | "consumed" | "released";

/** What pays: one credit of a lot, one visit of a plan that counts them, or nothing but the name. **Shape** `left`: credits of the lot. */
export interface Payment {
  readonly membershipId: MembershipId;
  readonly credits: 0 | 1;
  readonly lotId?: CreditLotId;
  readonly expiresOn?: CivilDate.CivilDate;
  readonly left?: number;
}

/** What is paid for. **Units** `civilDate`: the day of the visit. */
export interface PaidVisit {
  readonly tenantId: TenantId;
  readonly memberId: MemberId;
  readonly bookingId: BookingId;
  readonly civilDate: CivilDate.CivilDate;
}

type Entries = ReadonlyArray<LedgerEntry | NewEntry>;
type Answer<E> = Result.Result<ReadonlyArray<NewEntry>, E>;

/** The sum of what lots gained and lost: the credits that are left. */
export const balance = (entries: Entries): number =>
  entries.reduce((sum, { lotId, credits }) => (lotId === undefined ? sum : sum + credits), 0);

/** The lots that entries make, soonest to expire first. */
export const lotsOf = (entries: Entries): ReadonlyArray<CreditLot> => {
  const lots = new Map<CreditLotId, CreditLot>();
  for (const { lotId, credits, expiresOn } of entries) {
    if (lotId === undefined) continue;
    const lot = lots.get(lotId) ?? { lotId, balance: 0, ...(expiresOn !== undefined && { expiresOn }) };
    lots.set(lotId, { ...lot, balance: lot.balance + credits });
  }
  return [...lots.values()].toSorted(soonestToExpire);
};

/** Lots after more entries. */
export const afterEntries = (lots: ReadonlyArray<CreditLot>, entries: Entries): ReadonlyArray<CreditLot> => {
  const changed = new Map(lots.map((lot) => [lot.lotId, lot]));
  for (const { lotId, balance: change, ...lot } of lotsOf(entries)) {
    const earlier = changed.get(lotId);
    changed.set(lotId, { lotId, ...lot, ...earlier, balance: (earlier?.balance ?? 0) + change });
  }
  return [...changed.values()].toSorted(soonestToExpire);
};

/** The order in which lots are used: what expires first, then by id. */
export const soonestToExpire = (left: CreditLot, right: CreditLot): number => {
  const [one, other] = [left.expiresOn ?? Infinity, right.expiresOn ?? Infinity];
  return one === other ? (left.lotId < right.lotId ? -1 : left.lotId > right.lotId ? 1 : 0) : one - other;
};

/** The visits of each day that entries count, in order; days without any are left out. */
export const usageOf = (entries: Entries): ReadonlyArray<DayUsage> => {
  const visits = new Map<CivilDate.CivilDate, number>();
  for (const { kind, civilDate, credits } of entries) {
    if (kind === "hold" || kind === "release") visits.set(civilDate, (visits.get(civilDate) ?? 0) - credits);
  }
  return [...visits]
    .filter(([, count]) => count !== 0)
    .toSorted(([left], [right]) => left - right)
    .map(([civilDate, count]) => ({ civilDate, visits: count }));
};

/** How many bookings for a day or later stand as held. */
export const openBookings = (entries: Entries, from: CivilDate.CivilDate): number => {
  const bookings = new Map<BookingId, Array<LedgerEntry | NewEntry>>();
  for (const entry of entries) {
    if (entry.bookingId === undefined || entry.civilDate < from) continue;
    const known = bookings.get(entry.bookingId);
    if (known === undefined) bookings.set(entry.bookingId, [entry]);
    else known.push(entry);
  }
  let open = 0;
  for (const booking of bookings.values()) if (holdOf(booking) === "held") open++;
  return open;
};

/** How a booking stands, by its entries: the last of its steps says. */
export const holdOf = (booking: Entries): Hold => {
  switch (lastStep(booking)?.kind) {
    case "hold":
      return "held";
    case "consume":
      return "consumed";
    case "release":
      return "released";
    case "grant":
    case "expire":
    case "adjust":
    case undefined:
      return "none";
  }
};

/**
 * A membership pays for a booking, until the visit is spent or given back. **Shape** `booking`: the booking's entries so far.
 *
 * **Errors** `CreditsMissing`.
 */
export const hold = (booking: Entries, payment: Payment, visit: PaidVisit, at: Instant): Answer<CreditsMissing> => {
  const standing = holdOf(booking);
  if (standing === "held" || standing === "consumed") return Result.succeed([]);
  const { membershipId, lotId, expiresOn, credits, left } = payment;
  if (lotId !== undefined && credits > (left ?? 0)) {
    return Result.fail(new CreditsMissing({ membershipId, lotId, credits: left ?? 0, needed: credits }));
  }
  return Result.succeed([
    {
      ...visit,
      membershipId,
      ...(lotId !== undefined && { lotId }),
      ...(expiresOn !== undefined && { expiresOn }),
      kind: "hold",
      step: nextStep(booking),
      credits: minus(credits),
      at,
    },
  ]);
};

/** What is held is spent: the visit took place, or costs as if it had. **Errors** `NothingHeld`. */
export const consume = (booking: Entries, at: Instant, reason?: string): Answer<NothingHeld> => {
  const standing = holdOf(booking);
  if (standing === "consumed") return Result.succeed([]);
  return standing === "held" ? follow(booking, { kind: "consume", credits: 0 }, at, reason) : nothingHeld(booking);
};

/** What was spent is held again: a check-in or a no-show is taken back. **Errors** `NothingHeld`. */
export const unconsume = (booking: Entries, at: Instant, reason?: string): Answer<NothingHeld> => {
  const standing = holdOf(booking);
  if (standing === "held") return Result.succeed([]);
  return standing === "consumed" ? follow(booking, { kind: "hold", credits: 0 }, at, reason) : nothingHeld(booking);
};

/**
 * What is held, or was spent, is given back to the lot it came from; where that has expired by `today`, it expires at once.
 *
 * **Errors** `NothingHeld`.
 */
export const release = (
  booking: Entries,
  today: CivilDate.CivilDate,
  at: Instant,
  reason?: string,
): Answer<NothingHeld> => {
  const standing = holdOf(booking);
  if (standing === "released") return Result.succeed([]);
  if (standing === "none") return nothingHeld(booking);
  const credits = paidBy(booking);
  return Result.map(follow(booking, { kind: "release", credits }, at, reason), ([back]) => {
    if (back === undefined) return [];
    const { step: _, bookingId: __, ...lost } = back;
    return back.lotId !== undefined && back.expiresOn !== undefined && back.expiresOn < today && credits > 0
      ? [back, { ...lost, kind: "expire" as const, credits: minus(credits), civilDate: today }]
      : [back];
  });
};

/** What was given back is taken again, from the same lot. **Shape** `left`: credits of that lot. **Errors** `NothingHeld`, `CreditsMissing`. */
export const retake = (
  booking: Entries,
  left: number,
  at: Instant,
  reason?: string,
): Answer<NothingHeld | CreditsMissing> => {
  const standing = holdOf(booking);
  if (standing === "none") return nothingHeld(booking);
  if (standing !== "released") return Result.succeed([]);
  const { membershipId, lotId, credits } = lastOf(booking);
  if (lotId !== undefined && credits > left) {
    return Result.fail(new CreditsMissing({ membershipId, lotId, credits: left, needed: credits }));
  }
  return follow(booking, { kind: "hold", credits: minus(credits) }, at, reason);
};

/** Credits are granted as a lot of their own; those whose last day is before `today` expire at once. */
export const grant = (
  account: Account,
  lotId: CreditLotId,
  { credits, civilDate, expiresOn }: CreditsDue,
  today: CivilDate.CivilDate,
  at: Instant,
): ReadonlyArray<NewEntry> => {
  const granted: NewEntry = {
    ...account,
    lotId,
    kind: "grant",
    credits,
    civilDate,
    ...(expiresOn !== undefined && { expiresOn }),
    at,
  };
  return expiresOn !== undefined && expiresOn < today
    ? [granted, ...expire(account, { lotId, expiresOn, balance: credits }, today, at)]
    : [granted];
};

/** What is left of a lot expires. */
export const expire = (
  account: Account,
  { lotId, expiresOn, balance: left }: CreditLot,
  today: CivilDate.CivilDate,
  at: Instant,
  reason?: string,
): ReadonlyArray<NewEntry> =>
  left <= 0
    ? []
    : [
        {
          ...account,
          lotId,
          kind: "expire",
          credits: minus(left),
          civilDate: today,
          ...(expiresOn !== undefined && { expiresOn }),
          at,
          ...(reason !== undefined && { reason }),
        },
      ];

/** Credits that staff give or take. **Shape** given, they are the new lot `lotId`; taken, they come from what expires soonest. */
export interface Adjustment {
  readonly credits: number;
  readonly reason: string;
  readonly lotId: CreditLotId;
  readonly expiresOn?: CivilDate.CivilDate;
}

/** Staff give credits or take them. **Errors** `CreditsMissing`. */
export const adjust = (
  account: Account,
  lots: ReadonlyArray<CreditLot>,
  { credits, reason, lotId, expiresOn }: Adjustment,
  today: CivilDate.CivilDate,
  at: Instant,
): Answer<CreditsMissing> => {
  const line = (lot: Omit<CreditLot, "balance">, change: number): NewEntry => ({
    ...account,
    lotId: lot.lotId,
    ...(lot.expiresOn !== undefined && { expiresOn: lot.expiresOn }),
    kind: "adjust",
    credits: change,
    civilDate: today,
    at,
    reason,
  });
  if (credits >= 0) {
    return Result.succeed(
      credits === 0 ? [] : [line({ lotId, ...(expiresOn !== undefined && { expiresOn }) }, credits)],
    );
  }
  const lines: Array<NewEntry> = [];
  let missing = -credits;
  for (const lot of lots.toSorted(soonestToExpire)) {
    const taken = Math.min(lot.balance, missing);
    if (taken > 0) lines.push(line(lot, -taken));
    missing -= Math.max(0, taken);
  }
  return missing > 0
    ? Result.fail(
        new CreditsMissing({
          membershipId: account.membershipId,
          credits: -credits - missing,
          needed: -credits,
        }),
      )
    : Result.succeed(lines);
};

/** What a booking has cost so far: 1, or 0 where visits are without limit or it was given back. */
const paidBy = (booking: Entries): number =>
  booking.reduce((sum, { kind, credits }) => (kind === "hold" || kind === "release" ? sum - credits : sum), 0);

const lastStep = (booking: Entries) => {
  let last: LedgerEntry | NewEntry | undefined;
  for (const entry of booking) if ((entry.step ?? 0) > (last?.step ?? 0)) last = entry;
  return last;
};

/** The last entry of a booking that has one: who asks has looked. */
const lastOf = (booking: Entries): NewEntry => {
  const last = lastStep(booking);
  if (last === undefined) throw new Error("The booking has no entry in the ledger");
  return last;
};

const nextStep = (booking: Entries): number => (lastStep(booking)?.step ?? 0) + 1;

/** The entry that follows a booking's last, about the same visit and lot. */
const follow = (
  booking: Entries,
  { kind, credits }: Pick<NewEntry, "kind" | "credits">,
  at: Instant,
  reason?: string,
): Result.Result<ReadonlyArray<NewEntry>> => {
  const { tenantId, memberId, membershipId, lotId, bookingId, civilDate, expiresOn, step } = lastOf(booking);
  return Result.succeed([
    {
      tenantId,
      memberId,
      membershipId,
      ...(lotId !== undefined && { lotId }),
      ...(bookingId !== undefined && { bookingId }),
      step: (step ?? 0) + 1,
      kind,
      credits,
      civilDate,
      ...(expiresOn !== undefined && { expiresOn }),
      at,
      ...(reason !== undefined && { reason }),
    },
  ]);
};

const nothingHeld = (booking: Entries) => {
  const bookingId = lastStep(booking)?.bookingId;
  return Result.fail(new NothingHeld({ ...(bookingId !== undefined && { bookingId }) }));
};

/** The negative of a number, without a negative zero. */
const minus = (credits: number): number => (credits === 0 ? 0 : -credits);
