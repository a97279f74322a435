import * as Schema from "effect/Schema";
import { RoomId } from "../../../kernel/Ids.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { Room } from "../../domain/Room.ts";
import { RoomStore } from "../../ports/RoomStore.ts";

export const GetRoom = Schema.Struct({ roomId: RoomId }).annotate({ identifier: "GetRoom" });

/** One room. */
export const getRoom = UseCase.query(
  "GetRoom",
  { command: GetRoom, answer: Room, first: () => authorize("location:read") },
  function* ({ roomId }, { tenantId }) {
    return yield* RoomStore.use((rooms) => rooms.find(tenantId, roomId));
  },
);
