import * as Schema from "effect/Schema";
import { LocationId } from "../../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../../kernel/Page.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { Schedule } from "../../domain/Schedule.ts";
import { ScheduleStore } from "../../ports/ScheduleStore.ts";

export const ListSchedules = Schema.Struct({ locationId: Schema.optionalKey(LocationId), ...pageFields }).annotate({
  identifier: "ListSchedules",
});

/** The tenant's series, oldest first; or those of a location. */
export const listSchedules = UseCase.query(
  "ListSchedules",
  { command: ListSchedules, answer: Page(Schedule), first: () => authorize("session:read") },
  function* (command, { tenantId }) {
    return toPage(yield* ScheduleStore.use((schedules) => schedules.list(tenantId, command, pageRequest(command))));
  },
);
