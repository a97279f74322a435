import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import type { MemberId, MovementEventId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { MovementEvent } from "../domain/MovementEvent.ts";
import type { Source } from "../domain/Movement.ts";

/** How a fact is looked up: by our id, or by who told it and what they call it. */
export type FactKey = { readonly id: MovementEventId } | { readonly source: Source; readonly externalId: string };

/**
 * Where movement facts are kept, every version of each.
 *
 * **Contract**
 * - `versions` answers every version of the facts asked for, in any order.
 * - `insert` adds versions, never changes one. A version that somebody else added since it was looked up makes the unit of work
 *   run again.
 * - `find` and `list` answer the version that stands (entered in error wins, else the highest); `list` leaves out what was entered in
 *   error, is in order of civil day, then id, and takes `from` and `to` as included days.
 * - `standing` answers every fact of these members that stands, in no order, without what was entered in error; with `knownAt`, as it
 *   stood by the versions recorded by then; `to`: on days up to this one.
 */
export class MovementStore extends Context.Service<
  MovementStore,
  {
    readonly versions: (
      tenantId: TenantId,
      keys: ReadonlyArray<FactKey>,
    ) => Effect.Effect<ReadonlyArray<MovementEvent>>;
    readonly insert: (events: ReadonlyArray<MovementEvent>) => Effect.Effect<void>;
    readonly find: (tenantId: TenantId, movementEventId: MovementEventId) => Effect.Effect<MovementEvent, NotFound>;
    readonly standing: (
      tenantId: TenantId,
      memberIds: ReadonlyArray<MemberId>,
      bounds: { readonly knownAt?: Instant; readonly to?: CivilDate },
    ) => Effect.Effect<ReadonlyArray<MovementEvent>>;
    readonly list: (
      tenantId: TenantId,
      filter: { readonly memberId: MemberId; readonly from?: CivilDate; readonly to?: CivilDate },
      page: PageRequest,
    ) => Effect.Effect<Rows<MovementEvent>>;
  }
>()("@zmos/core/pulseloop/ports/MovementStore") {}
