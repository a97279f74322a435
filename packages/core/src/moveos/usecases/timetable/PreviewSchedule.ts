import * as Schema from "effect/Schema";
import { InstantFromString } from "../../../kernel/Instant.ts";
import { LocalDateTime } from "../../../kernel/LocalTime.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { BlockConflict } from "../../domain/ScheduledBlocks.ts";
import { CONFLICTS_NAMED } from "../../domain/TimetableRefusals.ts";
import { findConflicts, lookAtResources, resourcesOf } from "./ClaimBlocks.ts";
import { draftSchedule, ScheduleDraft } from "./DraftSchedule.ts";

export const PreviewSchedule = ScheduleDraft.annotate({ identifier: "PreviewSchedule" });

/** What a series would put on the timetable, and the first fifty of what is in the way. */
export const SchedulePreview = Schema.Struct({
  occurrences: Schema.Array(
    Schema.Struct({ start: LocalDateTime, startTime: InstantFromString, endTime: InstantFromString }),
  ),
  conflicts: Schema.Array(BlockConflict),
  conflictCount: Schema.Int,
}).annotate({ identifier: "SchedulePreview" });

/** Shows the sessions a series would have, and what is in their way. Keeps nothing. **Errors** as for creating it, but for `ScheduleConflict`. */
export const previewSchedule = UseCase.query(
  "PreviewSchedule",
  { command: PreviewSchedule, answer: SchedulePreview, first: () => authorize("session:manage") },
  function* (command, { tenantId }) {
    const found = yield* lookAtResources(tenantId, resourcesOf([command]));
    const { sessions } = yield* draftSchedule(tenantId, command, found);
    const conflicts = yield* findConflicts(tenantId, sessions);
    return {
      occurrences: sessions.map(({ recurrenceStart = "", startTime, endTime }) => ({
        start: recurrenceStart,
        startTime,
        endTime,
      })),
      conflicts: conflicts.slice(0, CONFLICTS_NAMED),
      conflictCount: conflicts.length,
    };
  },
);
