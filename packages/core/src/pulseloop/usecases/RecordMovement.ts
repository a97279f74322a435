import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { LocationId, MemberId, MovementEventId, MovementTileId, SessionTypeId } from "../../kernel/Ids.ts";
import { ExternalId } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { ZoneName } from "../../kernel/ZoneName.ts";
import { authorize, NotPermitted } from "../../platform/index.ts";
import { DurationMinutes, FactVersion, Intensity, MovementEvent, MovementType } from "../domain/MovementEvent.ts";
import { OccurrenceFromString } from "../domain/Occurrence.ts";
import { RecordingDesk } from "./RecordingDesk.ts";
import type { ToldFact } from "./RecordFacts.ts";

/** Where a fact can be told from. A check-in tells its own. */
export const ToldSource = Schema.Literals(["manual", "import", "device", "partner"]);

/**
 * A movement to record, or to correct (a higher `version` of the same identity), or to withdraw (`isEnteredInError`).
 *
 * **Shape** identity is `source` and `externalId`, or `id`. Doing a tile is a `tile_completion` with its `tileId`; what is not told of duration
 * and intensity, the tile says.
 */
export const RecordMovement = Schema.Struct({
  id: Schema.optionalKey(MovementEventId),
  memberId: MemberId,
  type: MovementType,
  occurredAt: OccurrenceFromString,
  timezone: Schema.optionalKey(ZoneName),
  durationMinutes: Schema.optionalKey(DurationMinutes),
  intensity: Schema.optionalKey(Intensity),
  source: ToldSource.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed("manual" as const))),
  externalId: Schema.optionalKey(ExternalId),
  version: FactVersion.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed(1))),
  isEnteredInError: Schema.Boolean.pipe(Schema.withDecodingDefaultTypeKey(Effect.succeed(false))),
  locationId: Schema.optionalKey(LocationId),
  sessionTypeId: Schema.optionalKey(SessionTypeId),
  tileId: Schema.optionalKey(MovementTileId),
}).annotate({ identifier: "RecordMovement" });
export type RecordMovement = typeof RecordMovement.Type;

/** Records one movement, once: told again, it answers the fact that stands. While many are told at once, they are kept together. */
export const recordMovement = UseCase.make(
  "RecordMovement",
  { command: RecordMovement, answer: MovementEvent },
  function* (command) {
    const principal = yield* authorizeTelling(command);
    const key = yield* keyed(command);
    const desk = yield* RecordingDesk;
    return yield* desk.record({ principal, fact: command, ...(key !== undefined && { key }) });
  },
);

const keyed = UseCase.keyedRequest("RecordMovement", RecordMovement);

/** Members tell of themselves, by hand or by their device; what an import or a partner says, staff vouch for. */
export const authorizeTelling = Effect.fnUntraced(function* (fact: Pick<ToldFact, "memberId" | "source">) {
  const principal = yield* authorize("movement:record", fact.memberId);
  if (principal.actorType === "member" && fact.source !== "manual" && fact.source !== "device") {
    return yield* new NotPermitted({ permission: "movement:record", roles: [...principal.roles] });
  }
  return principal;
});
