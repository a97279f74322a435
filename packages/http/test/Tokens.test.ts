import { CredentialStore, Instant, now, type TenantId } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as jose from "jose";
import { describe, expect, it } from "vitest";
import { AUDIENCE, ISSUER, TOKEN_TYPE } from "../src/auth/AccessTokens.ts";
import { SignIn } from "../src/auth/SignIn.ts";
import { slugOf, startApp } from "./support/TestApp.ts";

const { ask, openTenant, runtime, tokenOf } = await startApp();
const { owner, tenantId } = await openTenant("Tokens");
const [signingKey] = await runtime.runPromise(CredentialStore.use((credentials) => credentials.signingKeys));
if (signingKey === undefined) throw new Error("a token was issued, so there is a key");
const ours = await jose.importJWK(JSON.parse(signingKey.privateKey) as jose.JWK, "EdDSA");

const seconds = Math.floor(Date.now() / 1_000);
const claims = {
  tid: tenantId as string,
  sub: "owner-1",
  actor_type: "user_account",
  roles: ["owner"],
  iss: ISSUER,
  aud: AUDIENCE,
  iat: seconds,
  nbf: seconds,
  exp: seconds + 3_600,
};
const header = { alg: "EdDSA", typ: TOKEN_TYPE, kid: signingKey.keyId };

type Claims = Readonly<Record<string, unknown>>;
const sign = (changed: Claims = {}, changedHeader: Claims = {}, key: jose.CryptoKey | Uint8Array = ours) =>
  new jose.SignJWT({ ...claims, ...changed }).setProtectedHeader({ ...header, ...changedHeader }).sign(key);

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

const answerTo = async (token: string) => {
  const { status, body } = await ask("GET", "/v1/tenant", { token });
  return status === 200 ? "let in" : `${status} ${slugOf(body)} ${String(body["reason"])}`;
};

describe("a token that we did not make as it is", () => {
  it("the one that these attacks start from is let in", async () => {
    expect(await answerTo(await sign())).toBe("let in");
  });

  it("alg none is refused", async () => {
    const unsigned = `${base64url({ ...header, alg: "none" })}.${base64url(claims)}.`;
    expect(await answerTo(unsigned)).toBe("401 unauthenticated unknown");
  });

  it("HS256 with the public key as its secret is refused", async () => {
    const secret = new TextEncoder().encode(signingKey.publicKey);
    expect(await answerTo(await sign({}, { alg: "HS256" }, secret))).toBe("401 unauthenticated unknown");
  });

  it("another key under our key's id is refused, and so is an unknown key id", async () => {
    const { privateKey } = await jose.generateKeyPair("EdDSA", { crv: "Ed25519" });
    expect(await answerTo(await sign({}, {}, privateKey))).toBe("401 unauthenticated unknown");
    expect(await answerTo(await sign({}, { kid: "unheard-of" }))).toBe("401 unauthenticated unknown");
    expect(await answerTo(await sign({}, { kid: undefined }))).toBe("401 unauthenticated malformed");
  });

  it("a key that the token brings along is not asked", async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
    const jwk = await jose.exportJWK(publicKey);
    expect(await answerTo(await sign({}, { jwk }, privateKey))).toBe("401 unauthenticated unknown");
  });

  it.each([
    ["another audience", { aud: "elsewhere" }, {}],
    ["another issuer", { iss: "https://elsewhere.test" }, {}],
    ["another type", {}, { typ: "JWT" }],
    ["no type", {}, { typ: undefined }],
    ["a time to come", { nbf: seconds + 60 }, {}],
    ["no expiry", { exp: undefined }, {}],
  ])("%s is refused", async (_, changed, changedHeader) => {
    expect(await answerTo(await sign(changed, changedHeader))).toBe("401 unauthenticated unknown");
  });

  it.each([1e15, -1, Number.MAX_VALUE])("a time of issue that is no time we know (%s) is malformed", async (iat) => {
    expect(await answerTo(await sign({ iat }))).toBe("401 unauthenticated malformed");
  });

  it("an expired token is refused as expired, and so is one that is older than any of ours", async () => {
    expect(await answerTo(await sign({ exp: seconds - 60 }))).toBe("401 unauthenticated expired");
    const old = seconds - 13 * 3_600;
    expect(await answerTo(await sign({ iat: old, nbf: old, exp: seconds + 99_999 }))).toBe(
      "401 unauthenticated expired",
    );
  });

  it.each([
    ["a tenant that is none", { tid: "nobody" }],
    ["a role that is none", { roles: ["god"] }],
    ["an actor type that is none", { actor_type: "root" }],
    ["no actor", { sub: "" }],
  ])("%s is refused", async (_, changed) => {
    expect(await answerTo(await sign(changed))).toBe("401 unauthenticated malformed");
  });

  it("a payload that was changed after signing is refused", async () => {
    const [head, , signature] = (await sign()).split(".");
    const changed = `${head}.${base64url({ ...claims, roles: ["owner"], sub: "somebody-else" })}.${signature}`;
    expect(await answerTo(changed)).toBe("401 unauthenticated unknown");
  });

  it.each(["", "x", "a.b.c", "..", "ey".repeat(4_000)])("nonsense is refused: %#", async (nonsense) => {
    expect(await answerTo(nonsense)).toMatch(/^401 unauthenticated (malformed|missing)$/);
  });

  it("another scheme than Bearer is refused", async () => {
    const basic = await ask("GET", "/v1/tenant", { headers: { authorization: "Basic eDp5" } });
    expect(basic).toMatchObject({ status: 401, body: { reason: "malformed" } });
  });
});

