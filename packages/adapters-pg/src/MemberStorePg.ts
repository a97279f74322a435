import type { MemberId, ZoneName } from "@zmos/core/kernel";
import { Member, MemberStore, type MemberZone } from "@zmos/core/platform";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { arrayText } from "./ArrayText.ts";
import { changeRow } from "./ChangeRow.ts";
import { insertInto, type Row } from "./Row.ts";
import { fromTimestamp } from "./Timestamp.ts";
import { tenantTable } from "./TenantTable.ts";

interface ZoneRow {
  readonly member_id: MemberId;
  readonly effective_from: Date | null;
  readonly timezone: ZoneName | null;
}

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const members = tenantTable(sql, { table: "member", entityType: "Member", schema: Member });
  return MemberStore.of({
    find: members.find,

    list: (tenantId, { externalPartyId }, page) =>
      members.list(tenantId, page, externalPartyId === undefined ? [] : [sql`external_party_id = ${externalPartyId}`]),

    named: (tenantId, memberIds) =>
      sql<Row>`select * from member where tenant_id = ${tenantId} and id = any(${memberIds}::uuid[])`.pipe(
        Effect.orDie,
        Effect.map((found) => new Map(found.map(members.decode).map((member) => [member.id, member]))),
      ),

    insert: Effect.fnUntraced(function* (member) {
      const row = members.encode(member);
      yield* members.insert([member]);
      if (member.timezone === undefined) return;
      yield* insertInto(sql, "member_zone", [
        {
          tenant_id: member.tenantId,
          member_id: member.id,
          effective_from: row["created_at"],
          timezone: member.timezone,
        },
      ]);
    }),

    saveConstraints: (member) => changeRow(sql, "member", members.encode(member), ["constraints", "updated_at"]),

    zones: (tenantId, memberIds) =>
      sql<ZoneRow>`
        select m.id as member_id, z.effective_from, z.timezone
        from member m left join member_zone z on z.tenant_id = m.tenant_id and z.member_id = m.id
        where m.tenant_id = ${tenantId} and m.id = any(${arrayText(memberIds)}::uuid[])
        order by z.effective_from`.pipe(
        Effect.orDie,
        Effect.map((found) => {
          const zones = new Map<MemberId, Array<MemberZone>>();
          for (const { member_id, effective_from, timezone } of found) {
            const ofMember = zones.get(member_id) ?? [];
            zones.set(member_id, ofMember);
            if (effective_from !== null && timezone !== null) {
              ofMember.push({ from: fromTimestamp(effective_from), timezone });
            }
          }
          return zones;
        }),
      ),
  });
});

/** Members, and the zones they lived in, in PostgreSQL. */
export const layer = Layer.effect(MemberStore, make);
