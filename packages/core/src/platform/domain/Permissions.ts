import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import type { MemberId } from "../../kernel/Ids.ts";
import { NotFound } from "../../kernel/NotFound.ts";
import type { PrincipalClaims, Role } from "../../kernel/Principal.ts";

/** What may be done to a kind of thing. */
export type Permission =
  | "tenant:read"
  | "tenant:manage"
  | "location:read"
  | "location:manage"
  | "member:read"
  | "member:manage"
  | "member:declare"
  | "session:read"
  | "session:manage"
  | "booking:read"
  | "booking:manage"
  | "booking:override"
  | "policy:manage"
  | "movement:read"
  | "movement:record"
  | "journey:read"
  | "journey:manage"
  | "enrollment:read"
  | "enrollment:join"
  | "enrollment:manage"
  | "flag:read"
  | "flag:manage"
  | "challenge:read"
  | "challenge:join"
  | "challenge:manage"
  | "staff:read"
  | "staff:manage"
  | "plan:read"
  | "plan:manage"
  | "membership:read"
  | "membership:manage"
  | "audit:read";

/** A permission over everything of the tenant, or over a member's own things only. */
type Grant = Permission | `${Permission}:own`;

const MEMBER: ReadonlyArray<Grant> = [
  "location:read",
  "session:read",
  "member:read:own",
  "member:declare:own",
  "booking:read:own",
  "booking:manage:own",
  "movement:read:own",
  "movement:record:own",
  "journey:read",
  "enrollment:read:own",
  "enrollment:join:own",
  "challenge:read",
  "challenge:join:own",
  "plan:read",
  "membership:read:own",
];

const FRONT_DESK: ReadonlyArray<Grant> = [
  "tenant:read",
  "location:read",
  "session:read",
  "member:read",
  "member:manage",
  "member:declare",
  "booking:read",
  "booking:manage",
  "booking:override",
  "movement:read",
  "movement:record",
  "challenge:read",
  "challenge:join",
  "journey:read",
  "enrollment:read",
  "enrollment:join",
  "plan:read",
  "membership:read",
  "membership:manage",
];

const COACH: ReadonlyArray<Grant> = [
  "tenant:read",
  "location:read",
  "session:read",
  "session:manage",
  "member:read",
  "booking:read",
  "booking:manage",
  "movement:read",
  "movement:record",
  "challenge:read",
  "challenge:join",
  "challenge:manage",
  "journey:read",
  "journey:manage",
  "enrollment:read",
  "enrollment:join",
  "enrollment:manage",
  "flag:read",
  "flag:manage",
  "plan:read",
  "membership:read",
];

const MANAGER: ReadonlyArray<Grant> = [
  ...new Set<Grant>([
    ...FRONT_DESK,
    ...COACH,
    "location:manage",
    "policy:manage",
    "plan:manage",
    "session:manage",
    "staff:read",
    "staff:manage",
    "audit:read",
  ]),
];

const OWNER: ReadonlyArray<Grant> = [...MANAGER, "tenant:manage"];

/** What each role may do, as data. */
export const GRANTS: Readonly<Record<Role, ReadonlyArray<Grant>>> = {
  member: MEMBER,
  front_desk: FRONT_DESK,
  coach: COACH,
  manager: MANAGER,
  owner: OWNER,
};

/** The principal may not do this. Says what would have to change, and nothing of what exists. */
export class NotPermitted extends Schema.TaggedError<NotPermitted>()("NotPermitted", {
  permission: Schema.String,
  roles: Schema.Array(Schema.String),
}) {
  override get message() {
    return `This needs the permission ${this.permission}, which ${this.roles.join(", ") || "no role"} does not give.`;
  }
}

/**
 * Whether the principal may do this: to `memberId`'s things where one is named, else to anything of the tenant. A host platform
 * acting in-process and ZMOS's own jobs may do everything.
 */
export const allows = (principal: PrincipalClaims, permission: Permission, memberId?: MemberId): boolean => {
  if (principal.actorType === "host" || principal.actorType === "system") return true;
  const own = memberId !== undefined && principal.actorType === "member" && principal.actorId === memberId;
  return principal.roles.some(
    (role) => GRANTS[role].includes(permission) || (own && GRANTS[role].includes(`${permission}:own`)),
  );
};

/** Something that belongs to a member. */
export interface Owned {
  readonly memberId: MemberId;
  readonly entityType: string;
  readonly entityId: string;
}

/**
 * Whether the principal may do this to something of a member's: of any for staff, of its own for a member.
 *
 * **Errors** `NotFound` for a member where it is somebody else's: it does not learn that it exists. `NotPermitted` otherwise.
 */
export const allowsOnOwned = (
  principal: PrincipalClaims,
  permission: Permission,
  { memberId, entityType, entityId }: Owned,
): Result.Result<void, NotPermitted | NotFound> => {
  if (allows(principal, permission, memberId)) return Result.void;
  return principal.actorType === "member" && principal.actorId !== memberId
    ? Result.fail(new NotFound({ entityType, entityId }))
    : Result.fail(new NotPermitted({ permission, roles: [...principal.roles] }));
};
