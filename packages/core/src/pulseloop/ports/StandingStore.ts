import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { ChallengeId, TenantId } from "../../kernel/Ids.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { ChallengeStanding, EntrantId, KeptStanding } from "../domain/ChallengeStanding.ts";
import type { RankStyle, Start } from "../domain/Leaderboard.ts";

/** A place in the order of a board: value, then the earlier day, then the smaller id. */
export type Place = Pick<ChallengeStanding, "value" | "reachedOn" | "entrantId">;

/**
 * The boards of challenges, kept in their order.
 *
 * **Contract**
 * - `keep` adds lines, or takes what the facts say by now into those there are; the board's own value follows until the line is final. Name
 *   and visibility of a line that is there stay.
 * - `lock`, inside a unit of work, keeps everybody else who would lock one of these lines waiting until the unit ends, in one order,
 *   whatever the order asked in.
 * - `page` answers lines in the order of the board (`domain/Leaderboard.ts`), hidden ones included: after a place, or, `backwards`, before
 *   it, nearest first.
 * - `start` answers how many stand before this place, and its rank. It counts in the order's index: it reads no facts, and no line behind.
 * - `finalise` takes what the facts say into every line of the board, and makes it final; it answers how many lines that changed.
 * - `changed` lists the lines that late facts would change, by entrant.
 */
export class StandingStore extends Context.Service<
  StandingStore,
  {
    readonly find: (
      tenantId: TenantId,
      challengeId: ChallengeId,
      entrantId: EntrantId,
    ) => Effect.Effect<ChallengeStanding | undefined>;
    readonly lock: (tenantId: TenantId, entrantIds: ReadonlyArray<EntrantId>) => Effect.Effect<void>;
    readonly keep: (tenantId: TenantId, standings: ReadonlyArray<KeptStanding>) => Effect.Effect<void>;
    readonly show: (tenantId: TenantId, line: Omit<KeptStanding, "value" | "reachedOn">) => Effect.Effect<void>;
    readonly remove: (tenantId: TenantId, challengeId: ChallengeId, entrantId: EntrantId) => Effect.Effect<void>;
    readonly page: (
      tenantId: TenantId,
      challengeId: ChallengeId,
      request: { readonly limit: number; readonly from?: Place; readonly backwards?: boolean },
    ) => Effect.Effect<ReadonlyArray<ChallengeStanding>>;
    readonly start: (
      tenantId: TenantId,
      challengeId: ChallengeId,
      place: Place,
      style: RankStyle,
    ) => Effect.Effect<Start>;
    readonly finalise: (tenantId: TenantId, challengeId: ChallengeId) => Effect.Effect<number>;
    readonly changed: (
      tenantId: TenantId,
      challengeId: ChallengeId,
      page: PageRequest,
    ) => Effect.Effect<Rows<ChallengeStanding>>;
  }
>()("@zmos/core/pulseloop/ports/StandingStore") {}
