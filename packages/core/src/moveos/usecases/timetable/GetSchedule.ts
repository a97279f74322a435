import * as Schema from "effect/Schema";
import { ScheduleId } from "../../../kernel/Ids.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { Schedule } from "../../domain/Schedule.ts";
import { ScheduleStore } from "../../ports/ScheduleStore.ts";

export const GetSchedule = Schema.Struct({ scheduleId: ScheduleId }).annotate({ identifier: "GetSchedule" });

/** One series. */
export const getSchedule = UseCase.query(
  "GetSchedule",
  { command: GetSchedule, answer: Schedule, first: () => authorize("session:read") },
  function* ({ scheduleId }, { tenantId }) {
    return yield* ScheduleStore.use((schedules) => schedules.find(tenantId, scheduleId));
  },
);
