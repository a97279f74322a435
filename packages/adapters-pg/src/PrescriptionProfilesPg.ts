import type { SessionTypeId } from "@zmos/core/kernel";
import { type Intensity, type PrescriptionProfile, PrescriptionProfiles } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";

interface ProfileRow {
  readonly id: SessionTypeId;
  readonly intensity: typeof Intensity.Type | null;
}

const toProfile = ({ intensity }: ProfileRow): PrescriptionProfile => (intensity === null ? {} : { intensity });

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  return PrescriptionProfiles.of({
    find: (tenantId, sessionTypeIds) =>
      sql<ProfileRow>`
        select id, intensity from session_type
        where tenant_id = ${tenantId} and id = any(${sessionTypeIds}::uuid[])`.pipe(
        Effect.orDie,
        Effect.map((found) => new Map(found.map((row) => [row.id, toProfile(row)]))),
      ),
  });
});

/** The movement prescription profiles of session types, in PostgreSQL. */
export const layer = Layer.effect(PrescriptionProfiles, make);
