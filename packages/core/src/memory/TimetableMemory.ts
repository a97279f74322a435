/** The timetable's ports in memory: rooms, series, who and what is taken, calendar feeds. */
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { TenantId } from "../kernel/Ids.ts";
import { NotFound } from "../kernel/NotFound.ts";
import {
  type CalendarFeed,
  CalendarFeedStore,
  type Resources,
  type Room,
  RoomStore,
  ScheduledBlocks,
  ScheduledBlockStore,
  type Schedule,
  ScheduleStore,
  SessionInstanceStore,
} from "../moveos/index.ts";
import { UserAccountStore } from "../platform/index.ts";
import { MemoryDatabase, type MemoryTable } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

interface KeptFeed {
  readonly tenantId: TenantId;
  readonly digest: string;
  readonly feed: CalendarFeed;
}

const find = <Row>(rows: MemoryTable<Row>, entityType: string, tenantId: string, entityId: string) =>
  Effect.suspend(() => {
    const row = rows.get(`${tenantId}/${entityId}`);
    return row === undefined ? Effect.fail(new NotFound({ entityType, entityId })) : Effect.succeed(row);
  });

const of = <Row extends { readonly tenantId: string }>(rows: MemoryTable<Row>, tenantId: string): Array<Row> =>
  [...rows.values()].filter((row) => row.tenantId === tenantId);

/** As many sessions as there can be. */
const ALL = { limit: Number.MAX_SAFE_INTEGER };

export const layer = Layer.effectContext(
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const rooms = database.table<Room>();
    const schedules = database.table<Schedule>();
    const feeds = database.table<KeptFeed>();
    const sessions = yield* SessionInstanceStore;
    const accounts = yield* UserAccountStore;

    const roomStore = RoomStore.of({
      find: (tenantId, id) => find(rooms, "Room", tenantId, id),
      list: (tenantId, { locationId }, page) =>
        Effect.sync(() =>
          pageOf(
            of(rooms, tenantId).filter((room) => room.locationId === (locationId ?? room.locationId)),
            page,
            ({ id }) => [id],
          ),
        ),
      insert: (room) => Effect.sync(() => rooms.set(`${room.tenantId}/${room.id}`, room)),
    });

    const keepSchedule = (schedule: Schedule) =>
      Effect.sync(() => schedules.set(`${schedule.tenantId}/${schedule.id}`, schedule));
    const scheduleStore = ScheduleStore.of({
      find: (tenantId, id) => find(schedules, "Schedule", tenantId, id),
      // Units of work go one at a time, so whoever is in one has everything locked.
      lock: (tenantId, id) => find(schedules, "Schedule", tenantId, id),
      lockBehind: (tenantId, extendedTo) =>
        Effect.sync(() =>
          of(schedules, tenantId)
            .filter((schedule) => schedule.extendedTo < extendedTo)
            .toSorted((left, right) => (left.id < right.id ? -1 : 1)),
        ),
      list: (tenantId, { locationId }, page) =>
        Effect.sync(() =>
          pageOf(
            of(schedules, tenantId).filter((schedule) => schedule.locationId === (locationId ?? schedule.locationId)),
            page,
            ({ id }) => [id],
          ),
        ),
      insert: keepSchedule,
      change: keepSchedule,
    });

    const look = Effect.fnUntraced(function* (tenantId: TenantId, { instructorIds, roomIds }: Resources) {
      const instructors = yield* Effect.forEach(instructorIds, (id) => Effect.option(accounts.find(tenantId, id)));
      const known = roomIds.flatMap((id) => rooms.get(`${tenantId}/${id}`) ?? []);
      return {
        instructors: new Map(
          instructors.flatMap((found) => (found._tag === "Some" ? [[found.value.id, found.value] as const] : [])),
        ),
        rooms: new Map(known.map((room) => [room.id, room])),
      };
    });
    const blockStore = ScheduledBlockStore.of({
      lock: look,
      look,
      overlapping: (tenantId, { instructorIds, roomIds }, { from, to }) =>
        Effect.map(sessions.list(tenantId, { to }, ALL), ({ rows }) =>
          rows
            .flatMap((session) => ScheduledBlocks.blockOf(session) ?? [])
            .filter(
              ({ instructorId, roomId, endTime }) =>
                endTime > from &&
                ((instructorId !== undefined && instructorIds.includes(instructorId)) ||
                  (roomId !== undefined && roomIds.includes(roomId))),
            ),
        ),
    });

    const feedStore = CalendarFeedStore.of({
      find: (tenantId, id) => Effect.map(find(feeds, "CalendarFeed", tenantId, id), ({ feed }) => feed),
      byDigest: (tenantId, digest) =>
        Effect.sync(() => of(feeds, tenantId).find((kept) => kept.digest === digest)?.feed),
      list: (tenantId, { issuedBy }, page) =>
        Effect.sync(() => {
          const shown = of(feeds, tenantId).map(({ feed }) => feed);
          return pageOf(
            shown.filter((feed) => feed.issuedBy === (issuedBy ?? feed.issuedBy)),
            page,
            ({ id }) => [id],
          );
        }),
      insert: (feed, digest) =>
        Effect.sync(() => feeds.set(`${feed.tenantId}/${feed.id}`, { tenantId: feed.tenantId, digest, feed })),
      revoke: (tenantId, id, at) =>
        Effect.sync(() => {
          const kept = feeds.get(`${tenantId}/${id}`);
          if (kept === undefined || kept.feed.revokedAt !== undefined) return;
          feeds.set(`${tenantId}/${id}`, { ...kept, feed: { ...kept.feed, revokedAt: at } });
        }),
    });

    return Context.make(RoomStore, roomStore).pipe(
      Context.add(ScheduleStore, scheduleStore),
      Context.add(ScheduledBlockStore, blockStore),
      Context.add(CalendarFeedStore, feedStore),
    );
  }),
);
