import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { ExcuseId, MemberId, TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { GrantedExcuse } from "../domain/GrantedExcuse.ts";

/**
 * Where excused days are kept, every version of each.
 *
 * **Contract**
 * - `insert` adds a version, never changes one. A version that somebody else added since it was looked up makes the unit of work run
 *   again.
 * - `find`, `list` and `standing` answer the version that stands (entered in error wins, else the highest); `list` and `standing`
 *   leave out what was entered in error. `list` is in order of id.
 * - `standing` answers, for each member asked for, every excuse in order of its first day; with `knownAt`, as it stood by the versions
 *   recorded by then.
 */
export class ExcuseStore extends Context.Service<
  ExcuseStore,
  {
    readonly insert: (excuse: GrantedExcuse) => Effect.Effect<void>;
    readonly find: (tenantId: TenantId, excuseId: ExcuseId) => Effect.Effect<GrantedExcuse, NotFound>;
    readonly list: (tenantId: TenantId, memberId: MemberId, page: PageRequest) => Effect.Effect<Rows<GrantedExcuse>>;
    readonly standing: (
      tenantId: TenantId,
      memberIds: ReadonlyArray<MemberId>,
      knownAt?: Instant,
    ) => Effect.Effect<ReadonlyMap<MemberId, ReadonlyArray<GrantedExcuse>>>;
  }
>()("@zmos/core/pulseloop/ports/ExcuseStore") {}
