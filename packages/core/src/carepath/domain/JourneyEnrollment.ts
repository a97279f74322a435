import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { JourneyEnrollmentId, MemberId, MovementJourneyId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";

/** A member on a journey. **Units** `adherenceScore`: a cached share, 0–1, as it stood at `lastEvaluatedAt`. */
export const JourneyEnrollment = Schema.Struct({
  id: JourneyEnrollmentId,
  tenantId: TenantId,
  journeyId: MovementJourneyId,
  memberId: MemberId,
  startDate: CivilDateFromString,
  endDate: Schema.optionalKey(CivilDateFromString),
  status: Schema.Literals(["active", "paused", "completed", "dropped"]),
  adherenceScore: Schema.optionalKey(Schema.Finite),
  lastEvaluatedAt: Schema.optionalKey(InstantFromString),
  createdAt: InstantFromString,
  updatedAt: InstantFromString,
}).annotate({ identifier: "JourneyEnrollment" });
export type JourneyEnrollment = typeof JourneyEnrollment.Type;
