import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { MemberId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import type { ActivityCalendar } from "../domain/ActivityCalendar.ts";
import { isLive } from "../domain/DayCell.ts";
import { MovementTile, TileAssignment } from "../domain/MovementTile.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { TileStore } from "../ports/TileStore.ts";

export const ListAssignedTiles = Schema.Struct({ memberId: MemberId, ...pageFields }).annotate({
  identifier: "ListAssignedTiles",
});

/** A tile to do. **Units** `timesDone`: completions on the days it is assigned for. */
export const AssignedTile = Schema.Struct({
  assignment: TileAssignment,
  tile: MovementTile,
  timesDone: Schema.Int,
}).annotate({ identifier: "AssignedTile" });

/** The tiles a member is to do, in the order they were assigned, and how often it did. */
export const listAssignedTiles = UseCase.query(
  "ListAssignedTiles",
  {
    command: ListAssignedTiles,
    answer: Page(AssignedTile),
    first: ({ memberId }) => authorize("movement:read", memberId),
  },
  function* (command, { tenantId }) {
    const { memberId } = command;
    const tiles = yield* TileStore;
    const page = yield* tiles.assigned(tenantId, memberId, pageRequest(command));
    const known = yield* tiles.known(
      tenantId,
      page.rows.map(({ tileId }) => tileId),
    );
    const calendar = (yield* CalendarStore.use((store) => store.read(tenantId, [memberId], {}))).get(memberId);
    const rows = yield* Effect.forEach(page.rows, (assignment) => {
      const tile = known.get(assignment.tileId);
      return tile === undefined
        ? Effect.die(new Error("a tile that is assigned exists"))
        : Effect.succeed({ assignment, tile, timesDone: timesDone(calendar ?? new Map(), assignment) });
    });
    return toPage({ ...page, rows });
  },
);

const timesDone = (calendar: ActivityCalendar, { tileId, from, to }: TileAssignment): number => {
  let count = 0;
  for (const [day, { contributions }] of calendar) {
    if (from <= day && (to === undefined || day <= to))
      count += contributions.filter((one) => one.tileId === tileId && isLive(one)).length;
  }
  return count;
};
