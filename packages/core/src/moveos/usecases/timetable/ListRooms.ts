import * as Schema from "effect/Schema";
import { LocationId } from "../../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../../kernel/Page.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { Room } from "../../domain/Room.ts";
import { RoomStore } from "../../ports/RoomStore.ts";

export const ListRooms = Schema.Struct({ locationId: Schema.optionalKey(LocationId), ...pageFields }).annotate({
  identifier: "ListRooms",
});

/** The tenant's rooms, oldest first; or those of a location. */
export const listRooms = UseCase.query(
  "ListRooms",
  { command: ListRooms, answer: Page(Room), first: () => authorize("location:read") },
  function* (command, { tenantId }) {
    return toPage(yield* RoomStore.use((rooms) => rooms.list(tenantId, command, pageRequest(command))));
  },
);
