import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { MovementJourneyId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { JourneyStatus, MovementJourney } from "../domain/MovementJourney.ts";

/**
 * Where journeys are kept.
 *
 * **Contract** `list` is in order of id: oldest first; with `status`, only those. `save` changes a journey that is there.
 */
export class JourneyStore extends Context.Service<
  JourneyStore,
  {
    readonly find: (tenantId: TenantId, journeyId: MovementJourneyId) => Effect.Effect<MovementJourney, NotFound>;
    readonly list: (
      tenantId: TenantId,
      filter: { readonly status?: JourneyStatus },
      page: PageRequest,
    ) => Effect.Effect<Rows<MovementJourney>>;
    readonly insert: (journey: MovementJourney) => Effect.Effect<void>;
    readonly save: (journey: MovementJourney) => Effect.Effect<void>;
  }
>()("@zmos/core/carepath/ports/JourneyStore") {}
