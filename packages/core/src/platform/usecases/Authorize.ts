import * as Effect from "effect/Effect";
import type { MemberId } from "../../kernel/Ids.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as Permissions from "../domain/Permissions.ts";

/** The principal at hand, if it may do this. **Errors** `NotPermitted`. */
export const authorize = Effect.fnUntraced(function* (permission: Permissions.Permission, memberId?: MemberId) {
  const principal = yield* Principal;
  if (!Permissions.allows(principal, permission, memberId)) {
    return yield* new Permissions.NotPermitted({ permission, roles: [...principal.roles] });
  }
  return principal;
});

/** Something that belongs to a member. */
export interface Owned {
  readonly memberId: MemberId;
  readonly entityType: string;
  readonly entityId: string;
}

/**
 * The principal at hand, if it may do this to something of a member's: of any for staff, of its own for a member.
 *
 * **Errors** `NotFound` for a member where it is somebody else's: it does not learn that it exists. `NotPermitted` otherwise.
 */
export const authorizeOwned = Effect.fnUntraced(function* (
  permission: Permissions.Permission,
  { memberId, entityType, entityId }: Owned,
) {
  const principal = yield* Principal;
  if (Permissions.allows(principal, permission, memberId)) return principal;
  if (principal.actorType === "member" && principal.actorId !== memberId) {
    return yield* new NotFound({ entityType, entityId });
  }
  return yield* new Permissions.NotPermitted({ permission, roles: [...principal.roles] });
});
