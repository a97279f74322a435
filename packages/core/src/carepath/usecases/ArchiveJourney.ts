import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { MovementJourneyId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementJourney } from "../domain/MovementJourney.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";

export const ArchiveJourney = Schema.Struct({ journeyId: MovementJourneyId }).annotate({
  identifier: "ArchiveJourney",
});

/** Closes a journey to new members; who is on it goes on. Archived before, it stays as it is. */
export const archiveJourney = UseCase.command(
  "ArchiveJourney",
  { command: ArchiveJourney, answer: MovementJourney, first: () => authorize("journey:manage") },
  function* ({ journeyId }, { tenantId }) {
    const journeys = yield* JourneyStore;
    const journey = yield* journeys.find(tenantId, journeyId);
    if (journey.status === "archived") return journey;
    const archived: MovementJourney = { ...journey, status: "archived", updatedAt: yield* now };
    yield* journeys.save(archived);
    yield* record({ type: "JourneyArchived", entityType: "MovementJourney", entityId: journeyId, data: {} });
    return archived;
  },
);
