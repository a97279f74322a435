import * as Schema from "effect/Schema";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { LocationId, RoomId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { Name } from "../../../kernel/Text.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize, Capacity, LocationStore } from "../../../platform/index.ts";
import { Room } from "../../domain/Room.ts";
import { RoomStore } from "../../ports/RoomStore.ts";

export const CreateRoom = Schema.Struct({
  locationId: LocationId,
  name: Name,
  capacity: Schema.optionalKey(Capacity),
}).annotate({ identifier: "CreateRoom" });

/** Adds a room to a location. **Errors** `NotPermitted`, `NotFound`. */
export const createRoom = UseCase.command(
  "CreateRoom",
  { command: CreateRoom, answer: Room, first: () => authorize("location:manage") },
  function* (command, { tenantId }) {
    yield* LocationStore.use((locations) => locations.find(tenantId, command.locationId));
    const at = yield* now;
    const room: Room = { ...command, id: yield* newId(RoomId), tenantId, createdAt: at, updatedAt: at };
    yield* RoomStore.use((rooms) => rooms.insert(room));
    yield* record({
      type: "RoomCreated",
      entityType: "Room",
      entityId: room.id,
      data: { name: room.name, locationId: room.locationId },
    });
    return room;
  },
);
