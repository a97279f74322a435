import * as Effect from "effect/Effect";
import type { MemberId } from "../../kernel/Ids.ts";
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

/** The principal at hand, if it may do this to something of a member's. **Errors** as {@link Permissions.allowsOnOwned}. */
export const authorizeOwned = Effect.fnUntraced(function* (
  permission: Permissions.Permission,
  owned: Permissions.Owned,
) {
  const principal = yield* Principal;
  yield* Effect.fromResult(Permissions.allowsOnOwned(principal, permission, owned));
  return principal;
});
