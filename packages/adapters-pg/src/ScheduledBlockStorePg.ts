import type { TenantId } from "@zmos/core/kernel";
import { type Resources, Room, ScheduledBlock, ScheduledBlockStore } from "@zmos/core/moveos";
import { UserAccount } from "@zmos/core/platform";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { type Row, rowsOf } from "./Row.ts";
import { toTimestamp } from "./Timestamp.ts";

const accounts = rowsOf(UserAccount);
const rooms = rowsOf(Room);
const blocks = rowsOf(ScheduledBlock);

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;

  const read = (locking: string) =>
    Effect.fnUntraced(function* (tenantId: TenantId, { instructorIds, roomIds }: Resources) {
      const lock = sql.literal(locking);
      const instructors =
        instructorIds.length === 0
          ? []
          : yield* sql<Row>`
              select * from user_account where tenant_id = ${tenantId} and id = any(${instructorIds}::uuid[])
              order by id ${lock}`.unprepared;
      const places =
        roomIds.length === 0
          ? []
          : yield* sql<Row>`
              select * from room where tenant_id = ${tenantId} and id = any(${roomIds}::uuid[])
              order by id ${lock}`.unprepared;
      return {
        instructors: new Map(instructors.map(accounts.decode).map((account) => [account.id, account])),
        rooms: new Map(places.map(rooms.decode).map((room) => [room.id, room])),
      };
    }, Effect.orDie);

  return ScheduledBlockStore.of({
    // Accounts before rooms, each by id: everybody locks in the same order.
    lock: read("for no key update"),
    look: read(""),
    overlapping: (tenantId, { instructorIds, roomIds }, { from, to }) =>
      sql<Row>`
        select id as session_instance_id, instructor_id, room_id, start_time, end_time from session_instance
        where tenant_id = ${tenantId} and status <> 'cancelled'
          and start_time < ${toTimestamp(to)} and end_time > ${toTimestamp(from)}
          -- No session lasts longer than a day, so its start is near: that is what an index knows.
          and start_time > ${toTimestamp(from)}::timestamptz - interval '25 hours'
          and (instructor_id = any(${instructorIds}::uuid[]) or room_id = any(${roomIds}::uuid[]))
        order by start_time, id`.unprepared.pipe(
        Effect.orDie,
        Effect.map((found) => found.map(blocks.decode)),
      ),
  });
});

/** When instructors and rooms are taken, in PostgreSQL: their own rows are the lock. */
export const layer = Layer.effect(ScheduledBlockStore, make);
