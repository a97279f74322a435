import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { ChallengeId, ChallengeTeamId, MemberId, TenantId } from "../../kernel/Ids.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { ChallengeParticipant } from "../domain/ChallengeParticipant.ts";

/**
 * Who takes part in which challenge.
 *
 * **Contract**
 * - `insert` of somebody who was added since it was looked up makes the unit of work run again.
 * - `touching` answers the participations of these members in every challenge whose window holds one of the days `from` to `to`;
 *   `ofTeams` those of everybody in these teams.
 * - `list` is in order of member id.
 * - `show` changes the name and whether it is shown; `remove` forgets the participation.
 */
export class ParticipantStore extends Context.Service<
  ParticipantStore,
  {
    readonly find: (
      tenantId: TenantId,
      challengeId: ChallengeId,
      memberId: MemberId,
    ) => Effect.Effect<ChallengeParticipant | undefined>;
    readonly list: (
      tenantId: TenantId,
      challengeId: ChallengeId,
      page: PageRequest,
    ) => Effect.Effect<Rows<ChallengeParticipant>>;
    readonly touching: (
      tenantId: TenantId,
      memberIds: ReadonlyArray<MemberId>,
      days: { readonly from: CivilDate; readonly to: CivilDate },
    ) => Effect.Effect<ReadonlyArray<ChallengeParticipant>>;
    readonly ofTeams: (
      tenantId: TenantId,
      teamIds: ReadonlyArray<ChallengeTeamId>,
    ) => Effect.Effect<ReadonlyArray<ChallengeParticipant>>;
    readonly insert: (participant: ChallengeParticipant) => Effect.Effect<void>;
    readonly show: (participant: ChallengeParticipant) => Effect.Effect<void>;
    readonly remove: (participant: ChallengeParticipant) => Effect.Effect<void>;
  }
>()("@zmos/core/pulseloop/ports/ParticipantStore") {}
