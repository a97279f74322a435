import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { MemberId, MovementTileId, TileAssignmentId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { InvalidCommand } from "../../kernel/InvalidCommand.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { civilDateOf } from "../../kernel/ZoneRules.ts";
import { authorize, MemberStore, TenantStore } from "../../platform/index.ts";
import { TileAssignment } from "../domain/MovementTile.ts";
import { TileStore } from "../ports/TileStore.ts";

/** **Shape** without `from`, from today where the member lives; without `to`, for good. */
export const AssignTile = Schema.Struct({
  memberId: MemberId,
  tileId: MovementTileId,
  from: Schema.optionalKey(CivilDateFromString),
  to: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "AssignTile" });

/** Gives a member a tile to do. For staff. */
export const assignTile = UseCase.command(
  "AssignTile",
  { command: AssignTile, answer: TileAssignment, first: () => authorize("movement:record") },
  function* ({ memberId, tileId, from: given, to }, { tenantId, actorId }) {
    const member = yield* MemberStore.use((members) => members.find(tenantId, memberId));
    const tiles = yield* TileStore;
    yield* tiles.find(tenantId, tileId);
    const tenant = yield* Effect.orDie(TenantStore.use((tenants) => tenants.find(tenantId)));
    const createdAt = yield* now;
    const from = given ?? civilDateOf(member.timezone ?? tenant.timezone, createdAt, tenant.dayStartHours);
    if (to !== undefined && to < from) {
      return yield* new InvalidCommand({ errors: [{ path: "/to", message: "Expected a day not before the first" }] });
    }
    const assignment: TileAssignment = {
      id: yield* newId(TileAssignmentId),
      tenantId,
      tileId,
      memberId,
      from,
      ...(to !== undefined && { to }),
      assignedBy: actorId,
      createdAt,
    };
    yield* tiles.assign(assignment);
    yield* record({
      type: "TileAssigned",
      entityType: "TileAssignment",
      entityId: assignment.id,
      data: encode(assignment),
    });
    return assignment;
  },
);

const encode = Schema.encodeSync(TileAssignment);
