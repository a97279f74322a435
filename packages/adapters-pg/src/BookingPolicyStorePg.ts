import type { SessionTypeId, TenantId } from "@zmos/core/kernel";
import { BookingPolicy, BookingPolicyStore, PolicyOverride } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import * as SqlClient from "effect/sql/SqlClient";
import { json } from "./Json.ts";

interface PolicyRow {
  readonly applies_to: string;
  readonly policy: unknown;
}

const TENANT = "tenant";
const readPolicy = Schema.decodeUnknownSync(BookingPolicy);
const readOverride = Schema.decodeUnknownSync(PolicyOverride);
const writePolicy = Schema.encodeSync(BookingPolicy);
const writeOverride = Schema.encodeSync(PolicyOverride);

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const keep = (tenantId: TenantId, appliesTo: string, policy: unknown) =>
    sql`insert into booking_policy (tenant_id, applies_to, policy) values (${tenantId}, ${appliesTo}, ${json(policy)})
        on conflict (tenant_id, applies_to) do update set policy = excluded.policy`.pipe(Effect.asVoid, Effect.orDie);

  return BookingPolicyStore.of({
    find: Effect.fnUntraced(function* (tenantId) {
      const rows = yield* sql<PolicyRow>`
        select applies_to, policy from booking_policy where tenant_id = ${tenantId}`.pipe(Effect.orDie);
      const overrides = new Map<SessionTypeId, PolicyOverride>();
      let tenant: BookingPolicy | undefined;
      for (const { applies_to, policy } of rows) {
        if (applies_to === TENANT) tenant = readPolicy(policy);
        else if (Object.keys(Object(policy) as object).length > 0) {
          overrides.set(applies_to as SessionTypeId, readOverride(policy));
        }
      }
      return { ...(tenant !== undefined && { tenant }), overrides };
    }),
    keep: (tenantId, policy) => keep(tenantId, TENANT, writePolicy(policy)),
    keepOverride: (tenantId, sessionTypeId, override) => keep(tenantId, sessionTypeId, writeOverride(override)),
  });
});

/** Booking policies in PostgreSQL. */
export const layer = Layer.effect(BookingPolicyStore, make);
