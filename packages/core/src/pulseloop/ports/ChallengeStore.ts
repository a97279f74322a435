import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { ChallengeId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { Challenge } from "../domain/Challenge.ts";

/**
 * Where challenges are kept.
 *
 * **Contract**
 * - `touching` answers every challenge, final ones too, whose window holds one of the days `from` to `to`, by id.
 * - `lock`, inside a unit of work, is `find`, and keeps everybody else who would lock this challenge waiting until the unit ends.
 * - `finalise` changes the status and its instant, nothing else.
 */
export class ChallengeStore extends Context.Service<
  ChallengeStore,
  {
    readonly find: (tenantId: TenantId, challengeId: ChallengeId) => Effect.Effect<Challenge, NotFound>;
    readonly lock: (tenantId: TenantId, challengeId: ChallengeId) => Effect.Effect<Challenge, NotFound>;
    readonly list: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<Challenge>>;
    readonly touching: (
      tenantId: TenantId,
      days: { readonly from: CivilDate; readonly to: CivilDate },
    ) => Effect.Effect<ReadonlyArray<Challenge>>;
    readonly insert: (challenge: Challenge) => Effect.Effect<void>;
    readonly finalise: (tenantId: TenantId, challengeId: ChallengeId, at: Instant) => Effect.Effect<void>;
  }
>()("@zmos/core/pulseloop/ports/ChallengeStore") {}
