/** A small gym in memory, for tests that tell a story: one tenant, one location, a class, and people. */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import {
  type Instant,
  InstantFromString,
  MoveOs,
  type PrincipalClaims,
  Platform,
  Principal,
  type SessionInstance,
  type Tenant,
} from "../../src/index.ts";

export const at = (iso: string): Instant => Schema.decodeSync(InstantFromString)(iso);

/** The owner of a tenant. */
export const ownerOf = (tenant: Pick<Tenant, "id">): PrincipalClaims => ({
  tenantId: tenant.id,
  actorId: "owner-1",
  actorType: "user_account",
  roles: ["owner"],
});

export const actingAs = (principal: PrincipalClaims) => Effect.provideService(Principal, principal);

/** A gym in Nairobi whose 45-minute spin class starts at 06:00 local time on 2026-03-07. */
export const openGym = Effect.fnUntraced(function* (options: { readonly capacity?: number } = {}) {
  const platform = yield* Platform;
  const moveOs = yield* MoveOs;
  const tenant = yield* platform.createTenant({ name: "Lavington Movement", timezone: "Africa/Nairobi" });
  const asOwner = actingAs(ownerOf(tenant));
  const location = yield* asOwner(platform.createLocation({ name: "Lavington", timezone: "Africa/Nairobi" }));
  const spin = yield* asOwner(
    moveOs.createSessionType({
      name: "Morning Spin",
      category: "class",
      intensity: "vigorous",
      defaultDuration: 45,
      defaultCapacity: options.capacity ?? 2,
    }),
  );
  const session: SessionInstance = yield* asOwner(
    moveOs.scheduleSession({ sessionTypeId: spin.id, locationId: location.id, startTime: at("2026-03-07T03:00:00Z") }),
  );
  const join = (firstName: string) => asOwner(platform.registerMember({ firstName, lastName: "Otieno" }));
  return { tenant, asOwner, location, spin, session, join };
});
