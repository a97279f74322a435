/** MoveOS's ports in memory. */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { SessionTypeId, TenantId } from "../kernel/Ids.ts";
import type { Instant } from "../kernel/Instant.ts";
import { NotFound } from "../kernel/NotFound.ts";
import {
  type Booking,
  type BookingPolicy,
  BookingPolicyStore,
  holdsSeat,
  inLine,
  isInLine,
  type MemberKey,
  type PolicyOverride,
  policyOf,
  type RosterRequest,
  RosterStore,
  type SessionInstance,
  SessionInstanceStore,
  type SessionType,
  SessionTypeStore,
  standingPenalty,
  type WaitlistEntry,
} from "../moveos/index.ts";
import { MemberStore, TenantStore } from "../platform/index.ts";
import { type PrescriptionProfile, PrescriptionProfiles } from "../pulseloop/index.ts";
import { MemoryDatabase, type MemoryTable } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";
import { sessionInstances } from "./SessionInstanceMemory.ts";

const find = <Row>(rows: MemoryTable<Row>, entityType: string, tenantId: string, entityId: string) =>
  Effect.suspend(() => {
    const row = rows.get(`${tenantId}/${entityId}`);
    return row === undefined ? Effect.fail(new NotFound({ entityType, entityId })) : Effect.succeed(row);
  });

const of = <Row extends { readonly tenantId: string }>(rows: MemoryTable<Row>, tenantId: string): Array<Row> =>
  [...rows.values()].filter((row) => row.tenantId === tenantId);

interface SessionTypeOverride {
  readonly tenantId: TenantId;
  readonly sessionTypeId: SessionTypeId;
  readonly override: PolicyOverride;
}

