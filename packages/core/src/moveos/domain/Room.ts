import * as Schema from "effect/Schema";
import { LocationId, RoomId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";
import { Capacity } from "../../platform/domain/Location.ts";

/** A place within a location where one session is held at a time. **Units** `capacity`: people; absent, it has no limit of its own. */
export const Room = Schema.Struct({
  id: RoomId,
  tenantId: TenantId,
  locationId: LocationId,
  name: Name,
  capacity: Schema.optionalKey(Capacity),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "Room" });
export type Room = typeof Room.Type;
