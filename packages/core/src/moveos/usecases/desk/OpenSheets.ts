import * as Result from "effect/Result";
import type { Happening } from "../../../kernel/DomainEvent.ts";
import type { BookingId, MemberId, SessionInstanceId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import type { WakeUp } from "../../../kernel/WakeUps.ts";
import { type Booking, penaltyDue, standingPenalty } from "../../domain/Booking.ts";
import { afterPaying, type MemberAccess, type MembershipCover } from "../../domain/Entitlement.ts";
import { noticeFor } from "../../domain/Notice.ts";
import * as Roster from "../../domain/Roster.ts";
import { happeningOf } from "../../domain/RosterHappenings.ts";
import { type LedgerStep, stepOf } from "../../domain/Settlement.ts";
import { accessKey } from "../../ports/EntitlementStore.ts";
import type { ConcernedMember, PoliciedRoster } from "../../ports/RosterStore.ts";
import type { Concern } from "./MembersConcerned.ts";
import type { AnyTask } from "./RosterTask.ts";
import { situations } from "./Situations.ts";

/** A roster as it was found, and as it stands after what was decided so far. */
export interface Sheet extends PoliciedRoster {
  readonly found: Roster.Roster;
  roster: Roster.Roster;
  /** Whether it was asked what time has brought about: then it is said anew when to look again. */
  isLookedAt: boolean;
}

/** Something that happened and is to be settled in the ledger. **Shape** `payment`: what pays, where something is held anew. */
export interface Payable {
  readonly sheet: Sheet;
  readonly step: LedgerStep;
  readonly bookingId: BookingId;
  readonly memberId: MemberId;
  readonly payment: MembershipCover | undefined;
}

/** A task that was not refused. **Shape** `after`: the roster as this task left it. */
export interface Decided {
  readonly task: AnyTask;
  readonly command: Roster.RosterCommand;
  readonly events: ReadonlyArray<Roster.RosterEvent>;
  readonly after: Roster.Roster;
  readonly happenings: ReadonlyArray<Happening>;
  readonly payables: ReadonlyArray<Payable>;
  readonly wakeUps: ReadonlyArray<WakeUp>;
}

/**
 * The rosters that lie open at the desk, and the members concerned: each task is decided from what those before it left.
 *
 * **Shape** members, and what they hold, by `accessKey`.
 */
export class OpenSheets {
  readonly sheets: ReadonlyArray<Sheet>;
  readonly #at: Instant;
  readonly #bySession = new Map<SessionInstanceId, Sheet>();
  readonly #byBooking = new Map<BookingId, Sheet>();
  #members: Map<string, ConcernedMember> = new Map();
  #access: Map<string, MemberAccess> = new Map();

  constructor(locked: ReadonlyArray<PoliciedRoster>, at: Instant) {
    this.#at = at;
    this.sheets = locked.map((one) => ({ ...one, found: one.roster, isLookedAt: false }));
    for (const sheet of this.sheets) {
      this.#bySession.set(sheet.roster.session.id, sheet);
      for (const id of sheet.roster.bookings.keys()) this.#byBooking.set(id, sheet);
      for (const { id } of sheet.roster.waitlist) this.#byBooking.set(id, sheet);
    }
  }

  /** What the members hold, as it stands. */
  get access(): ReadonlyMap<string, MemberAccess> {
    return this.#access;
  }

  /** Everybody whom these tasks, or a line, concern. */
  concerns(tasks: ReadonlyArray<AnyTask>): ReadonlyArray<Concern> {
    return tasks.flatMap((task) => {
      const sheet = this.#sheetOf(task);
      if (sheet === undefined) return [];
      const { roster } = sheet;
      const named = task.request.bookingId;
      const about = named && (roster.bookings.get(named) ?? roster.waitlist.find(({ id }) => id === named));
      const concerned = new Set(Roster.lineOf(roster).map(({ memberId }) => memberId));
      if (task.memberId !== undefined) concerned.add(task.memberId);
      if (typeof about === "object") concerned.add(about.memberId);
      // Whoever may be marked missing is concerned, where what they missed before makes a difference.
      if (sheet.policy.noShow.freeEachMonth !== undefined) {
        for (const { memberId, status } of roster.bookings.values()) if (status === "booked") concerned.add(memberId);
      }
      return [...concerned].map((memberId) => ({ sheet, memberId }));
    });
  }

  /** A refusal that does not depend on who asks: the session is full, or booking has closed. Then nobody's memberships need to be read. */
  refusalAtSight(task: AnyTask): unknown {
    const sheet = this.#sheetOf(task);
    if (sheet === undefined) return undefined;
    const asked = task.ask({ roster: sheet.roster, principal: task.principal, now: this.#at, newId: task.newId });
    if (Result.isFailure(asked)) return asked.failure;
    let isAboutMembers = false;
    const situationOf = () => {
      isAboutMembers = true;
      return UNKNOWN;
    };
    const decided = Roster.decide(sheet.roster, asked.success, { now: this.#at, policy: sheet.policy, situationOf });
    return Result.isFailure(decided) && !isAboutMembers ? decided.failure : undefined;
  }

  /** Brings the members in who are concerned. */
  seat({
    members,
    access,
  }: {
    readonly members: Map<string, ConcernedMember>;
    readonly access: Map<string, MemberAccess>;
  }) {
    this.#members = members;
    this.#access = access;
  }

  /** What becomes of a task. **Errors** `NotFound`, the task's own, the roster's. */
  decide(task: AnyTask): Result.Result<Decided, unknown> {
    const { request, principal, memberId, newId, partner } = task;
    const sheet = this.#sheetOf(task);
    if (sheet === undefined || sheet.roster.session.tenantId !== principal.tenantId) return missing(request);
    if (memberId !== undefined && !this.#members.has(accessKey({ tenantId: principal.tenantId, memberId }))) {
      return Result.fail(new NotFound({ entityType: "Member", entityId: memberId }));
    }
    const at = this.#at;
    const asked = task.ask({ roster: sheet.roster, principal, now: at, newId });
    if (Result.isFailure(asked)) return Result.fail(asked.failure);
    const command = asked.success;
    const { situationOf, covers } = situations(
      sheet,
      { members: this.#members, access: this.#access },
      {
        now: at,
        isWalkIn: command._tag === "WalkIn",
        ...(partner && memberId && { partner: { memberId, said: partner } }),
      },
    );
    const decided = Roster.decide(sheet.roster, command, { now: at, policy: sheet.policy, situationOf });
    sheet.isLookedAt ||= command._tag === "Advance";
    if (Result.isFailure(decided)) return Result.fail(decided.failure);
    const happened = decided.success.map((event) => this.#happen(sheet, event, covers));
    return Result.succeed({
      task,
      command,
      events: decided.success,
      after: sheet.roster,
      happenings: happened.map(({ happening }) => happening),
      payables: happened.flatMap(({ payable }) => (payable === undefined ? [] : [payable])),
      wakeUps: happened.flatMap((each) => each.wakeUps),
    });
  }

  #sheetOf({ request: { sessionInstanceId, bookingId } }: AnyTask): Sheet | undefined {
    if (sessionInstanceId !== undefined) return this.#bySession.get(sessionInstanceId);
    return bookingId === undefined ? undefined : this.#byBooking.get(bookingId);
  }

  #happen(sheet: Sheet, event: Roster.RosterEvent, covers: ReadonlyMap<MemberId, MembershipCover>) {
    const subject = Roster.subjectOf(event);
    const isHeld = sheet.roster.waitlist.some((entry) => entry.id === subject && entry.isHeld);
    sheet.roster = Roster.evolve(sheet.roster, event);
    const { roster } = sheet;
    const happening = happeningOf(event, roster);
    const about = subject && (roster.bookings.get(subject) ?? Roster.entryIn(roster, subject));
    if (about === undefined) return { happening, wakeUps: [] };
    const { id: bookingId, memberId, tenantId, paidBy } = about;
    const key = accessKey({ tenantId, memberId });
    const payment = covers.get(memberId);
    const step = paidBy?.source === "membership" ? stepOf(event, isHeld) : undefined;
    if (step === "hold" && payment !== undefined) this.#pay(sheet, key, payment);
    if (event._tag === "SeatBooked") this.#take(sheet, bookingId, key);
    if (event._tag === "BookingCancelled") this.#giveBack(bookingId, key);
    const booking = roster.bookings.get(bookingId);
    if (booking?.penalty !== undefined) this.#account(sheet, booking, key);
    return {
      happening,
      wakeUps: dueNow(event, sheet, bookingId, this.#at),
      payable: step && { sheet, step, bookingId, memberId, payment },
    };
  }

  /** A visit is paid for: the next decision about the member sees what is left. */
  #pay({ roster: { session } }: Sheet, key: string, payment: MembershipCover) {
    const held = this.#access.get(key);
    if (held !== undefined) this.#access.set(key, afterPaying(held, payment, { civilDate: session.civilDate }));
  }

  /** A seat is taken: the next decision about the member sees it. */
  #take({ roster: { session } }: Sheet, bookingId: BookingId, key: string) {
    const { startTime, endTime, id: sessionInstanceId } = session;
    const member = this.#members.get(key);
    if (member === undefined) return;
    const commitments = [...member.commitments, { bookingId, sessionInstanceId, startTime, endTime }];
    this.#members.set(key, { ...member, commitments });
  }

  /** What stands against a member has changed: the next decision about it sees it. */
  #account({ roster: { session } }: Sheet, booking: Booking, key: string) {
    const member = this.#members.get(key);
    if (member === undefined) return;
    const standing = standingPenalty(booking, session);
    const others = member.penalties.filter(({ bookingId }) => bookingId !== booking.id);
    this.#members.set(key, { ...member, penalties: standing === undefined ? others : [...others, standing] });
  }

  /** A seat is given back: the member is free then. What was paid counts again once it is kept. */
  #giveBack(bookingId: BookingId, key: string) {
    const member = this.#members.get(key);
    if (member === undefined) return;
    const commitments = member.commitments.filter((commitment) => commitment.bookingId !== bookingId);
    this.#members.set(key, { ...member, commitments });
  }
}

/** A member nobody has looked at. */
const UNKNOWN: Roster.Situation = {
  cover: Result.succeed({ source: "open" }),
  elsewhere: [],
  advisedAgainst: [],
  waitlistPriority: 0,
  penalties: [],
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
  if (penaltyDue(bookings.get(entityId)?.penalty) !== undefined) {
    due.push({ kind: "penalty", tenantId, entityId, dueAt });
  }
  if (noticeFor(event) !== undefined) due.push({ kind: "notice", tenantId, entityId, dueAt });
  return due;
};

const missing = ({ bookingId, sessionInstanceId }: AnyTask["request"]) =>
  Result.fail(
    sessionInstanceId === undefined
      ? new NotFound({ entityType: "Booking", entityId: bookingId ?? "" })
      : new NotFound({ entityType: "SessionInstance", entityId: sessionInstanceId }),
  );
