import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { stores } from "./support/Stores.ts";
import { slugOf, startApp } from "./support/TestApp.ts";

const apps = await Promise.all(
  stores.map(async ([name, layer]) => {
    const app = await startApp(layer);
    return [name, app, await app.openTenant("Keys")] as const;
  }),
);
const body = { name: "Hill", timezone: "UTC" };

describe.each(apps)(
  "%s, an idempotency key",
  (_, { ask, openTenant, tokenOf }, { owner: token, tenantId, ids, register }) => {
    const locations = async (name: string) => {
      const { body: page } = await ask<{ items: Array<{ name: string }> }>("GET", "/v1/locations?limit=200", { token });
      return page.items.filter((location) => location.name === name).length;
    };

    it("is needed on every POST", async () => {
      const refused = await ask("POST", "/v1/locations", { token, body, key: null });
      expect(refused.status).toBe(400);
      expect(slugOf(refused.body)).toBe("idempotency-key-missing");
      for (const key of ["two words", "é", "x".repeat(201)]) {
        const unusable = await ask("POST", "/v1/locations", { token, body, key: encodeURI(key) === key ? key : "a b" });
        expect(unusable.status).toBe(400);
      }
    });

    it("makes a request that is sent again answer the same, and do nothing more", async () => {
      const key = randomUUID();
      const first = await ask("POST", "/v1/locations", { token, body, key });
      const again = await ask("POST", "/v1/locations", { token, body, key });
      expect(again).toMatchObject({ status: 201, body: first.body });
      expect(await locations("Hill")).toBe(1);
    });

    it("makes requests that are sent at the same moment one", async () => {
      const key = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => ask("POST", "/v1/locations", { token, body: { ...body, name: "Twins" }, key })),
      );
      const done = answers.filter(({ status }) => status === 201);
      expect(new Set(done.map(({ body: made }) => made["id"])).size).toBe(1);
      expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
      expect(await locations("Twins")).toBe(1);
    });

    it("is refused with another body, another address, or another path parameter", async () => {
      const key = randomUUID();
      await ask("POST", "/v1/locations", { token, body, key });
      const otherBody = await ask("POST", "/v1/locations", { token, body: { ...body, name: "Valley" }, key });
      expect(otherBody).toMatchObject({ status: 422 });
      expect(slugOf(otherBody.body)).toBe("idempotency-key-reused");
      const elsewhere = await ask("POST", "/v1/members", { token, body: { firstName: "A", lastName: "B" }, key });
      expect(elsewhere.status).toBe(422);
    });

    it("does not mind the order of fields, which is no part of what is asked", async () => {
      const key = randomUUID();
      const first = await ask("POST", "/v1/locations", { token, body: '{"name":"Order","timezone":"UTC"}', key });
      const again = await ask("POST", "/v1/locations", { token, body: '{"timezone":"UTC","name":"Order"}', key });
      expect(again.body["id"]).toBe(first.body["id"]);
    });

    it("belongs to one actor of one tenant", async () => {
      const key = randomUUID();
      const there = await openTenant("Other keys");
      const mine = await ask("POST", "/v1/locations", { token, body, key });
      const theirs = await ask("POST", "/v1/locations", { token: there.owner, body, key });
      const colleague = await ask("POST", "/v1/locations", {
        token: await tokenOf(tenantId, "owner-2", "owner"),
        body,
        key,
      });
      expect(new Set([mine, theirs, colleague].map(({ body: made }) => made["id"])).size).toBe(3);
    });

    it("stays free when what it was for was refused", async () => {
      const key = randomUUID();
      const memberId = await register("Njeri");
      const request = { memberId, sessionInstanceId: ids.sessionInstanceId };
      const rivals = [await register("R1")];
      const taken = await Promise.all(
        rivals.map((rival) => ask("POST", "/v1/bookings", { token, body: { ...request, memberId: rival } })),
      );
      expect((await ask("POST", "/v1/bookings", { token, body: request, key })).status).toBe(409);
      await ask("POST", `/v1/bookings/${String(taken[0]?.body["id"])}/cancel`, { token });
      expect((await ask("POST", "/v1/bookings", { token, body: request, key })).status).toBe(201);
    });
  },
);
