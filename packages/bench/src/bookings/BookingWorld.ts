/**
 * The world that bookings are measured in: tenants with a timetable, and members who may book.
 *
 * {@link makePrototype} makes one tenant with one session and one member through ZMOS's own doors; that is the one place to change when
 * a booking needs more. Copies of its rows, whatever columns they have, then make as many tenants, sessions and members as a plan asks for.
 */
import { layerServer, StoresPg } from "@zmos/adapters-pg";
import { defaultPolicy, IdSource, Instant, MoveOs, Platform, Principal, Zmos } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import { type BookingPlan, membersPerTenant, sessionsPerTenant, sqlIdOf } from "./BookingPlan.ts";

/** **Shape** ids of the one tenant, session and member that all others are copies of. */
export interface Prototype {
  readonly tenant: string;
  readonly session: string;
  readonly member: string;
}

/** Enough that nobody runs out of credits while being measured. */
const CREDITS = 1_000;
const DAY_MILLIS = 86_400_000;

/** Every door on a database, standing alone. */
export const doorsOn = (databaseUrl: string) =>
  Zmos.layer.pipe(
    Layer.provideMerge(Zmos.layerLocalPartners),
    Layer.provideMerge(StoresPg.layer),
    Layer.provideMerge(Layer.merge(layerServer({ url: Redacted.make(databaseUrl) }), IdSource.layer)),
  );

/** One tenant that takes bookings for one session by one member. */
export const makePrototype = (databaseUrl: string): Promise<Prototype> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const platform = yield* Platform;
      const moveOs = yield* MoveOs;
      const tenant = yield* platform.createTenant({ name: "Prototype", timezone: "Africa/Nairobi" });
      const principal = Principal.of({ tenantId: tenant.id, actorId: "bench", actorType: "host", roles: [] });
      return yield* Effect.gen(function* () {
        const location = yield* platform.createLocation({ name: "Riverside", timezone: "Africa/Nairobi" });
        const sessionType = yield* moveOs.createSessionType({
          name: "Sunrise yoga",
          category: "class",
          intensity: "light",
          contraindications: [],
          defaultDuration: 60,
          defaultCapacity: 30,
        });
        const session = yield* moveOs.scheduleSession({
          sessionTypeId: sessionType.id,
          locationId: location.id,
          startTime: Instant.make(Date.now() + DAY_MILLIS),
        });
        const member = yield* platform.registerMember({ firstName: "Wanjiru", lastName: "Kamau" });
        yield* moveOs.setBookingPolicy({ ...defaultPolicy, access: "memberships" });
        const plan = yield* moveOs.createAccessPlan({
          name: "Pack",
          type: "pack",
          billingPeriod: "once_off",
          usageRules: { credits: { count: CREDITS } },
        });
        yield* moveOs.startMembership({ memberId: member.id, accessPlanId: plan.id });
        return { tenant: tenant.id, session: session.id, member: member.id };
      }).pipe(Effect.provideService(Principal, principal));
    }).pipe(Effect.provide(doorsOn(databaseUrl))),
  );

/**
 * What a gym that has been open for a month has: a booking a member, cancelled long ago. Without them the planner would know every table as empty,
 * as it is in no gym.
 */
export const history = (columns: string, values: string): string => `
  insert into booking (tenant_id, id, member_id, session_instance_id, status, created_at ${columns})
  select m.tenant_id, uuidv7(interval '-30 days'), m.id, s.id, 'cancelled', now() - interval '30 days' ${values}
  from (select *, row_number() over (partition by tenant_id order by id) as n from member) m
  join (select tenant_id, count(*) as many from session_instance group by tenant_id) c on c.tenant_id = m.tenant_id
  join (select tenant_id, id, row_number() over (partition by tenant_id order by id) as n from session_instance) s
    on s.tenant_id = m.tenant_id and s.n = 1 + m.n % c.many`;

/** The history in ZMOS's own columns. */
export const zmosHistory = history(
  ", channel, origin, paid_by, check_ins",
  `, 'online', 'booked', '{"source":"open"}'::jsonb, 0`,
);

/** As rows of the peer's tables (`peers/nest-prisma/schema.sql`). */
export const peerWorld = (plan: BookingPlan): ReadonlyArray<string> => {
  const tenants = `generate_series(0, ${plan.tenants - 1}) i`;
  const sessions = `generate_series(0, ${plan.tenants * sessionsPerTenant(plan) - 1}) i`;
  const members = `generate_series(0, ${plan.tenants * membersPerTenant(plan) - 1}) i`;
  const tenantOfSession = sqlIdOf("tenant", `i / ${sessionsPerTenant(plan)}`);
  const tenantOfMember = sqlIdOf("tenant", `i / ${membersPerTenant(plan)}`);
  return [
    `insert into tenant (id, name) select ${sqlIdOf("tenant", "i")}, 'Tenant ' || i from ${tenants}`,
    `insert into session_instance (tenant_id, id, start_time, end_time, capacity, seats_taken, status, updated_at)
       select ${tenantOfSession}, ${sqlIdOf("session", "i")}, now() + interval '1 day', now() + interval '25 hours',
         ${plan.capacity}, 0, 'scheduled', now() from ${sessions}`,
    `insert into member (tenant_id, id, first_name, last_name)
       select ${tenantOfMember}, ${sqlIdOf("member", "i")}, 'Member', i::text from ${members}`,
    `insert into membership (tenant_id, id, member_id, status, start_date, credits_left, updated_at)
       select ${tenantOfMember}, uuidv7(), ${sqlIdOf("member", "i")}, 'active', date '2026-01-01', ${CREDITS}, now()
       from ${members}`,
    history("", ""),
  ];
};
