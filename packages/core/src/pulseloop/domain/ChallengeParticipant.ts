import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { ChallengeId, ChallengeTeamId, MemberId, TenantId } from "../../kernel/Ids.ts";
import { InstantFromString } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";

/**
 * That a member takes part in a challenge.
 *
 * **Shape** `joinedOn`: the civil day it was where the member lives; `displayName`: how the board names the member; `isShown`: whether the
 * board names it at all. Whoever is not shown is ranked like everyone else, so that others' places stay true.
 */
export const ChallengeParticipant = Schema.Struct({
  tenantId: TenantId,
  challengeId: ChallengeId,
  memberId: MemberId,
  joinedAt: InstantFromString,
  joinedOn: CivilDateFromString,
  displayName: Name,
  isShown: Schema.Boolean,
  teamId: Schema.optionalKey(ChallengeTeamId),
}).annotate({ identifier: "ChallengeParticipant" });
export type ChallengeParticipant = typeof ChallengeParticipant.Type;
