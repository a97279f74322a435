import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { MovementJourneyId, type TenantId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { PrescriptionProfiles, TileStore } from "../../pulseloop/index.ts";
import { journeyFields, MovementJourney, phasesFill } from "../domain/MovementJourney.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";

/** **Shape** without `phases` every week asks for `targetGoals`; with them, their weeks add up to `durationWeeks`. */
export const CreateJourney = Schema.Struct(journeyFields)
  .check(
    Schema.makeFilter((journey) =>
      phasesFill(journey) ? undefined : { path: ["phases"], issue: "their weeks must add up to durationWeeks" },
    ),
  )
  .annotate({ identifier: "CreateJourney" });

/** Writes a programme that members can be put on. **Errors** `NotPermitted`; `NotFound` for what is prescribed and not there. */
export const createJourney = UseCase.command(
  "CreateJourney",
  { command: CreateJourney, answer: MovementJourney, first: () => authorize("journey:manage") },
  function* (command, { tenantId }) {
    yield* requirePrescribed(tenantId, command);
    const at = yield* now;
    const journey: MovementJourney = {
      ...command,
      id: yield* newId(MovementJourneyId),
      tenantId,
      status: "active",
      createdAt: at,
      updatedAt: at,
    };
    yield* JourneyStore.use((journeys) => journeys.insert(journey));
    yield* record({
      type: "JourneyCreated",
      entityType: "MovementJourney",
      entityId: journey.id,
      data: { name: journey.name, durationWeeks: journey.durationWeeks },
    });
    return journey;
  },
);

const requirePrescribed = Effect.fnUntraced(function* (
  tenantId: TenantId,
  { phases }: Pick<MovementJourney, "phases">,
) {
  const prescriptions = phases.flatMap((phase) => phase.prescriptions ?? []);
  const types = [...new Set(prescriptions.flatMap(({ sessionTypeId }) => sessionTypeId ?? []))];
  const known = yield* PrescriptionProfiles.use((profiles) => profiles.find(tenantId, types));
  const missing = types.find((id) => !known.has(id));
  if (missing !== undefined) return yield* new NotFound({ entityType: "SessionType", entityId: missing });

  const tiles = [...new Set(prescriptions.flatMap(({ tileId }) => tileId ?? []))];
  const knownTiles = yield* TileStore.use((store) => store.known(tenantId, tiles));
  const missingTile = tiles.find((id) => !knownTiles.has(id));
  if (missingTile !== undefined) return yield* new NotFound({ entityType: "MovementTile", entityId: missingTile });
});
