/** A gym at whose desk much is asked at once: a tenant, sessions tomorrow, members with packs of credits, and doors to ask at. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { MemberId, SessionInstanceId, TenantId } from "../../kernel/Ids.ts";
import { CurrentIdempotencyKey } from "../../kernel/IdempotencyKeys.ts";
import { Instant, now } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as Integrations from "../../integrations/Integrations.ts";
import { type BookingPolicy, defaultPolicy, MoveOs, type SessionInstance } from "../../moveos/index.ts";
import { PulseLoop } from "../../pulseloop/index.ts";
import { addLocation, addMember, addSession, addSessionType, addTenant, inTenant } from "./World.ts";

const MINUTE = 60_000;

/** A door of its own over the stores at hand, as a server process has: what is asked at one is decided together. */
export const openDoor = Effect.map(
  Layer.build(
    Layer.fresh(
      Layer.merge(MoveOs.layerNoDeps, Integrations.layerLocal).pipe(
        Layer.provide(PulseLoop.layerNoDeps),
        Layer.provide(Integrations.layerLocal),
      ),
    ),
  ),
  (context) => ({ moveOs: MoveOs.pipe(Effect.provide(context)) }),
);

/** Acting as the tenant's owner, at the desk; or as the host platform, for members who take their seats themselves. */
export const asOwner = (tenantId: TenantId) =>
  Effect.provideService(
    Principal,
    Principal.of({ tenantId, actorId: "owner", actorType: "user_account", roles: ["owner"] }),
  );
export const asHost = (tenantId: TenantId) =>
  Effect.provideService(Principal, Principal.of({ tenantId, actorId: "host", actorType: "host", roles: [] }));
export const underKey = (key: string) => Effect.provideService(CurrentIdempotencyKey, key);

/** Who comes by credits, of which a late cancellation or a no-show costs one, forgiven if somebody else takes the seat. */
export const byCredits: BookingPolicy = {
  ...defaultPolicy,
  access: "memberships",
  cancellation: {
    freeUntil: { minutesBeforeStart: 60 },
    closes: { minutesBeforeStart: 0 },
    late: { credit: "lose" },
    isForgivenIfRefilled: true,
  },
  whenCapacityLowered: "last_booked_waits",
};

/** So many members, kept at once. */
export const addMembers = (tenantId: TenantId, count: number) =>
  inTenant(
    tenantId,
    Effect.forEach(Array.from({ length: count }), () => Effect.map(addMember(tenantId), ({ id }) => id)),
  );

export interface Desk {
  readonly tenantId: TenantId;
  readonly sessions: ReadonlyArray<SessionInstance>;
  readonly memberIds: ReadonlyArray<MemberId>;
}

/** **Units** `credits` each member has; `startsIn`: minutes from now. */
export interface DeskOptions {
  readonly capacity?: number;
  readonly sessions?: number;
  readonly members?: number;
  readonly credits?: number;
  readonly startsIn?: number;
  readonly policy?: BookingPolicy;
}

/** A tenant whose members can book. */
export const openDesk = Effect.fnUntraced(function* (options: DeskOptions = {}) {
  const { capacity = 1, sessions: count = 1, members = 3, credits = 5, startsIn = 1_440, policy = byCredits } = options;
  const { id: tenantId } = yield* addTenant();
  const at = yield* now;
  const door = yield* openDoor;
  const moveOs = yield* door.moveOs;
  const owner = asOwner(tenantId);
  yield* owner(moveOs.setBookingPolicy(policy));
  const plan = yield* owner(
    moveOs.createAccessPlan({
      name: "Credits",
      type: "pack",
      billingPeriod: "once_off",
      usageRules: { credits: { count: credits } },
    }),
  );
  const sessionTypeId = (yield* addSessionType(tenantId)).id;
  const locationId = (yield* addLocation(tenantId)).id;
  const sessions: Array<SessionInstance> = [];
  for (let index = 0; index < count; index++) {
    const startTime = Instant.make(at + (startsIn + index) * MINUTE);
    const endTime = Instant.make(startTime + 45 * MINUTE);
    sessions.push(yield* addSession(tenantId, { capacity, startTime, endTime, sessionTypeId, locationId }));
  }
  const memberIds = yield* addMembers(tenantId, members);
  yield* inTenant(
    tenantId,
    Effect.forEach(memberIds, (memberId) => owner(moveOs.startMembership({ memberId, accessPlanId: plan.id }))),
  );
  const desk: Desk = { tenantId, sessions, memberIds };
  return { ...desk, moveOs };
});

/** The session of a desk that has but one, or whichever of them. */
export const sessionAt = ({ sessions }: Desk, index = 0): SessionInstanceId => {
  const session = sessions[index % sessions.length];
  if (session === undefined) throw new Error("a desk without sessions");
  return session.id;
};

export const memberAt = ({ memberIds }: Desk, index: number): MemberId => {
  const id = memberIds[index % memberIds.length];
  if (id === undefined) throw new Error("a desk without members");
  return id;
};
