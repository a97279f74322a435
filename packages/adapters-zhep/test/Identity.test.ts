import { assert, describe, it } from "@effect/vitest";
import {
  Identity,
  PartnerUnavailable,
  Platform,
  Principal,
  StoreUnavailable,
  type Tenant,
  Unauthenticated,
} from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { IdentityByIssuer } from "../src/index.ts";
import { FakeZhep, Step } from "../src/testing/index.ts";
import * as Wire from "../src/Wire.ts";
import { connectedTenant, layerWith, standaloneTenant } from "./support/Modes.ts";

const INTROSPECT = Wire.introspect.path;

const join = (tenant: Tenant, externalPartyId: string) =>
  Platform.use((platform) => platform.registerMember({ firstName: "Amina", lastName: "Otieno", externalPartyId })).pipe(
    Effect.provideService(Principal, {
      tenantId: tenant.id,
      actorId: "owner-1",
      actorType: "user_account",
      roles: ["owner"],
    }),
  );

const authenticate = (token: string) => Identity.use((identity) => identity.authenticate(token));
const refusal = (token: string) => Effect.flip(authenticate(token));

/** A connected tenant with one member, for whom ZHEP vouches under the token `amina`. */
const scene = Effect.gen(function* () {
  const fake = yield* FakeZhep;
  const tenant = yield* connectedTenant;
  const amina = yield* join(tenant, "party-amina");
  const member = { partyId: "party-amina", tenantId: tenant.id, actorType: "member", roles: ["member"] } as const;
  fake.ledger.vouchFor("amina", member);
  return { fake, tenant, amina, member };
});