describe("a token that counted once", () => {
  it("counts no more once its bearer is revoked, from the next request on; a new one counts", async () => {
    const token = await tokenOf(tenantId, "coach-7", "coach");
    const other = await tokenOf(tenantId, "coach-8", "coach");
    expect(await answerTo(token)).toBe("let in");
    await revoke(tenantId, "coach-7");
    expect(await answerTo(token)).toBe("401 unauthenticated revoked");
    expect(await answerTo(other)).toBe("let in");
    expect(await answerTo(await tokenOf(tenantId, "coach-7", "coach"))).toBe("let in");
  });

  it("counts no more once the whole tenant is revoked, and other tenants do not notice", async () => {
    const there = await openTenant("Revoked");
    await revoke(there.tenantId, undefined);
    expect(await answerTo(there.owner)).toBe("401 unauthenticated revoked");
    expect(await answerTo(owner)).toBe("let in");
  });

  const revoke = (tenant: TenantId, actorId: string | undefined) =>
    runtime.runPromise(
      Effect.flatMap(now, (at) =>
        CredentialStore.use((store) => store.revokeBefore(tenant, actorId, Instant.make(at + 1))),
      ).pipe(
        // The next token must be younger than the revocation.
        Effect.andThen(Effect.sleep("5 millis")),
      ),
    );
});

describe("a one-time sign-in token", () => {
  const issue = () =>
    runtime.runPromise(SignIn.use((signIn) => signIn.issue({ tenantId, actorId: "desk-1", role: "front_desk" })));
  const exchange = (token: string) => ask("POST", "/v1/sign-in", { body: { token }, key: null });

  it("gives a bearer token once, to one of those who use it at the same time", async () => {
    const { token } = await issue();
    const answers = await Promise.all([exchange(token), exchange(token), exchange(token)]);
    const [winner, ...others] = answers.filter(({ status }) => status === 200);
    expect(others).toEqual([]);
    expect(winner?.body).toMatchObject({ tokenType: "Bearer" });
    expect(await answerTo(String(winner?.body["accessToken"]))).toBe("let in");
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(2);
  });

  it("is refused when it is another tenant's, cut, or made up", async () => {
    const { token } = await issue();
    const there = await openTenant("Elsewhere");
    const [, secret] = token.split(".");
    for (const wrong of [`${there.tenantId}.${secret}`, token.slice(0, -1), `${token}.x`, "", "x"]) {
      expect((await exchange(wrong)).status).toBe(401);
    }
  });
});
