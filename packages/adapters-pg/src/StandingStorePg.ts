import { type ChallengeId, CivilDate, rowsOf as pageOf, type TenantId } from "@zmos/core/kernel";
import {
  type ChallengeStanding,
  type EntrantId,
  type KeptStanding,
  type Place,
  StandingStore,
} from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import type { Fragment } from "effect/sql/Statement";
import { afterId } from "./AfterId.ts";
import { arrayText, arrayTextOfTexts } from "./ArrayText.ts";

interface StandingRow {
  readonly challenge_id: ChallengeId;
  readonly entrant_id: EntrantId;
  readonly minus_value: number;
  readonly reached_on: string;
  readonly now_minus_value: number;
  readonly now_reached_on: string;
  readonly name: string;
  readonly is_hidden: boolean;
}

/** The day of a goal that is not reached: after every other. */
const NOT_YET = "9999-12-31";

const toDay = (reachedOn: CivilDate.CivilDate | undefined): string =>
  reachedOn === undefined ? NOT_YET : CivilDate.toIso(reachedOn);

const fromDay = (day: string): CivilDate.CivilDate | undefined => (day === NOT_YET ? undefined : CivilDate.of(day));

/** Zero has one sign. */
const negative = (value: number): number => 0 - value;

const toStanding = (row: StandingRow): ChallengeStanding => {
  const reachedOn = fromDay(row.reached_on);
  const nowReachedOn = fromDay(row.now_reached_on);
  return {
    challengeId: row.challenge_id,
    entrantId: row.entrant_id,
    name: row.name,
    isHidden: row.is_hidden,
    value: negative(row.minus_value),
    ...(reachedOn !== undefined && { reachedOn }),
    nowValue: negative(row.now_minus_value),
    ...(nowReachedOn !== undefined && { nowReachedOn }),
  };
};

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  const ofBoard = (tenantId: TenantId, challengeId: ChallengeId) =>
    sql`tenant_id = ${tenantId} and challenge_id = ${challengeId}`;
  const placeOf = ({ value, reachedOn, entrantId }: Place) =>
    sql`(${negative(value)}::double precision, ${toDay(reachedOn)}::date, ${entrantId}::uuid)`;
  // The name is counted because it is in no index: the pages of the table are then read once and in order, where an index-only scan would,
  // while facts arrive, look up every line's page to see whether it is still there.
  const count = (board: Fragment, condition: Fragment) =>
    sql`(select count(name) from challenge_standing where ${board} and ${condition})::int`;

  return StandingStore.of({
    find: (tenantId, challengeId, entrantId) =>
      sql<StandingRow>`
        select * from challenge_standing where ${ofBoard(tenantId, challengeId)} and entrant_id = ${entrantId}`.pipe(
        Effect.orDie,
        Effect.map(([row]) => row && toStanding(row)),
      ),

    lock: (tenantId, entrantIds) =>
      entrantIds.length === 0
        ? Effect.void
        : sql`
            select 1 from challenge_standing
            where tenant_id = ${tenantId} and entrant_id = any(${entrantIds}::uuid[])
            order by entrant_id, challenge_id for no key update`.pipe(Effect.asVoid, Effect.orDie),

    keep: (tenantId, standings) => {
      if (standings.length === 0) return Effect.void;
      const rows = standings.toSorted(byKey);
      const minusValues = arrayText(rows.map(({ value }) => negative(value)));
      const days = arrayText(rows.map(({ reachedOn }) => toDay(reachedOn)));
      return sql`
        insert into challenge_standing (tenant_id, challenge_id, entrant_id, minus_value, reached_on,
          now_minus_value, now_reached_on, name, is_hidden, is_final)
        select ${tenantId}::uuid, challenge_id, entrant_id, minus_value, reached_on, minus_value, reached_on,
          name, is_hidden, false
        from unnest(${arrayText(rows.map(({ challengeId }) => challengeId))}::uuid[],
          ${arrayText(rows.map(({ entrantId }) => entrantId))}::uuid[], ${minusValues}::double precision[],
          ${days}::date[], ${arrayTextOfTexts(rows.map(({ name }) => name))}::text[],
          ${arrayText(rows.map(({ isHidden }) => isHidden))}::boolean[])
          as kept(challenge_id, entrant_id, minus_value, reached_on, name, is_hidden)
        on conflict (tenant_id, challenge_id, entrant_id) do update set
          now_minus_value = excluded.minus_value,
          now_reached_on = excluded.reached_on,
          minus_value =
            case when challenge_standing.is_final then challenge_standing.minus_value else excluded.minus_value end,
          reached_on =
            case when challenge_standing.is_final then challenge_standing.reached_on else excluded.reached_on end
        where (challenge_standing.now_minus_value, challenge_standing.now_reached_on)
          is distinct from (excluded.minus_value, excluded.reached_on)`.pipe(Effect.asVoid, Effect.orDie);
    },

    show: (tenantId, { challengeId, entrantId, name, isHidden }) =>
      sql`
        update challenge_standing set name = ${name}, is_hidden = ${isHidden}
        where ${ofBoard(tenantId, challengeId)} and entrant_id = ${entrantId}`.pipe(Effect.asVoid, Effect.orDie),

    remove: (tenantId, challengeId, entrantId) =>
      sql`
        delete from challenge_standing
        where ${ofBoard(tenantId, challengeId)} and entrant_id = ${entrantId}`.pipe(Effect.asVoid, Effect.orDie),

    page: (tenantId, challengeId, { limit, from, backwards = false }) => {
      const board = ofBoard(tenantId, challengeId);
      const columns = sql`(minus_value, reached_on, entrant_id)`;
      const rows = backwards
        ? sql<StandingRow>`
            select * from challenge_standing
            where ${board} ${from === undefined ? sql`` : sql`and ${columns} < ${placeOf(from)}`}
            order by minus_value desc, reached_on desc, entrant_id desc limit ${limit}`
        : sql<StandingRow>`
            select * from challenge_standing
            where ${board} ${from === undefined ? sql`` : sql`and ${columns} > ${placeOf(from)}`}
            order by minus_value, reached_on, entrant_id limit ${limit}`;
      return rows.pipe(
        Effect.orDie,
        Effect.map((found) => found.map(toStanding)),
      );
    },

    // Who stands before is a stretch of the index: counted there, and told apart by a second stretch, of those who tie.
    start: (tenantId, challengeId, { value, reachedOn, entrantId }, style) => {
      const board = ofBoard(tenantId, challengeId);
      const minusValue = sql`${negative(value)}::double precision`;
      const day = sql`${toDay(reachedOn)}::date`;
      const isBetter = sql`(minus_value, reached_on) < (${minusValue}, ${day})`;
      const isTied = sql`minus_value = ${minusValue} and reached_on = ${day} and entrant_id < ${entrantId}::uuid`;
      const different = sql`(select count(*) from (
        select distinct minus_value, reached_on from challenge_standing where ${board} and ${isBetter}) better)::int`;
      return sql<{ better: number; tied: number; different: number }>`
        select ${count(board, isBetter)} as better, ${count(board, isTied)} as tied,
          ${style === "dense" ? different : sql`0`} as different`.pipe(
        Effect.orDie,
        Effect.map(([row]) => {
          const { better, tied, different: ahead } = row ?? { better: 0, tied: 0, different: 0 };
          const before = better + tied;
          return { before, rank: 1 + (style === "ordinal" ? before : style === "dense" ? ahead : better) };
        }),
      );
    },

    finalise: (tenantId, challengeId) =>
      sql<{ changed: number }>`
        with before as materialized (
          select count(*)::int as changed from challenge_standing
          where ${ofBoard(tenantId, challengeId)}
            and (now_minus_value, now_reached_on) is distinct from (minus_value, reached_on)),
        finalised as (
          update challenge_standing set minus_value = now_minus_value, reached_on = now_reached_on, is_final = true
          where ${ofBoard(tenantId, challengeId)})
        select changed from before`.pipe(
        Effect.orDie,
        Effect.map(([row]) => row?.changed ?? 0),
      ),

    changed: (tenantId, challengeId, page) => {
      const after = afterId(page);
      return sql<StandingRow>`
        select * from challenge_standing
        where ${ofBoard(tenantId, challengeId)}
          and (now_minus_value, now_reached_on) is distinct from (minus_value, reached_on)
          ${after === undefined ? sql`` : sql`and entrant_id > ${after}`}
        order by entrant_id limit ${page.limit + 1}`.pipe(
        Effect.orDie,
        Effect.map((rows) => pageOf(rows.map(toStanding), page.limit, ({ entrantId }) => [entrantId])),
      );
    },
  });
});

/** The one order in which lines are written, so that two who write the same ones never wait for each other. */
const byKey = (left: KeptStanding, right: KeptStanding): number => {
  if (left.entrantId !== right.entrantId) return left.entrantId < right.entrantId ? -1 : 1;
  return left.challengeId < right.challengeId ? -1 : 1;
};

/** The boards of challenges in PostgreSQL: the order of the board is the order of an index. */
export const layer = Layer.effect(StandingStore, make);
