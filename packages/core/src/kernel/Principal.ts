import * as Context from "effect/Context";
import * as Schema from "effect/Schema";
import { TenantId } from "./Ids.ts";

/** What a principal is: staff, a member, a host platform acting in-process, or ZMOS itself (jobs). */
export const ActorType = Schema.Literals(["user_account", "member", "host", "system"]);
export type ActorType = typeof ActorType.Type;

/** The roles a principal may hold; what each may do is data in `platform/domain/Permissions.ts`. */
export const Role = Schema.Literals(["owner", "manager", "coach", "front_desk", "member"]);
export type Role = typeof Role.Type;

/** Who acts, and for which tenant. Every use case knows it; nothing is done for nobody. */
export const PrincipalClaims = Schema.Struct({
  tenantId: TenantId,
  actorId: Schema.String.check(Schema.isBetweenLength(1, 200)),
  actorType: ActorType,
  roles: Schema.Array(Role),
}).annotate({ identifier: "Principal" });
export type PrincipalClaims = typeof PrincipalClaims.Type;

/**
 * The principal of the command at hand, provided by the door it came through.
 *
 * @effect-leakable-service
 */
export class Principal extends Context.Service<Principal, PrincipalClaims>()("@zmos/core/kernel/Principal") {}
