import * as Effect from "effect/Effect";
import { newId } from "../../kernel/IdSource.ts";
import { LocationId, MemberId, type TenantId } from "../../kernel/Ids.ts";
import type { Instant } from "../../kernel/Instant.ts";
import { CredentialStore, LocationStore, MemberStore, type SigningKey, TenantStore } from "../../platform/index.ts";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { clausesOf, same } from "./Clause.ts";
import { addLocation, addMember, addTenant, EPOCH, inTenant, minutes } from "./World.ts";

export const tenantStoreContract = clausesOf("TenantStore")({
  "finds a tenant as it was kept": Effect.gen(function* () {
    const tenant = yield* addTenant({ weekStart: 7, dayStartHours: 3, brandSettings: { colour: "#0a0", steps: [1] } });
    const found = yield* inTenant(
      tenant.id,
      TenantStore.use((tenants) => tenants.find(tenant.id)),
    );
    yield* same("the tenant", found, tenant);
  }),

  "lists every tenant for the operator": Effect.gen(function* () {
    const { id, name, createdAt } = yield* addTenant({ name: "Karura Runners" });
    const listed = yield* TenantStore.use((tenants) => tenants.directory);
    yield* same(
      "the listing",
      listed.find((tenant) => tenant.id === id),
      { id, name, createdAt },
    );
  }),
});

export const locationStoreContract = clausesOf("LocationStore")({
  "finds a location as it was kept": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const location = yield* addLocation(id, { address: "Hatheru Road 1", capacityDefaults: { class: 30 } });
    const found = yield* inTenant(
      id,
      LocationStore.use((locations) => locations.find(id, location.id)),
    );
    yield* same("the location", found, location);
  }),

  "lists oldest first, page by page": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const added = [yield* addLocation(id), yield* addLocation(id), yield* addLocation(id)];
    const page = (after?: ReadonlyArray<string>) =>
      inTenant(
        id,
        LocationStore.use((locations) => locations.list(id, { limit: 2, ...(after && { after }) })),
      );
    const first = yield* page();
    yield* same("the first page", first.rows, added.slice(0, 2));
    yield* same("the last page", yield* page(first.next), { rows: added.slice(2) });
  }),

  "knows the zones of locations that exist": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const location = yield* addLocation(id, { timezone: "Asia/Kathmandu" });
    const foreign = yield* Effect.flatMap(addTenant(), (other) => addLocation(other.id));
    const unknown = yield* newId(LocationId);
    const zones = yield* inTenant(
      id,
      LocationStore.use((locations) => locations.zones(id, [location.id, foreign.id, unknown])),
    );
    yield* same("the zones", [...zones], [[location.id, "Asia/Kathmandu"]]);
    const none = yield* inTenant(
      id,
      LocationStore.use((locations) => locations.zones(id, [])),
    );
    yield* same("of no location", none.size, 0);
  }),
});

export const memberStoreContract = clausesOf("MemberStore")({
  "finds a member as it was kept": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const member = yield* addMember(id, {
      email: "amina@example.org",
      phone: "+254 700 000000",
      dateOfBirth: CivilDate.of("1990-02-28"),
      timezone: "Africa/Nairobi",
      externalPartyId: "party-1",
    });
    const found = yield* inTenant(
      id,
      MemberStore.use((members) => members.find(id, member.id)),
    );
    yield* same("the member", found, member);
  }),

  "lists oldest first, and by a partner's id": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const one = yield* addMember(id, { externalPartyId: "party-1" });
    const two = yield* addMember(id);
    const list = (filter: { readonly externalPartyId?: string }) =>
      inTenant(
        id,
        MemberStore.use((members) => members.list(id, filter, { limit: 10 })),
      );
    yield* same("everybody", yield* list({}), { rows: [one, two] });
    yield* same("by party", yield* list({ externalPartyId: "party-1" }), { rows: [one] });
  }),

  "answers the members asked for by name, and passes over those that are not there": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const one = yield* addMember(id, { firstName: "Amina" });
    const two = yield* addMember(id, { firstName: "Juma", timezone: "Europe/Vienna" });
    yield* addMember(id, { firstName: "Somebody else" });
    const foreign = yield* addMember((yield* addTenant()).id);
    const ask = (ids: ReadonlyArray<MemberId>) =>
      inTenant(
        id,
        MemberStore.use((members) => members.named(id, ids)),
      );
    const named = yield* ask([two.id, one.id, foreign.id, yield* newId(MemberId)]);
    yield* same("how many", named.size, 2);
    yield* same("one", named.get(one.id), one);
    yield* same("the other", named.get(two.id), two);
    yield* same("of nobody", (yield* ask([])).size, 0);
  }),

  "knows the zones of members that exist, and that some have none": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const settled = yield* addMember(id, { timezone: "Europe/Vienna" });
    const nomad = yield* addMember(id);
    const unknown = yield* newId(MemberId);
    const zones = yield* inTenant(
      id,
      MemberStore.use((members) => members.zones(id, [settled.id, nomad.id, unknown])),
    );
    yield* same("settled", zones.get(settled.id), [{ from: EPOCH, timezone: "Europe/Vienna" }]);
    yield* same("nomad", zones.get(nomad.id), []);
    yield* same("unknown", zones.has(unknown), false);
  }),
});

