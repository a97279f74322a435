import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId, MovementTileId, TenantId, TileAssignmentId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name, Prose } from "../../kernel/Text.ts";
import { DurationMinutes, Intensity } from "./MovementEvent.ts";

/**
 * A micro-activity anybody can do anywhere: ten squats, a walk round the block. Doing it is a movement.
 *
 * **Units** `durationMinutes`: minutes, more than none; what a completion counts as that does not say how long it took.
 */
export const MovementTile = Schema.Struct({
  id: MovementTileId,
  tenantId: TenantId,
  name: Name,
  description: Schema.optionalKey(Prose),
  durationMinutes: DurationMinutes.check(Schema.isGreaterThan(0)),
  intensity: Intensity,
  category: Name,
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "MovementTile" });
export type MovementTile = typeof MovementTile.Type;

/** That a member is to do a tile. **Units** `from`, `to`: civil days where the member lives, both included; without `to`, for good. */
export const TileAssignment = Schema.Struct({
  id: TileAssignmentId,
  tenantId: TenantId,
  tileId: MovementTileId,
  memberId: MemberId,
  from: CivilDateFromString,
  to: Schema.optionalKey(CivilDateFromString),
  assignedBy: Schema.String,
  createdAt: InstantFromString,
}).annotate({ identifier: "TileAssignment" });
export type TileAssignment = typeof TileAssignment.Type;
