/**
 * What must be so in a store whatever was done to it at the desk, by however many at once, and whoever was killed meanwhile: read from the
 * rows alone, by anybody who has the ports.
 */
import * as Effect from "effect/Effect";
import type { DomainEvent } from "../../kernel/DomainEvent.ts";
import { EventLog } from "../../kernel/EventLog.ts";
import type { BookingId, TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import {
  type Booking,
  CreditLedger,
  EntitlementStore,
  holdsSeat,
  type LedgerEntry,
  RosterStore,
  SessionInstanceStore,
  type WaitlistEntry,
} from "../../moveos/index.ts";
import { rosterFaults } from "../laws/RosterLaws.ts";
import { ContractBroken } from "./Clause.ts";

/** What clients were told was done, which must be found. */
export interface Seen {
  readonly bookings?: ReadonlyArray<BookingId>;
}

const every = Effect.fnUntraced(function* <Row, E, R>(list: (page: PageRequest) => Effect.Effect<Rows<Row>, E, R>) {
  const rows: Array<Row> = [];
  let page: PageRequest | undefined = { limit: 500 };
  while (page !== undefined) {
    const found: Rows<Row> = yield* list(page);
    rows.push(...found.rows);
    page = found.next && { limit: 500, after: found.next };
  }
  return rows;
});

const load = Effect.fnUntraced(function* (tenantId: TenantId) {
  const rosters = yield* RosterStore;
  const entitlements = yield* EntitlementStore;
  const sessions = yield* SessionInstanceStore;
  const log = yield* EventLog;
  const at = yield* now;
  const all = yield* every((page) => sessions.list(tenantId, {}, page));
  const sheets = yield* rosters.look(
    all.map(({ id }) => ({ tenantId, sessionInstanceId: id, isWhole: true })),
    at,
  );
  const memberships = yield* every((page) => entitlements.listMemberships(tenantId, {}, page));
  const ledger: Array<LedgerEntry> = [];
  for (const { id } of memberships) ledger.push(...(yield* every((page) => entitlements.entries(tenantId, id, page))));
  return {
    sheets,
    ledger,
    bookings: yield* every((page) => rosters.listBookings(tenantId, {}, page)),
    audit: yield* every((page) => log.audit(tenantId, page)),
    outbox: yield* every((page) => log.outbox(tenantId, page)),
  };
});

type Loaded = Effect.Success<ReturnType<typeof load>>;

/** What is wrong with a tenant's sessions, bookings, lines, ledger and events, in words; nothing where all is right. */
export const deskFaults = Effect.fn("deskFaults")(function* (tenantId: TenantId, seen: Seen = {}) {
  const units = yield* UnitOfWork;
  const loaded = yield* units.read(tenantId, load(tenantId));
  const known = new Set(loaded.bookings.map(({ id }) => id));
  const lost = (seen.bookings ?? []).filter((id) => !known.has(id));
  return [
    ...lost.map((id) => `a client was told of booking ${id}, and it is not there`),
    ...inRosters(loaded),
    ...inLedger(loaded),
    ...inEvents(loaded),
  ];
});

/** Fails unless everything is right. */
export const allIsRight = Effect.fnUntraced(function* (tenantId: TenantId, seen: Seen = {}) {
  const faults = yield* deskFaults(tenantId, seen);
  if (faults.length > 0) {
    return yield* new ContractBroken({ what: "the store after it", expected: "no fault", actual: faults.join("; ") });
  }
});

const inRosters = ({ sheets, bookings }: Loaded): ReadonlyArray<string> =>
  sheets.flatMap(({ roster }) => {
    const rows = bookings.filter((one) => one.sessionInstanceId === roster.session.id && holdsSeat(one));
    const loaded = [...roster.bookings.values()].filter(holdsSeat);
    const faults = [...rosterFaults(roster)];
    if (rows.length !== loaded.length)
      faults.push(`${rows.length} bookings hold a seat, the roster has ${loaded.length}`);
    return faults.map((fault) => `session ${roster.session.id}: ${fault}`);
  });

const inLedger = ({ sheets, bookings, ledger, outbox }: Loaded): ReadonlyArray<string> => {
  const faults: Array<string> = [];
  for (const { lotId, balance } of CreditLedger.lotsOf(ledger)) {
    if (balance < 0) faults.push(`lot ${lotId} has ${balance} credits`);
  }
  const entries = new Map<BookingId, Array<LedgerEntry>>();
  for (const entry of ledger) {
    if (entry.bookingId === undefined) continue;
    entries.set(entry.bookingId, [...(entries.get(entry.bookingId) ?? []), entry]);
  }
  const line = new Map<BookingId, WaitlistEntry>();
  for (const { roster } of sheets) for (const entry of roster.waitlist) line.set(entry.id, entry);
  const named = new Map(bookings.map((booking) => [booking.id, booking]));
  for (const [bookingId, lines] of entries) {
    const steps = lines.map(({ step = 0 }) => step).toSorted((left, right) => left - right);
    if (steps.some((step, index) => step !== index + 1))
      faults.push(`the steps of ${bookingId} are ${steps.join(", ")}`);
  }
  // Whose credit came back and went elsewhere before a no-show was taken back comes without one.
  const wereMissing = new Set<string>(
    outbox.filter(({ type }) => type === "NoShowUndone").map(({ entityId }) => entityId),
  );
  for (const id of new Set([...entries.keys(), ...named.keys()])) {
    const booking = named.get(id);
    const isPaid = booking?.paidBy.source === "membership" || entries.has(id);
    if (!isPaid) continue;
    const holds = CreditLedger.holdOf(entries.get(id) ?? []);
    const due = dueOf(booking, line.get(id));
    const isOnTheHouse = holds === "released" && wereMissing.has(id);
    if (holds !== due && !isOnTheHouse)
      faults.push(`what is held for ${id} (${booking?.status ?? "in line"}) is ${holds}, not ${due}`);
  }
  return faults;
};

/** How the ledger must stand for a booking, or for a place in line. */
const dueOf = (booking: Booking | undefined, place: WaitlistEntry | undefined): CreditLedger.Hold => {
  // Who was moved to the line and then seated by staff owes nothing for the seat, whatever was held for the first.
  if (booking !== undefined && booking.paidBy.source !== "membership") return "released";
  if (booking?.status === "booked") return "held";
  if (booking?.status === "checked_in") return "consumed";
  if (place?.isHeld === true) return "held";
  const { penalty } = booking ?? {};
  return penalty?.credit === "lost" && penalty.status !== "forgiven" ? "consumed" : "released";
};

const TAKES = new Set(["SeatBooked", "NoShowUndone"]);
const GIVES_BACK = new Set(["BookingCancelled", "NoShowMarked"]);

/** Whether an event gives a seat (1), takes one away (-1), or does neither. */
const seatsOf = ({ type, data }: DomainEvent): number => {
  if (TAKES.has(type)) return 1;
  return GIVES_BACK.has(type) || (type === "CheckInUndone" && data["status"] === "cancelled") ? -1 : 0;
};

const inEvents = ({ bookings, audit, outbox, sheets }: Loaded): ReadonlyArray<string> => {
  const faults: Array<string> = [];
  const ids = (events: ReadonlyArray<DomainEvent>) =>
    events
      .map(({ id }) => id)
      .toSorted()
      .join();
  if (ids(audit) !== ids(outbox)) faults.push(`${audit.length} audit entries, ${outbox.length} outbox events`);
  const seats = new Map<string, number>();
  const joins = new Map<string, number>();
  for (const event of outbox) {
    seats.set(event.entityId, (seats.get(event.entityId) ?? 0) + seatsOf(event));
    const joined = event.type === "WaitlistJoined" ? 1 : event.type === "WaitlistLeft" ? -1 : 0;
    joins.set(event.entityId, (joins.get(event.entityId) ?? 0) + joined);
  }
  for (const booking of bookings) {
    const told = seats.get(booking.id) ?? 0;
    const holds = holdsSeat(booking) ? 1 : 0;
    if (told !== holds) faults.push(`booking ${booking.id} is ${booking.status}; its events leave it ${told} seats`);
  }
  for (const { roster } of sheets) {
    for (const { id } of roster.waitlist) {
      if ((joins.get(id) ?? 0) < 1) faults.push(`${id} is in line, and no event says that it joined`);
    }
  }
  return faults;
};
