import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { JourneyStatus, MovementJourney } from "../domain/MovementJourney.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";

export const ListJourneys = Schema.Struct({ status: Schema.optionalKey(JourneyStatus), ...pageFields }).annotate({
  identifier: "ListJourneys",
});

/** The tenant's journeys, oldest first. */
export const listJourneys = UseCase.query(
  "ListJourneys",
  { command: ListJourneys, answer: Page(MovementJourney), first: () => authorize("journey:read") },
  function* (command, { tenantId }) {
    return toPage(yield* JourneyStore.use((journeys) => journeys.list(tenantId, command, pageRequest(command))));
  },
);
