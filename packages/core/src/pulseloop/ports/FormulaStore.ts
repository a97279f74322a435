import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import type { PageRequest } from "../../kernel/Page.ts";
import type { Formula } from "../domain/Formula.ts";

/** A formula as a tenant defined it. */
export interface StoredFormula {
  readonly formula: Formula;
  readonly createdAt: Instant;
}

/**
 * Where a tenant's own formulas are kept, every version.
 *
 * **Contract** `insert` adds a version, never changes one; one that somebody else added since it was looked up makes the unit of work
 * run again. `find` answers the version asked for, else the highest. `list` answers the highest version of each, in order of id, at
 * most `limit`.
 */
export class FormulaStore extends Context.Service<
  FormulaStore,
  {
    readonly insert: (tenantId: TenantId, stored: StoredFormula) => Effect.Effect<void>;
    readonly find: (tenantId: TenantId, id: string, version?: number) => Effect.Effect<StoredFormula | undefined>;
    readonly list: (tenantId: TenantId, page: PageRequest) => Effect.Effect<ReadonlyArray<StoredFormula>>;
  }
>()("@zmos/core/pulseloop/ports/FormulaStore") {}
