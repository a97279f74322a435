import * as Result from "effect/Result";
import type { LocationId } from "../../kernel/Ids.ts";
import type { UserAccount } from "../../platform/domain/UserAccount.ts";
import type { Room } from "./Room.ts";
import { InstructorInactive, RoomElsewhere, RoomTooSmall } from "./TimetableRefusals.ts";

/** What a session is to be given. **Units** `capacity`: the seats it must have room for. */
export interface Assignment {
  readonly locationId: LocationId;
  readonly capacity: number;
  readonly instructor?: UserAccount | undefined;
  readonly room?: Room | undefined;
}

/** Whether an instructor and a room may be given to a session: the one works here, the other is there and is large enough. */
export const assign = ({
  locationId,
  capacity,
  instructor,
  room,
}: Assignment): Result.Result<void, InstructorInactive | RoomElsewhere | RoomTooSmall> => {
  if (instructor !== undefined && !instructor.isActive) {
    return Result.fail(new InstructorInactive({ instructorId: instructor.id }));
  }
  if (room !== undefined && room.locationId !== locationId) {
    return Result.fail(new RoomElsewhere({ roomId: room.id, locationId }));
  }
  if (room?.capacity !== undefined && room.capacity < capacity) {
    return Result.fail(new RoomTooSmall({ roomId: room.id, roomCapacity: room.capacity, capacity }));
  }
  return Result.succeed(undefined);
};