const signingKey = (keyId: string): SigningKey => ({ keyId, privateKey: "{}", publicKey: "{}", createdAt: EPOCH });

const credentials = <A>(tenantId: TenantId, ask: (store: (typeof CredentialStore)["Service"]) => Effect.Effect<A>) =>
  inTenant(tenantId, CredentialStore.use(ask));

export const credentialStoreContract = clausesOf("CredentialStore")({
  "keeps one signing key of servers that start at once": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const add = (keyId: string) => credentials(id, (store) => store.addSigningKey(signingKey(keyId), { ifNone: true }));
    yield* Effect.all([add("first"), add("second"), add("third")], { concurrency: "unbounded" });
    const keys = yield* credentials(id, (store) => store.signingKeys);
    const added = keys.filter(({ keyId }) => /^(first|second|third)$/.test(keyId));
    yield* same("more than one of those", added.length > 1, false);
    yield* same("none at all", keys.length === 0, false);
  }),

  "adds a signing key to those there are, newest first, and none where one is enough": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const add = (keyId: string, createdAt: Instant, ifNone: boolean) =>
      credentials(id, (store) => store.addSigningKey({ ...signingKey(keyId), createdAt }, { ifNone }));
    yield* add("rotation-1", minutes(1), false);
    yield* add("rotation-2", minutes(2), false);
    yield* add("rotation-3", minutes(3), true);
    const keys = yield* credentials(id, (store) => store.signingKeys);
    yield* same(
      "the keys",
      keys.map(({ keyId }) => keyId).filter((keyId) => keyId.startsWith("rotation-")),
      ["rotation-2", "rotation-1"],
    );
  }),

  "redeems a sign-in token once, and not when it has expired": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const token = {
      tenantId: id,
      digest: "digest-1",
      actorId: "owner-1",
      role: "owner",
      expiresAt: minutes(10),
    } as const;
    const redeem = (digest: string, at = EPOCH) => credentials(id, (store) => store.redeem(id, digest, at));
    yield* credentials(id, (store) => store.addSignInToken(token));
    yield* same("another's digest", yield* redeem("digest-2"), undefined);
    yield* same("redeemed", yield* redeem("digest-1"), token);
    yield* same("redeemed again", yield* redeem("digest-1"), undefined);
    yield* credentials(id, (store) => store.addSignInToken({ ...token, digest: "digest-3" }));
    yield* same("expired", yield* redeem("digest-3", minutes(10)), undefined);
    const other = yield* addTenant();
    yield* credentials(id, (store) => store.addSignInToken({ ...token, digest: "digest-4" }));
    const elsewhere = yield* credentials(other.id, (store) => store.redeem(other.id, "digest-4", EPOCH));
    yield* same("in another tenant", elsewhere, undefined);
  }),

  "gives a sign-in token to one of two who redeem it at once": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const token = { tenantId: id, digest: "once", actorId: "a", role: "coach", expiresAt: minutes(10) } as const;
    yield* credentials(id, (store) => store.addSignInToken(token));
    const redeem = credentials(id, (store) => store.redeem(id, "once", EPOCH));
    const redeemed = yield* Effect.all([redeem, redeem, redeem], { concurrency: "unbounded" });
    yield* same("redeemed", redeemed.filter((one) => one !== undefined).length, 1);
  }),

  "voids the tokens of an actor, or of everybody, from before an instant": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const standing = (actorId: string) =>
      Effect.map(
        credentials(id, (store) => store.standings([{ tenantId: id, actorId }])),
        ([found]) => found ?? { isActive: false },
      );
    const revoke = (actorId: string | undefined, before: Instant) =>
      credentials(id, (store) => store.revokeBefore(id, actorId, before));
    yield* same("nobody", yield* standing("coach-1"), { isActive: true });
    yield* revoke("coach-1", minutes(5));
    yield* same("the actor", yield* standing("coach-1"), { isActive: true, revokedBefore: minutes(5) });
    yield* same("another", yield* standing("coach-2"), { isActive: true });
    yield* revoke(undefined, minutes(9));
    yield* same("everybody", yield* standing("coach-2"), { isActive: true, revokedBefore: minutes(9) });
    yield* same("the later of the two", yield* standing("coach-1"), { isActive: true, revokedBefore: minutes(9) });
    yield* revoke("coach-3", minutes(12));
    yield* same("the actor's own when that is later", yield* standing("coach-3"), {
      isActive: true,
      revokedBefore: minutes(12),
    });
    const together = credentials(id, (store) =>
      store.standings(["coach-3", "coach-2", "coach-3"].map((actorId) => ({ tenantId: id, actorId }))),
    );
    yield* same(
      "each, in order, when several are asked about together",
      (yield* together).map(({ revokedBefore }) => revokedBefore),
      [minutes(12), minutes(9), minutes(12)],
    );
  }),
});
