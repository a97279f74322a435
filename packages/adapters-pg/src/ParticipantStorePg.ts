import {
  type ChallengeId,
  type ChallengeTeamId,
  CivilDate,
  type MemberId,
  rowsOf as pageOf,
  type TenantId,
} from "@zmos/core/kernel";
import { ChallengeParticipant, ParticipantStore } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { afterId } from "./AfterId.ts";
import { arrayText } from "./ArrayText.ts";
import { insertInto, type Row, rowsOf } from "./Row.ts";
import { fromTimestamp } from "./Timestamp.ts";

const participants = rowsOf(ChallengeParticipant);

interface ParticipantRow {
  readonly tenant_id: TenantId;
  readonly challenge_id: ChallengeId;
  readonly member_id: MemberId;
  readonly joined_at: Date;
  readonly joined_on: string;
  readonly display_name: string;
  readonly is_shown: boolean;
  readonly team_id: ChallengeTeamId | null;
}

/** As the schema decodes it, field by field: it is read for every fact. */
const toParticipant = (row: ParticipantRow): ChallengeParticipant => ({
  tenantId: row.tenant_id,
  challengeId: row.challenge_id,
  memberId: row.member_id,
  joinedAt: fromTimestamp(row.joined_at),
  joinedOn: CivilDate.of(row.joined_on),
  displayName: row.display_name,
  isShown: row.is_shown,
  ...(row.team_id !== null && { teamId: row.team_id }),
});

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const all = <E>(found: Effect.Effect<ReadonlyArray<Row>, E>) =>
    found.pipe(
      Effect.orDie,
      Effect.map((rows) => rows.map(participants.decode)),
    );
  return ParticipantStore.of({
    find: (tenantId, challengeId, memberId) =>
      Effect.map(
        all(
          sql<Row>`
            select * from challenge_participant
            where tenant_id = ${tenantId} and challenge_id = ${challengeId} and member_id = ${memberId}`,
        ),
        ([participant]) => participant,
      ),

    list: (tenantId, challengeId, page) => {
      const conditions = [sql`tenant_id = ${tenantId}`, sql`challenge_id = ${challengeId}`];
      const after = afterId(page);
      if (after !== undefined) conditions.push(sql`member_id > ${after}`);
      return Effect.map(
        all(
          sql<Row>`
            select * from challenge_participant where ${sql.and(conditions)}
            order by member_id limit ${page.limit + 1}`,
        ),
        (rows) => pageOf(rows, page.limit, ({ memberId }) => [memberId]),
      );
    },

    // Member by member: a plan for all at once, made when the table is empty, would be kept while it grows.
    touching: (tenantId, memberIds, { from, to }) =>
      sql<ParticipantRow>`
          select participant.* from unnest(${arrayText(memberIds)}::uuid[]) as named(member_id)
          cross join lateral (
            select p.* from challenge_participant p
            join challenge c on c.tenant_id = p.tenant_id and c.id = p.challenge_id
            where p.tenant_id = ${tenantId} and c.tenant_id = ${tenantId} and p.member_id = named.member_id
              and c."to" >= ${CivilDate.toIso(from)} and c."from" <= ${CivilDate.toIso(to)}
          ) participant`.unprepared.pipe(
        Effect.orDie,
        Effect.map((rows) => rows.map(toParticipant)),
      ),

    ofTeams: (tenantId, teamIds) =>
      all(
        sql<Row>`
          select * from challenge_participant
          where tenant_id = ${tenantId} and team_id = any(${teamIds}::uuid[]) order by challenge_id, member_id`,
      ),

    insert: (participant) => insertInto(sql, "challenge_participant", [participants.encode(participant)]),

    show: ({ tenantId, challengeId, memberId, displayName, isShown }) =>
      sql`
        update challenge_participant set display_name = ${displayName}, is_shown = ${isShown}
        where tenant_id = ${tenantId} and challenge_id = ${challengeId} and member_id = ${memberId}`.pipe(
        Effect.asVoid,
        Effect.orDie,
      ),

    remove: ({ tenantId, challengeId, memberId }) =>
      sql`
        delete from challenge_participant
        where tenant_id = ${tenantId} and challenge_id = ${challengeId} and member_id = ${memberId}`.pipe(
        Effect.asVoid,
        Effect.orDie,
      ),
  });
});

/** Who takes part in which challenge, in PostgreSQL. */
export const layer = Layer.effect(ParticipantStore, make);
