import type { Role } from "@zmos/core/kernel";
import { type ActorStanding, CredentialStore, type SigningKey } from "@zmos/core/platform";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as SqlClient from "effect/sql/SqlClient";
import { arrayText, arrayTextOfTexts } from "./ArrayText.ts";
import { isUuid } from "./AfterId.ts";
import { fromTimestamp, toTimestamp } from "./Timestamp.ts";

interface SigningKeyRow {
  readonly key_id: string;
  readonly private_key: string;
  readonly public_key: string;
  readonly created_at: Date;
  readonly retired_at: Date | null;
}

interface StandingRow {
  readonly revoked_before: Date | null;
  readonly role: Role | null;
  readonly is_active: boolean | null;
}

/** Stands for everyone of a tenant where revocations are kept; no actor is called so. */
const EVERYONE = "*";

/** Stands for who has no account and cannot have one; no account has this id. An array of nothing but null has no type that can be sent. */
const NO_ACCOUNT = "00000000-0000-0000-0000-000000000000";

const toSigningKey = (row: SigningKeyRow): SigningKey => ({
  keyId: row.key_id,
  privateKey: row.private_key,
  publicKey: row.public_key,
  createdAt: fromTimestamp(row.created_at),
  ...(row.retired_at !== null && { retiredAt: fromTimestamp(row.retired_at) }),
});

const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient;
  return CredentialStore.of({
    signingKeys: sql<SigningKeyRow>`
      select key_id, private_key, public_key, created_at, retired_at from signing_key
      order by created_at desc, key_id desc`.pipe(
      Effect.orDie,
      Effect.map((found) => found.map(toSigningKey)),
    ),

    addSigningKey: (key, { ifNone }) => {
      const columns = sql`${key.keyId}, ${key.privateKey}, ${key.publicKey}, ${toTimestamp(key.createdAt)}::timestamptz,
        ${key.retiredAt === undefined ? null : toTimestamp(key.retiredAt)}::timestamptz`;
      // Of two servers that find no key at the same moment, the unique index lets one be first.
      const statement = ifNone
        ? sql`insert into signing_key select ${columns}, true where not exists (select from signing_key)
            on conflict do nothing`
        : sql`insert into signing_key select ${columns}, false`;
      return Effect.orDie(Effect.asVoid(statement));
    },

    addSignInToken: ({ tenantId, digest, actorId, role, expiresAt }) =>
      sql`insert into sign_in_token (tenant_id, digest, actor_id, role, expires_at)
        values (${tenantId}, ${digest}, ${actorId}, ${role}, ${toTimestamp(expiresAt)})`.pipe(
        Effect.asVoid,
        Effect.orDie,
      ),

    redeem: (tenantId, digest, now) =>
      sql<{ actor_id: string; role: Role; expires_at: Date }>`
        delete from sign_in_token
        where tenant_id = ${tenantId} and digest = ${digest} and expires_at > ${toTimestamp(now)}
        returning actor_id, role, expires_at`.pipe(
        Effect.orDie,
        Effect.map(([row]) =>
          row === undefined
            ? undefined
            : { tenantId, digest, actorId: row.actor_id, role: row.role, expiresAt: fromTimestamp(row.expires_at) },
        ),
      ),

    standings: (actors) =>
      sql<StandingRow>`
        select r.revoked_before, u.role, u.is_active
        from unnest(${arrayText(actors.map(({ tenantId }) => tenantId))}::uuid[],
            ${arrayTextOfTexts(actors.map(({ actorId }) => actorId))}::text[],
            ${arrayText(actors.map(({ actorId }) => (isUuid(actorId) ? actorId : NO_ACCOUNT)))}::uuid[])
          with ordinality as actor (tenant_id, id, account_id, position)
        left join lateral (
          select max(t.revoked_before) as revoked_before from token_revocation t
          where t.tenant_id = actor.tenant_id and t.actor_id in (actor.id, ${EVERYONE})) r on true
        left join user_account u on u.tenant_id = actor.tenant_id and u.id = actor.account_id
        order by actor.position`.pipe(
        Effect.orDie,
        Effect.map((rows) =>
          rows.map(({ revoked_before, role, is_active }): ActorStanding => ({
            isActive: is_active ?? true,
            ...(role !== null && { role }),
            ...(revoked_before !== null && { revokedBefore: fromTimestamp(revoked_before) }),
          })),
        ),
      ),

    revokeBefore: (tenantId, actorId, before) =>
      sql`insert into token_revocation (tenant_id, actor_id, revoked_before)
        values (${tenantId}, ${actorId ?? EVERYONE}, ${toTimestamp(before)})
        on conflict (tenant_id, actor_id) do update
        set revoked_before = greatest(token_revocation.revoked_before, excluded.revoked_before)`.pipe(
        Effect.asVoid,
        Effect.orDie,
      ),
  });
});

/** The means of signing in, in PostgreSQL. */
export const layer = Layer.effect(CredentialStore, make);