export const layer = Layer.effectContext(
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const types = database.table<SessionType>();
    const sessions = database.table<SessionInstance>();
    const bookings = database.table<Booking>();
    const entries = database.table<WaitlistEntry>();
    const policies = database.table<BookingPolicy>();
    const overrides = database.table<SessionTypeOverride>();
    const memberStore = yield* MemberStore;
    const tenantStore = yield* TenantStore;

    const sessionTypeStore = SessionTypeStore.of({
      find: (tenantId, id) => find(types, "SessionType", tenantId, id),
      list: (tenantId, page) => Effect.sync(() => pageOf(of(types, tenantId), page, ({ id }) => [id])),
      insert: (type) => Effect.sync(() => types.set(`${type.tenantId}/${type.id}`, type)),
    });

    const profiles = PrescriptionProfiles.of({
      find: (tenantId, ids) =>
        Effect.sync(() => {
          const known = ids.map((id) => types.get(`${tenantId}/${id}`)).filter((type) => type !== undefined);
          return new Map(
            known.map(({ id, intensity }): [typeof id, PrescriptionProfile] => [id, intensity ? { intensity } : {}]),
          );
        }),
    });

    const sessionStore = sessionInstances(sessions, bookings);

    const read = (requests: ReadonlyArray<RosterRequest>, now: Instant) =>
      Effect.gen(function* () {
        const named = new Set<string>();
        const concerned = new Set<string>();
        const whole = new Set<string>();
        const wanted = new Map<string, SessionInstance>();
        for (const { tenantId, sessionInstanceId, bookingId, memberId, isWhole } of requests) {
          const about = bookings.get(`${tenantId}/${bookingId}`) ?? entries.get(`${tenantId}/${bookingId}`);
          const session = sessions.get(`${tenantId}/${sessionInstanceId ?? about?.sessionInstanceId}`);
          if (session !== undefined) wanted.set(session.id, session);
          if (session !== undefined && isWhole === true) whole.add(session.id);
          if (bookingId !== undefined) named.add(bookingId);
          if (about !== undefined) concerned.add(about.memberId);
          if (memberId !== undefined) concerned.add(memberId);
        }
        return yield* Effect.forEach(wanted.values(), (session) =>
          Effect.map(tenantStore.find(session.tenantId), ({ weekStart }) => {
            const { tenantId, sessionTypeId } = session;
            const isEverybody = whole.has(session.id) || session.startTime - 3_600_000 <= now;
            const isOfSession = ({ sessionInstanceId }: Booking | WaitlistEntry) => sessionInstanceId === session.id;
            const held = of(bookings, tenantId).filter(
              (booking) =>
                isOfSession(booking) &&
                ((holdsSeat(booking) && (isEverybody || concerned.has(booking.memberId))) ||
                  booking.penalty?.status === "pending" ||
                  (booking.penalty?.status === "final" && whole.has(session.id)) ||
                  named.has(booking.id)),
            );
            const waiting = of(entries, tenantId).filter(
              (entry) => isOfSession(entry) && (isInLine(entry) || named.has(entry.id)),
            );
            return {
              roster: {
                session,
                bookings: new Map(held.map((booking) => [booking.id, booking])),
                waitlist: waiting.toSorted(inLine),
              },
              policy: policyOf(policies.get(tenantId), overrides.get(`${tenantId}/${sessionTypeId}`)?.override),
              weekStart,
              contraindications: types.get(`${tenantId}/${sessionTypeId}`)?.contraindications ?? [],
            };
          }),
        );
      }).pipe(Effect.orDie);

    const penaltiesOf = (keys: ReadonlyArray<MemberKey>, tenantId: string, memberId: string) => {
      const from = keys.find((key) => key.tenantId === tenantId && key.memberId === memberId)?.penaltiesFrom;
      if (from === undefined) return [];
      return of(bookings, tenantId).flatMap((booking) => {
        const session = sessions.get(`${tenantId}/${booking.sessionInstanceId}`);
        if (booking.memberId !== memberId || session === undefined || session.startTime < from) return [];
        const standing = standingPenalty(booking, session);
        return standing === undefined ? [] : [standing];
      });
    };

    const readMembers = (keys: ReadonlyArray<MemberKey>, now: Instant) =>
      Effect.map(
        Effect.forEach(keys, ({ tenantId, memberId }) => memberStore.named(tenantId, [memberId])),
        (found) => found.flatMap((named) => [...named.values()]),
      ).pipe(
        Effect.map((found) =>
          found.map(({ id: memberId, tenantId, constraints = [] }) => ({
            tenantId,
            memberId,
            constraints,
            penalties: penaltiesOf(keys, tenantId, memberId),
            commitments: of(bookings, tenantId).flatMap(({ id: bookingId, status, sessionInstanceId, ...booking }) => {
              const session = sessions.get(`${tenantId}/${sessionInstanceId}`);
              if (booking.memberId !== memberId || status !== "booked") return [];
              if (session === undefined || session.endTime <= now) return [];
              const { startTime, endTime } = session;
              return [{ bookingId, sessionInstanceId, startTime, endTime }];
            }),
          })),
        ),
      );

    const rosterStore = RosterStore.of({
      // Units of work go one at a time, so whoever is in one has everything locked.
      lock: read,
      look: read,
      lockMembers: readMembers,
      lookAtMembers: readMembers,
      knownMembers: (keys) =>
        Effect.filter(keys, ({ tenantId, memberId }) =>
          Effect.map(memberStore.named(tenantId, [memberId]), (named) => named.size > 0),
        ),
      save: (changes) =>
        Effect.sync(() => {
          for (const session of changes.sessions) sessions.set(`${session.tenantId}/${session.id}`, session);
          for (const booking of changes.bookings) bookings.set(`${booking.tenantId}/${booking.id}`, booking);
          for (const entry of changes.entries) entries.set(`${entry.tenantId}/${entry.id}`, entry);
        }),
      findBooking: (tenantId, id) => find(bookings, "Booking", tenantId, id),
      upcoming: (tenantId, memberId, from, count) =>
        Effect.sync(() =>
          of(bookings, tenantId)
            .filter((booking) => booking.memberId === memberId && booking.status === "booked")
            .flatMap((booking) => {
              const session = sessions.get(`${tenantId}/${booking.sessionInstanceId}`);
              return session === undefined || session.startTime < from ? [] : [{ booking, session }];
            })
            .toSorted((left, right) => left.session.startTime - right.session.startTime)
            .slice(0, count),
        ),
      listBookings: (tenantId, { memberId, sessionInstanceId }, page) =>
        Effect.sync(() => {
          const shown = of(bookings, tenantId).filter(
            (booking) =>
              booking.memberId === (memberId ?? booking.memberId) &&
              booking.sessionInstanceId === (sessionInstanceId ?? booking.sessionInstanceId),
          );
          return pageOf(shown, page, ({ id }) => [id]);
        }),
    });

    const policyStore = BookingPolicyStore.of({
      find: (tenantId) =>
        Effect.sync(() => {
          const tenant = policies.get(tenantId);
          const kept = of(overrides, tenantId).filter(({ override }) => Object.keys(override).length > 0);
          return {
            ...(tenant !== undefined && { tenant }),
            overrides: new Map(kept.map(({ sessionTypeId, override }) => [sessionTypeId, override])),
          };
        }),
      keep: (tenantId, policy) => Effect.sync(() => policies.set(tenantId, policy)),
      keepOverride: (tenantId, sessionTypeId, override) =>
        Effect.sync(() => overrides.set(`${tenantId}/${sessionTypeId}`, { tenantId, sessionTypeId, override })),
    });

    return Context.make(SessionTypeStore, sessionTypeStore).pipe(
      Context.add(BookingPolicyStore, policyStore),
      Context.add(PrescriptionProfiles, profiles),
      Context.add(SessionInstanceStore, sessionStore),
      Context.add(RosterStore, rosterStore),
    );
  }),
);
