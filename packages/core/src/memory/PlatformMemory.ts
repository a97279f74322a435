/** The platform's ports in memory. */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import type { TenantId } from "../kernel/Ids.ts";
import { Instant } from "../kernel/Instant.ts";
import { NotFound } from "../kernel/NotFound.ts";
import {
  CredentialStore,
  type Location,
  LocationStore,
  type Member,
  MemberStore,
  type MemberZone,
  type SigningKey,
  type SignInToken,
  type Tenant,
  TenantStore,
  type UserAccount,
  UserAccountStore,
} from "../platform/index.ts";
import { MemoryDatabase } from "./MemoryDatabase.ts";
import { pageOf } from "./PageOf.ts";

const found = <Row>(row: Row | undefined, entityType: string, entityId: string) =>
  row === undefined ? Effect.fail(new NotFound({ entityType, entityId })) : Effect.succeed(row);

const tenants = Layer.effect(
  TenantStore,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<Tenant>();
    return TenantStore.of({
      find: (tenantId) => Effect.suspend(() => found(rows.get(tenantId), "Tenant", tenantId)),
      insert: (tenant) => Effect.sync(() => rows.set(tenant.id, tenant)),
      directory: Effect.sync(() =>
        [...rows.values()]
          .map(({ id, name, createdAt }) => ({ id, name, createdAt }))
          .toSorted((left, right) => (left.id < right.id ? -1 : 1)),
      ),
    });
  }),
);

const locations = Layer.effect(
  LocationStore,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<Location>();
    return LocationStore.of({
      find: (tenantId, id) => Effect.suspend(() => found(rows.get(`${tenantId}/${id}`), "Location", id)),
      list: (tenantId, page) =>
        Effect.sync(() => pageOf([...rows.values()].filter(of(tenantId)), page, ({ id }) => [id])),
      zones: (tenantId, ids) =>
        Effect.sync(() => {
          const kept = ids.map((id) => rows.get(`${tenantId}/${id}`)).filter((row) => row !== undefined);
          return new Map(kept.map(({ id, timezone }) => [id, timezone]));
        }),
      insert: (location) => Effect.sync(() => rows.set(`${location.tenantId}/${location.id}`, location)),
    });
  }),
);

const members = Layer.effect(
  MemberStore,
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const rows = database.table<Member>();
    const zones = database.table<ReadonlyArray<MemberZone>>();
    return MemberStore.of({
      find: (tenantId, id) => Effect.suspend(() => found(rows.get(`${tenantId}/${id}`), "Member", id)),
      list: (tenantId, { externalPartyId }, page) =>
        Effect.sync(() => {
          const kept = [...rows.values()]
            .filter(of(tenantId))
            .filter((member) => externalPartyId === undefined || member.externalPartyId === externalPartyId);
          return pageOf(kept, page, ({ id }) => [id]);
        }),
      named: (tenantId, ids) =>
        Effect.sync(() => {
          const kept = ids.map((id) => rows.get(`${tenantId}/${id}`)).filter((row) => row !== undefined);
          return new Map(kept.map((member) => [member.id, member]));
        }),
      insert: (member) =>
        Effect.sync(() => {
          const key = `${member.tenantId}/${member.id}`;
          rows.set(key, member);
          if (member.timezone !== undefined) zones.set(key, [{ from: member.createdAt, timezone: member.timezone }]);
        }),
      saveConstraints: (member) => Effect.sync(() => rows.set(`${member.tenantId}/${member.id}`, member)),
      zones: (tenantId, ids) =>
        Effect.sync(() => {
          const kept = ids.filter((id) => rows.get(`${tenantId}/${id}`) !== undefined);
          return new Map(kept.map((id) => [id, zones.get(`${tenantId}/${id}`) ?? []]));
        }),
    });
  }),
);

const userAccounts = Layer.effect(
  UserAccountStore,
  Effect.gen(function* () {
    const rows = (yield* MemoryDatabase).table<UserAccount>();
    const find = (tenantId: TenantId, id: string) =>
      Effect.suspend(() => found(rows.get(`${tenantId}/${id}`), "UserAccount", id));
    const set = (account: UserAccount) => Effect.sync(() => rows.set(`${account.tenantId}/${account.id}`, account));
    return UserAccountStore.of({
      find,
      lock: find,
      list: (tenantId, page) =>
        Effect.sync(() => pageOf([...rows.values()].filter(of(tenantId)), page, ({ id }) => [id])),
      byEmail: (tenantId, email) =>
        Effect.sync(() =>
          [...rows.values()].filter(of(tenantId)).find((row) => row.email.toLowerCase() === email.toLowerCase()),
        ),
      insert: set,
      change: set,
    });
  }),
);

const credentials = Layer.effect(
  CredentialStore,
  Effect.gen(function* () {
    const database = yield* MemoryDatabase;
    const keys = database.table<SigningKey>();
    const tokens = database.table<SignInToken>();
    const revocations = database.table<number>();
    return CredentialStore.of({
      signingKeys: Effect.sync(() => [...keys.values()].toSorted((left, right) => right.createdAt - left.createdAt)),
      addSigningKey: (key, { ifNone }) =>
        Effect.sync(() => {
          if (!ifNone || [...keys.values()].length === 0) keys.set(key.keyId, key);
        }),
      addSignInToken: (token) => Effect.sync(() => tokens.set(`${token.tenantId}/${token.digest}`, token)),
      redeem: (tenantId, digest, now) =>
        Effect.sync(() => {
          const token = tokens.get(`${tenantId}/${digest}`);
          tokens.delete(`${tenantId}/${digest}`);
          return token !== undefined && token.expiresAt > now ? token : undefined;
        }),
      standings: (actors) =>
        Effect.sync(() =>
          actors.map(({ tenantId, actorId }) => {
            const since = [revocations.get(tenantId), revocations.get(`${tenantId}/${actorId}`)];
            const latest = Math.max(...since.map((instant) => instant ?? -Infinity));
            return { isActive: true, ...(Number.isFinite(latest) && { revokedBefore: Instant.make(latest) }) };
          }),
        ),
      revokeBefore: (tenantId, actorId, instant) =>
        Effect.sync(() => revocations.set(actorId === undefined ? tenantId : `${tenantId}/${actorId}`, instant)),
    });
  }),
);

const of =
  (tenantId: string) =>
  (row: { readonly tenantId: string }): boolean =>
    row.tenantId === tenantId;

export const layer = Layer.mergeAll(tenants, locations, members, userAccounts, credentials);
