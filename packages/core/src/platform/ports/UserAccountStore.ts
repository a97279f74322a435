import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { TenantId, UserAccountId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { UserAccount } from "../domain/UserAccount.ts";

/**
 * Where the accounts of staff are kept.
 *
 * **Contract**
 * - `list` is in order of id: oldest first.
 * - `byEmail` finds the account with an address, whatever its upper and lower case; a tenant has at most one.
 * - `lock`, inside a unit of work, answers an account and keeps everybody else who would lock it waiting until the unit ends.
 * - `change` makes an account that is there what it is told to be.
 */
export class UserAccountStore extends Context.Service<
  UserAccountStore,
  {
    readonly find: (tenantId: TenantId, userAccountId: UserAccountId) => Effect.Effect<UserAccount, NotFound>;
    readonly lock: (tenantId: TenantId, userAccountId: UserAccountId) => Effect.Effect<UserAccount, NotFound>;
    readonly list: (tenantId: TenantId, page: PageRequest) => Effect.Effect<Rows<UserAccount>>;
    readonly byEmail: (tenantId: TenantId, email: string) => Effect.Effect<UserAccount | undefined>;
    readonly insert: (account: UserAccount) => Effect.Effect<void>;
    readonly change: (account: UserAccount) => Effect.Effect<void>;
  }
>()("@zmos/core/platform/ports/UserAccountStore") {}
