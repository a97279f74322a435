import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { civilDateOf } from "../../../kernel/ZoneRules.ts";
import { type DomainEvent, envelop } from "../../../kernel/DomainEvent.ts";
import { EventLog } from "../../../kernel/EventLog.ts";
import {
  CurrentIdempotencyKey,
  type EarlierAnswer,
  type IdempotencyKeyReused,
  IdempotencyKeys,
  type KeyedRequest,
} from "../../../kernel/IdempotencyKeys.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { type BookingId, LedgerEntryId, type MemberId, type SessionInstanceId } from "../../../kernel/Ids.ts";
import { type Instant, now } from "../../../kernel/Instant.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import { Principal } from "../../../kernel/Principal.ts";
import { type WakeUp, type WakeUpKey, WakeUps } from "../../../kernel/WakeUps.ts";
import { penaltyDue } from "../../domain/Booking.ts";
import type { LedgerEntry, NewEntry } from "../../domain/CreditLedger.ts";
import { afterPaying, type MemberAccess, type MembershipCover } from "../../domain/Entitlement.ts";
import * as Roster from "../../domain/Roster.ts";
import { happeningOf } from "../../domain/RosterHappenings.ts";
import { settle, stepOf } from "../../domain/Settlement.ts";
import { accessKey, bookingKey, EntitlementStore } from "../../ports/EntitlementStore.ts";
import { type ConcernedMember, type PoliciedRoster, RosterStore } from "../../ports/RosterStore.ts";
import { noticeFor } from "../../domain/Notice.ts";
import { type Concern, lockMembers } from "./MembersConcerned.ts";
import type { RosterTask } from "./RosterTask.ts";
import { situations } from "./Situations.ts";

/** A task whose types have served. */
export type AnyTask = RosterTask<unknown, unknown, unknown>;

/** A roster as it was found, and as it stands after what was decided so far. */
interface Sheet extends PoliciedRoster {
  readonly found: Roster.Roster;
  roster: Roster.Roster;
  isLookedAt: boolean;
}

/** A task that was not refused. */
interface Accepted {
  readonly index: number;
  readonly task: AnyTask;
  readonly command: Roster.RosterCommand;
  readonly events: ReadonlyArray<Roster.RosterEvent>;
}

/** What has happened and is to be settled in the ledger. */
interface Payable {
  readonly sheet: Sheet;
  readonly event: Roster.RosterEvent;
  readonly bookingId: BookingId;
  readonly memberId: MemberId;
  readonly isHeld: boolean;
  readonly payment: MembershipCover | undefined;
}

/**
 * Decides about tasks in one unit of work, in order, each from what those before it left: every roster is locked once, everything is read once, and
 * written once. Answers a result for each; a refusal of one is nothing to the others.
 */
