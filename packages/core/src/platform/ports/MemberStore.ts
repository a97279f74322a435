import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { MemberId, TenantId } from "../../kernel/Ids.ts";
import type { NotFound } from "../../kernel/NotFound.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import type { Member, MemberZone } from "../domain/Member.ts";

/**
 * Where members are kept, with the zones they lived in.
 *
 * **Contract**
 * - `list` is in order of id: oldest first; with `externalPartyId`, only members that have it.
 * - `named` answers those of the members asked for that exist in this tenant.
 * - `insert` keeps a member's zone, where it has one, as in force from `createdAt`.
 * - `saveConstraints` keeps what a member has declared, and nothing else of it.
 * - `zones` answers, for each member asked for that exists, the zones it had; a member without any has an empty list. A member
 *   that does not exist in this tenant is absent.
 */
export class MemberStore extends Context.Service<
  MemberStore,
  {
    readonly find: (tenantId: TenantId, memberId: MemberId) => Effect.Effect<Member, NotFound>;
    readonly list: (
      tenantId: TenantId,
      filter: { readonly externalPartyId?: string },
      page: PageRequest,
    ) => Effect.Effect<Rows<Member>>;
    readonly named: (
      tenantId: TenantId,
      memberIds: ReadonlyArray<MemberId>,
    ) => Effect.Effect<ReadonlyMap<MemberId, Member>>;
    readonly insert: (member: Member) => Effect.Effect<void>;
    readonly saveConstraints: (member: Member) => Effect.Effect<void>;
    readonly zones: (
      tenantId: TenantId,
      memberIds: ReadonlyArray<MemberId>,
    ) => Effect.Effect<ReadonlyMap<MemberId, ReadonlyArray<MemberZone>>>;
  }
>()("@zmos/core/platform/ports/MemberStore") {}