describe("whom ZHEP vouches for", () => {
  it.effect("a member is the one member of the tenant that has this party", () =>
    Effect.gen(function* () {
      const { tenant, amina } = yield* scene;
      assert.deepStrictEqual(yield* authenticate("amina"), {
        tenantId: tenant.id,
        actorId: amina.id,
        actorType: "member",
        roles: ["member"],
      });
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("staff act under the name of their party, with the roles ZHEP gives them", () =>
    Effect.gen(function* () {
      const { fake, tenant } = yield* scene;
      fake.ledger.vouchFor("coach", {
        partyId: "party-coach",
        tenantId: tenant.id,
        actorType: "user_account",
        roles: ["coach", "front_desk"],
      });
      assert.deepStrictEqual(yield* authenticate("coach"), {
        tenantId: tenant.id,
        actorId: "zhep:party-coach",
        actorType: "user_account",
        roles: ["coach", "front_desk"],
      });
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("a party that is no member, or two, is nobody", () =>
    Effect.gen(function* () {
      const { fake, tenant, member } = yield* scene;
      fake.ledger.vouchFor("stranger", { ...member, partyId: "party-stranger" });
      assert.deepStrictEqual(yield* refusal("stranger"), new Unauthenticated({ reason: "unknown" }));
      yield* join(tenant, "party-amina");
      assert.deepStrictEqual(yield* refusal("amina"), new Unauthenticated({ reason: "unknown" }));
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("a party of one tenant is nobody in another, nor in a tenant that is not connected or does not exist", () =>
    Effect.gen(function* () {
      const { fake, member } = yield* scene;
      const other = yield* connectedTenant;
      const alone = yield* standaloneTenant;
      yield* join(alone, "party-amina");
      const nowhere = "0198f0c0-0000-7000-8000-000000000000" as Tenant["id"];
      for (const tenantId of [other.id, alone.id, nowhere]) {
        fake.ledger.vouchFor("amina", { ...member, tenantId });
        assert.deepStrictEqual(yield* refusal("amina"), new Unauthenticated({ reason: "unknown" }));
      }
      const owner = { partyId: "p", tenantId: alone.id, actorType: "user_account", roles: ["owner"] } as const;
      fake.ledger.vouchFor("owner", owner);
      assert.deepStrictEqual(yield* refusal("owner"), new Unauthenticated({ reason: "unknown" }));
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("a revoked token is refused from the next call on", () =>
    Effect.gen(function* () {
      const { fake } = yield* scene;
      yield* authenticate("amina");
      fake.ledger.revoke("amina");
      assert.deepStrictEqual(yield* refusal("amina"), new Unauthenticated({ reason: "revoked" }));
    }).pipe(Effect.provide(layerWith({}))),
  );

  it.effect("a token nobody knows, none, or one that cannot be one is refused; the last two without asking", () =>
    Effect.gen(function* () {
      const { fake } = yield* scene;
      assert.deepStrictEqual(yield* refusal("nobody"), new Unauthenticated({ reason: "unknown" }));
      const asked = fake.asked.length;
      assert.deepStrictEqual(yield* refusal(""), new Unauthenticated({ reason: "missing" }));
      for (const token of ["two words", "new\nline", "münchen", "\u0000", "a".repeat(8_193)]) {
        assert.deepStrictEqual(yield* refusal(token), new Unauthenticated({ reason: "malformed" }));
      }
      assert.strictEqual(fake.asked.length, asked);
      assert.deepStrictEqual(yield* refusal("a".repeat(8_192)), new Unauthenticated({ reason: "unknown" }));
    }).pipe(Effect.provide(layerWith({}))),
  );
});

describe("an introspection that is not one", () => {
  const tenantId = "0198f0c0-0000-7000-8000-000000000001";
  const good = { active: true, partyId: "party-amina", tenantId, actorType: "member", roles: ["member"] };
  const bad: ReadonlyArray<readonly [string, Step.Step]> = [
    ["a web page", Step.text("<html>welcome</html>")],
    ["an empty object", Step.json({})],
    ["active as a text", Step.json({ ...good, active: "true" })],
    ["no tenant", Step.json({ ...good, tenantId: undefined })],
    ["a tenant that is no id", Step.json({ ...good, tenantId: "../other" })],
    ["no party", Step.json({ ...good, partyId: "" })],
    ["a party too long to be an actor", Step.json({ ...good, partyId: "p".repeat(196) })],
    ["no roles", Step.json({ ...good, roles: [] })],
    ["a member who is an owner", Step.json({ ...good, roles: ["owner"] })],
    ["a member who is also an owner", Step.json({ ...good, roles: ["member", "owner"] })],
    ["staff who are members", Step.json({ ...good, actorType: "user_account", roles: ["member"] })],
    ["an unknown role", Step.json({ ...good, actorType: "user_account", roles: ["root"] })],
    ["a host, who may do everything", Step.json({ ...good, actorType: "host", roles: ["owner"] })],
    ["ZMOS itself", Step.json({ ...good, actorType: "system", roles: ["owner"] })],
    ["somebody else's answer", Step.mixed],
    ["an error", Step.status(500)],
    ["a refusal of our key", Step.status(401)],
    ["a cut line", Step.cut("midway")],
  ];
  it.effect.each(bad)("makes no principal: %s", ([, step]) =>
    Effect.gen(function* () {
      const { fake } = yield* scene;
      fake.play(INTROSPECT, step);
      assert.deepStrictEqual(
        yield* refusal("amina"),
        new PartnerUnavailable({ partner: "ZHEP", retryAfterSeconds: 5 }),
      );
    }).pipe(Effect.provide(layerWith({ retries: 0 }))),
  );

  it.live("nor does silence", () =>
    Effect.gen(function* () {
      const { fake } = yield* scene;
      fake.play(INTROSPECT, Step.hang);
      assert.instanceOf(yield* refusal("amina"), PartnerUnavailable);
    }).pipe(Effect.provide(layerWith({ deadlineMillis: 200 }))),
  );
});

describe("tokens of our own in a deployment inside ZHEP", () => {
  const ours = Layer.succeed(Identity, {
    authenticate: (token) => {
      if (token === "ours-expired") return Effect.fail(new Unauthenticated({ reason: "expired" }));
      if (token === "ours-store-down") return Effect.fail(new StoreUnavailable({ retryAfterSeconds: 7 }));
      return token === "ours"
        ? Effect.succeed({ tenantId, actorId: "owner-1", actorType: "user_account", roles: ["owner"] })
        : Effect.fail(new Unauthenticated({ reason: "malformed" }));
    },
  });
  const tenantId = "0198f0c0-0000-7000-8000-000000000001" as Tenant["id"];
  it.effect("stay good, and are never shown to ZHEP, which is asked about all others", () =>
    Effect.gen(function* () {
      const { fake } = yield* scene;
      assert.strictEqual((yield* authenticate("ours")).actorId, "owner-1");
      assert.deepStrictEqual(yield* refusal("ours-expired"), new Unauthenticated({ reason: "expired" }));
      assert.deepStrictEqual(yield* refusal("ours-store-down"), new StoreUnavailable({ retryAfterSeconds: 7 }));
      assert.strictEqual(fake.asked.length, 0);
      assert.strictEqual((yield* authenticate("amina")).actorType, "member");
      assert.strictEqual(fake.asked.length, 1);
    }).pipe(Effect.provide(layerWith({}, ours))),
  );

  it.effect("without any, nobody is known", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* refusal("anything"), new Unauthenticated({ reason: "unknown" }));
    }).pipe(Effect.provide(IdentityByIssuer.layerNobody)),
  );
});