export const decideTogether = Effect.fn("decideTogether")(function* (tasks: ReadonlyArray<AnyTask>) {
  const rosters = yield* RosterStore;
  const keys = yield* IdempotencyKeys;
  const at = yield* now;

  const keyed = tasks.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const [locked, earlier] = yield* Effect.all(
    [
      rosters.lock(
        tasks.map(({ request }) => request),
        at,
      ),
      keys.findAll(keyed),
    ],
    { concurrency: "unbounded" },
  );
  const earlierOf = new Map<KeyedRequest, (typeof earlier)[number]>(keyed.map((key, index) => [key, earlier[index]]));

  const sheets = new Map<SessionInstanceId, Sheet>();
  const sheetByBooking = new Map<BookingId, Sheet>();
  for (const one of locked) {
    const sheet: Sheet = { ...one, found: one.roster, isLookedAt: false };
    sheets.set(one.roster.session.id, sheet);
    for (const id of one.roster.bookings.keys()) sheetByBooking.set(id, sheet);
    for (const { id } of one.roster.waitlist) sheetByBooking.set(id, sheet);
  }
  const sheetOf = ({ request: { sessionInstanceId, bookingId } }: AnyTask): Sheet | undefined =>
    sessionInstanceId !== undefined ? sheets.get(sessionInstanceId) : bookingId && sheetByBooking.get(bookingId);

  const { members, access } = yield* lockMembers(concernsOf(tasks, sheetOf), at);

  const happened: Array<DomainEvent> = [];
  const payables: Array<Payable> = [];
  const wakeUps: Array<WakeUp> = [];

  /** One task's decision, from what those before it left. */
  const decide = Effect.fnUntraced(function* (task: AnyTask) {
    const sheet = sheetOf(task);
    const { request, principal, newId: id } = task;
    if (sheet === undefined || sheet.roster.session.tenantId !== principal.tenantId) return missing(request);
    const { tenantId } = principal;
    if (task.memberId !== undefined && !members.has(accessKey({ tenantId, memberId: task.memberId }))) {
      return Result.fail(new NotFound({ entityType: "Member", entityId: task.memberId }));
    }
    const asked = task.ask({ roster: sheet.roster, principal, now: at, newId: id });
    if (Result.isFailure(asked)) return Result.fail(asked.failure);
    const command = asked.success;
    const { situationOf, covers } = situations(
      sheet,
      { members, access },
      {
        now: at,
        isWalkIn: command._tag === "WalkIn",
        ...(task.partner && task.memberId && { partner: { memberId: task.memberId, said: task.partner } }),
      },
    );
    const context: Roster.Context = { now: at, policy: sheet.policy, situationOf };
    const decided = Roster.decide(sheet.roster, command, context);
    sheet.isLookedAt ||= command._tag === "Advance";
    if (Result.isFailure(decided)) return Result.fail(decided.failure);
    const happenings = [];
    for (const event of decided.success) {
      const subject = Roster.subjectOf(event);
      const isHeld = sheet.roster.waitlist.some((entry) => entry.id === subject && entry.isHeld);
      sheet.roster = Roster.evolve(sheet.roster, event);
      happenings.push(happeningOf(event, sheet.roster));
      const about = subject && (sheet.roster.bookings.get(subject) ?? Roster.entryIn(sheet.roster, subject));
      if (about === undefined) continue;
      const { memberId, paidBy } = about;
      const payment = covers.get(memberId);
      const key = accessKey({ tenantId, memberId });
      const step = paidBy?.source === "membership" ? stepOf(event, isHeld) : undefined;
      if (step !== undefined) payables.push({ sheet, event, bookingId: about.id, memberId, isHeld, payment });
      if (step === "hold" && payment !== undefined) pay(sheet, key, payment, access);
      if (event._tag === "SeatBooked") take(sheet, about.id, key, members);
      if (event._tag === "BookingCancelled") giveBack(about.id, key, members);
      wakeUps.push(...dueNow(event, sheet, about.id, at));
    }
    happened.push(...(yield* Effect.provideService(envelop(happenings), Principal, principal)));
    return Result.succeed({ command, events: decided.success });
  });

  const results: Array<Result.Result<unknown, unknown>> = [];
  const accepted: Array<Accepted> = [];
  for (const [index, task] of tasks.entries()) {
    const before = task.key === undefined ? undefined : earlierOf.get(task.key);
    if (before !== undefined) {
      results.push(yield* answeredBefore(before, task));
      continue;
    }
    const decided = yield* decide(task);
    results.push(decided);
    if (Result.isSuccess(decided)) accepted.push({ index, task, ...decided.success });
  }

  // Who was second to ask under a key may have looked for an answer before the first had kept it, and be refused for what the first did.
  const refused = tasks.flatMap((task, index) => {
    const result = results[index];
    const isNew = task.key !== undefined && earlierOf.get(task.key) === undefined;
    return isNew && result !== undefined && Result.isFailure(result) ? [{ task, key: task.key, index }] : [];
  });
  const kept = refused.length === 0 ? [] : yield* keys.findAll(refused.map(({ key }) => key));
  for (const [place, { task, index }] of refused.entries()) {
    const before = kept[place];
    if (before !== undefined) results[index] = yield* answeredBefore(before, task);
  }

  if (accepted.length > 0) {
    yield* save([...sheets.values()], at, { happened, payables, wakeUps, access });
    const answers = [];
    for (const { index, task, command, events } of accepted) {
      const { roster } = sheetOf(task) ?? notThere();
      const answer = yield* task
        .answer(roster, command, events)
        .pipe(
          Effect.provideService(Principal, task.principal),
          Effect.provideService(CurrentIdempotencyKey, undefined),
        ) as Effect.Effect<unknown>;
      results[index] = Result.succeed(answer);
      if (task.key !== undefined) {
        const written = yield* Effect.orDie(Schema.encodeUnknownEffect(task.schema)(answer));
        answers.push({ request: task.key, answer: written });
      }
    }
    yield* keys.keepAll(answers);
  }
  return results;
});

/** What was answered under the key, if for the same. */
const answeredBefore = Effect.fnUntraced(function* (before: EarlierAnswer | IdempotencyKeyReused, { schema }: AnyTask) {
  const result: Result.Result<unknown, IdempotencyKeyReused> =
    "answer" in before
      ? Result.succeed(yield* Effect.orDie(Schema.decodeUnknownEffect(schema)(before.answer)))
      : Result.fail(before);
  return result;
});

const missing = ({ bookingId, sessionInstanceId }: AnyTask["request"]) =>
  Result.fail(
    sessionInstanceId === undefined
      ? new NotFound({ entityType: "Booking", entityId: bookingId ?? "" })
      : new NotFound({ entityType: "SessionInstance", entityId: sessionInstanceId }),
  );

