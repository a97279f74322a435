import * as Effect from "effect/Effect";
import { envelop } from "../../../kernel/DomainEvent.ts";
import { EventLog } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { LedgerEntryId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import { Principal } from "../../../kernel/Principal.ts";
import { UnitOfWork } from "../../../kernel/UnitOfWork.ts";
import { type WakeUp, type WakeUpKey, WakeUps } from "../../../kernel/WakeUps.ts";
import { civilDateOf } from "../../../kernel/ZoneRules.ts";
import type { LedgerEntry, NewEntry } from "../../domain/CreditLedger.ts";
import type { MemberAccess } from "../../domain/Entitlement.ts";
import * as Roster from "../../domain/Roster.ts";
import { settle } from "../../domain/Settlement.ts";
import { accessKey, bookingKey, EntitlementStore } from "../../ports/EntitlementStore.ts";
import { RosterStore } from "../../ports/RosterStore.ts";
import type { Decided, OpenSheets, Payable, Sheet } from "./OpenSheets.ts";

/** Keeps everything that was decided, each kind of thing at once, and waits for none of it: rosters, ledger, events, and when to look again. */
export const keepDecisions = Effect.fnUntraced(function* (
  { sheets, access }: OpenSheets,
  decisions: ReadonlyArray<Decided>,
  at: Instant,
) {
  const rosters = yield* RosterStore;
  const entitlements = yield* EntitlementStore;
  const log = yield* EventLog;
  const wakeUps = yield* WakeUps;
  const changed = sheets.filter(({ found, roster }) => found !== roster);
  const payables = decisions.flatMap((decided) => decided.payables);
  const entries = payables.length === 0 ? [] : yield* ledgerEntries(payables, access, at);
  const events = yield* Effect.forEach(decisions, ({ task, happenings }) =>
    Effect.provideService(envelop(happenings), Principal, task.principal),
  );
  const { set, clear } = nextWakeUps(sheets, at);
  const toSet = [...decisions.flatMap((decided) => decided.wakeUps), ...set];
  const units = yield* UnitOfWork;
  yield* Effect.forEach(
    [
      rosters.save({
        sessions: changed.map(({ roster: { session } }) => ({ ...session, updatedAt: at })),
        bookings: changed.flatMap(({ found, roster }) =>
          [...roster.bookings.values()].filter((booking) => found.bookings.get(booking.id) !== booking),
        ),
        entries: changed.flatMap(({ found, roster }) =>
          roster.waitlist.filter((entry) => !found.waitlist.includes(entry)),
        ),
      }),
      entries.length === 0 ? Effect.void : entitlements.append(entries),
      log.append(events.flat()),
      toSet.length === 0 ? Effect.void : wakeUps.set(toSet),
      clear.length === 0 ? Effect.void : wakeUps.clear(clear),
    ],
    units.inPassing,
    { discard: true },
  );
});

/** When each roster must be looked at next, where that has changed. */
const nextWakeUps = (sheets: ReadonlyArray<Sheet>, now: Instant) => {
  const set: Array<WakeUp> = [];
  const clear: Array<WakeUpKey> = [];
  for (const { found, roster, policy, isLookedAt } of sheets) {
    if (!isLookedAt && found === roster) continue;
    const dueAt = Roster.nextDue(roster, { policy, now });
    if (!isLookedAt && dueAt === Roster.nextDue(found, { policy, now })) continue;
    const key: WakeUpKey = { kind: "roster", tenantId: roster.session.tenantId, entityId: roster.session.id };
    if (dueAt === undefined) clear.push(key);
    else set.push({ ...key, dueAt });
  }
  return { set, clear };
};

/** The ledger's entries for what happened, in order. */
const ledgerEntries = Effect.fnUntraced(function* (
  payables: ReadonlyArray<Payable>,
  access: ReadonlyMap<string, MemberAccess>,
  at: Instant,
) {
  const entitlements = yield* EntitlementStore;
  const keyOf = ({ sheet, bookingId }: Payable) => ({ tenantId: sheet.roster.session.tenantId, bookingId });
  // What was not there before has no entries yet.
  const known = payables.filter(
    ({ sheet: { found }, bookingId }) =>
      found.bookings.has(bookingId) || found.waitlist.some(({ id }) => id === bookingId),
  );
  const loaded = known.length === 0 ? undefined : yield* entitlements.entriesOfBookings(known.map(keyOf));
  const byBooking = new Map<string, ReadonlyArray<LedgerEntry | NewEntry>>(loaded);
  const fresh: Array<NewEntry> = [];
  for (const payable of payables) {
    const { step, memberId, bookingId, payment, sheet } = payable;
    const { tenantId, civilDate, timezone } = sheet.roster.session;
    const key = bookingKey(keyOf(payable));
    const entries = byBooking.get(key) ?? [];
    const lotId = entries.findLast((entry) => entry.lotId !== undefined)?.lotId;
    const left = (access.get(accessKey({ tenantId, memberId }))?.memberships ?? [])
      .flatMap(({ lots }) => lots)
      .find((lot) => lot.lotId === lotId)?.balance;
    const added = settle(
      { step, tenantId, memberId, bookingId, civilDate, entries, left: left ?? 0, ...(payment && { payment }) },
      civilDateOf(timezone, at),
      at,
    );
    byBooking.set(key, [...entries, ...added]);
    fresh.push(...added);
  }
  return yield* Effect.forEach(fresh, (entry) => Effect.map(newId(LedgerEntryId), (id) => ({ ...entry, id })));
});
