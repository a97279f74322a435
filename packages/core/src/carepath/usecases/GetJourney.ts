import * as Schema from "effect/Schema";
import { MovementJourneyId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementJourney } from "../domain/MovementJourney.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";

export const GetJourney = Schema.Struct({ journeyId: MovementJourneyId }).annotate({ identifier: "GetJourney" });

/** One journey. */
export const getJourney = UseCase.query(
  "GetJourney",
  { command: GetJourney, answer: MovementJourney, first: () => authorize("journey:read") },
  function* ({ journeyId }, { tenantId }) {
    return yield* JourneyStore.use((journeys) => journeys.find(tenantId, journeyId));
  },
);