const notThere = (): never => {
  throw new Error("a task was decided about a roster that is not there");
};

/** Everybody whom a task or a line concerns. */
const concernsOf = (
  tasks: ReadonlyArray<AnyTask>,
  sheetOf: (task: AnyTask) => Sheet | undefined,
): ReadonlyArray<Concern> =>
  tasks.flatMap((task) => {
    const sheet = sheetOf(task);
    if (sheet === undefined) return [];
    const { roster } = sheet;
    const named = task.request.bookingId;
    const about = named && (roster.bookings.get(named) ?? roster.waitlist.find(({ id }) => id === named));
    const concerned = new Set(Roster.lineOf(roster).map(({ memberId }) => memberId));
    if (task.memberId !== undefined) concerned.add(task.memberId);
    if (typeof about === "object") concerned.add(about.memberId);
    return [...concerned].map((memberId) => ({ sheet, memberId }));
  });

/** A visit is paid for: the next decision about the member sees what is left. */
const pay = (
  { roster: { session } }: Sheet,
  key: string,
  payment: MembershipCover,
  access: Map<string, MemberAccess>,
) => {
  const held = access.get(key);
  if (held !== undefined) access.set(key, afterPaying(held, payment, { civilDate: session.civilDate }));
};

/** A seat is taken: the next decision about the member sees it. */
const take = (
  { roster: { session } }: Sheet,
  bookingId: BookingId,
  key: string,
  members: Map<string, ConcernedMember>,
) => {
  const { startTime, endTime, id: sessionInstanceId } = session;
  const member = members.get(key);
  if (member === undefined) return;
  const commitments = [...member.commitments, { bookingId, sessionInstanceId, startTime, endTime }];
  members.set(key, { ...member, commitments });
};

/** A seat is given back: the member is free then. What was paid counts again once it is kept. */
const giveBack = (bookingId: BookingId, key: string, members: Map<string, ConcernedMember>) => {
  const member = members.get(key);
  if (member === undefined) return;
  const commitments = member.commitments.filter((commitment) => commitment.bookingId !== bookingId);
  members.set(key, { ...member, commitments });
};

/** What is to be done about an event outside the roster, and may be done twice: collect what is owed, tell the member. */
const dueNow = (
  event: Roster.RosterEvent,
  { roster: { session, bookings } }: Sheet,
  entityId: BookingId,
  dueAt: Instant,
): ReadonlyArray<WakeUp> => {
  const { tenantId } = session;
  const due: Array<WakeUp> = [];
  if (penaltyDue(bookings.get(entityId)?.penalty) !== undefined)
    due.push({ kind: "penalty", tenantId, entityId, dueAt });
  if (noticeFor(event) !== undefined) due.push({ kind: "notice", tenantId, entityId, dueAt });
  return due;
};

interface Kept {
  readonly happened: ReadonlyArray<DomainEvent>;
  readonly payables: ReadonlyArray<Payable>;
  readonly wakeUps: ReadonlyArray<WakeUp>;
  readonly access: ReadonlyMap<string, MemberAccess>;
}

/** Keeps everything that was decided, each kind of thing at once. */
const save = Effect.fnUntraced(function* (sheets: ReadonlyArray<Sheet>, at: Instant, kept: Kept) {
  const rosters = yield* RosterStore;
  const entitlements = yield* EntitlementStore;
  const log = yield* EventLog;
  const wakeUps = yield* WakeUps;
  const changed = sheets.filter(({ found, roster }) => found !== roster);
  const entries = yield* ledgerEntries(kept.payables, kept.access, at);
  const { set, clear } = nextWakeUps(sheets, at);
  const toSet = [...kept.wakeUps, ...set];
  yield* Effect.all(
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
      kept.happened.length === 0 ? Effect.void : log.append(kept.happened),
      toSet.length === 0 ? Effect.void : wakeUps.set(toSet),
      clear.length === 0 ? Effect.void : wakeUps.clear(clear),
    ],
    { concurrency: "unbounded", discard: true },
  );
});

/** When each roster must be looked at next, where that has changed. */
const nextWakeUps = (sheets: ReadonlyArray<Sheet>, now: Instant) => {
  const set: Array<WakeUp> = [];
  const clear: Array<WakeUpKey> = [];
  for (const { found, roster, policy, isLookedAt } of sheets) {
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
  if (payables.length === 0) return [];
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
    const { event, isHeld, memberId, bookingId, payment, sheet } = payable;
    const { tenantId, civilDate, timezone } = sheet.roster.session;
    const step = stepOf(event, isHeld);
    if (step === undefined) continue;
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
