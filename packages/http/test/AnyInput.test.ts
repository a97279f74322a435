import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exampleOf, operationsOf, readDocument, send } from "./support/Operations.ts";
import { stores } from "./support/Stores.ts";
import { startApp } from "./support/TestApp.ts";

// On PostgreSQL, which has opinions of its own on what it is given.
const app = await startApp(stores.find(([name]) => name === "on PostgreSQL")?.[1]);
const { ids, owner: token } = await app.openTenant("Anything");
// Revoking does what it is asked: with it, the token that all others are sent with would be void.
const operations = operationsOf(await readDocument(app)).filter(({ name }) => name !== "revokeTokens");

/** Cursors that are well-formed, and that no list gave. */
const cursors = [["a"], [], ["2026", "x"], ["\u0000"], ["a", "b", "c", "d"]].map((position) =>
  Buffer.from(JSON.stringify(position)).toString("base64url"),
);

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom("2026-02-30", "9999-12-31T23:59:60Z", "00000000-0000-0000-0000-000000000000", -0, 1e308, "__proto__"),
);

/** An object like the example, with some of its fields replaced by anything. */
const like = (example: object) =>
  fc
    .record(Object.fromEntries(Object.keys(example).map((name) => [name, odd])), { requiredKeys: [] })
    .map((changes) => ({ ...example, ...changes }));

describe("whatever is sent", () => {
  it.each(
    operations
      .filter((operation) => exampleOf(operation) !== undefined)
      .map((o) => [`${o.method} ${o.path}`, o] as const),
  )("%s answers with what was asked for or with a problem, never with a mistake of ours", async (_, operation) => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(like(exampleOf(operation) ?? {}), fc.jsonValue()), async (body) => {
        const { status } = await app.ask(operation.method, operation.path, { token, body: JSON.stringify(body) });
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 150 },
    );
  });

  it("as path, query and headers, no address fails", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...operations), text, text, text, async (operation, name, value, id) => {
        const path = operation.path.replaceAll(/\{\w+\}/g, encodeURIComponent(id) || "x");
        const query = new URLSearchParams([[name, value]]).toString();
        const { status } = await app.ask(operation.method, `${path}?${query}`, { token });
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
      }),
      { numRuns: 500 },
    );
  });

  it("as a query of any endpoint's own parameters, no list fails", async () => {
    const lists = operations.filter(({ method }) => method === "GET");
    const value = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom("2026-02-30", "1e400", "-1", ...cursors, ids.memberId),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...lists),
        fc.array(value, { minLength: 8, maxLength: 8 }),
        async (operation, values) => {
          const named = (operation.parameters ?? []).filter((parameter) => parameter.in === "query");
          const query = Object.fromEntries(named.map(({ name }, index) => [name, values[index] ?? ""]));
          const { status } = await send(app, operation, { ...ids, ...query }, { token });
          expect(status).toBeLessThan(500);
        },
      ),
      { numRuns: 300 },
    );
  });

  const paged = operations.filter(({ parameters }) => (parameters ?? []).some(({ name }) => name === "cursor"));
  it.each(paged.flatMap((operation) => cursors.map((cursor) => [operation.path, cursor, operation] as const)))(
    "as a cursor that %s never gave (%s), it is refused or shows a page",
    async (_, cursor, operation) => {
      const { status, body } = await send(app, operation, { ...ids, cursor }, { token });
      expect([200, 400], JSON.stringify(body)).toContain(status);
    },
  );
});
