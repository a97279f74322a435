import { describe, expect, it } from "vitest";
import { LIMIT_BYTES, LIMIT_DEPTH } from "../src/wire/ReadBody.ts";
import { slugOf, startApp } from "./support/TestApp.ts";

const { app, ask, openTenant } = await startApp();
const { owner: token, ids } = await openTenant("Bodies");

const post = (body: unknown, path = "/v1/locations") => ask("POST", path, { token, body });
const paths = (answer: { readonly body: object }) => [
  ...new Set(((answer.body as { errors?: ReadonlyArray<{ path: string }> }).errors ?? []).map(({ path }) => path)),
];

describe("a body", () => {
  it("is read up to the limit and not beyond", async () => {
    const padded = (length: number) => {
      const text = JSON.stringify({ name: "Big", timezone: "UTC", address: "" });
      return text.padEnd(length, " ");
    };
    expect((await post(padded(LIMIT_BYTES - 1))).status).toBe(201);
    expect((await post(padded(LIMIT_BYTES))).status).toBe(201);
    const beyond = await post(padded(LIMIT_BYTES + 1));
    expect(beyond).toMatchObject({ status: 413, body: { limitBytes: LIMIT_BYTES } });
  });

  it("that claims no length is counted while it is read, and left once it is too long", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536).fill(0x20));
      },
    });
    const response = await app.fetch(
      new Request("http://zmos.test/v1/locations", {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": "endless" },
        body: endless,
        duplex: "half",
      }),
    );
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(2 * LIMIT_BYTES);
  });

  it("is nested as deep as the limit and not deeper, even a million deep", async () => {
    const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
    expect(slugOf((await post(nested(LIMIT_DEPTH))).body)).toBe("invalid-command");
    for (const depth of [LIMIT_DEPTH + 1, 500_000]) {
      const refused = await post(nested(depth));
      expect(slugOf(refused.body)).toBe("malformed-body");
    }
    const inText = await post({ name: "[[[".repeat(20), timezone: "UTC" });
    expect(inText.status).toBe(201);
  });

  it.each([
    ["is cut", '{"name":'],
    ["is not JSON", "name: x"],
    ["is not UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ])("that %s is refused", async (_, body) => {
    const response = await app.fetch(
      new Request("http://zmos.test/v1/locations", {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": "bad" },
        body,
      }),
    );
    expect(response.status).toBe(400);
    expect(slugOf((await response.json()) as object)).toBe("malformed-body");
  });

  it.each(["null", "[]", "1", '"text"'])("that is no object is refused: %s", async (body) => {
    expect(slugOf((await post(body)).body)).toBe("invalid-command");
  });

  it("that is missing is refused by the fields it misses, and one where none belongs by the fields it has", async () => {
    expect(paths(await post(undefined)).toSorted()).toEqual(["/name", "/timezone"]);
    const superfluous = await post({ force: true }, `/v1/bookings/${ids.bookingId}/check-in`);
    expect(paths(superfluous)).toEqual(["/force"]);
  });

  it("cannot reach what objects inherit", async () => {
    const refused = await post(
      '{"name":"P","timezone":"UTC","__proto__":{"roles":["owner"]},"constructor":{"prototype":{"x":1}}}',
    );
    expect(paths(refused).toSorted()).toEqual(["/__proto__", "/constructor"]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
    const inherited = await ask("GET", "/v1/locations?__proto__=1&constructor=2&toString=3", { token });
    expect(inherited.status).toBe(400);
  });
});

describe("text", () => {
  it.each([
    ["NUL", "a\u0000b"],
    ["half a surrogate pair", "a\ud800b"],
    ["a zero-width space", "a\u200bb"],
    ["a direction override", "a\u202eb"],
    ["10,000 characters", "x".repeat(10_000)],
    ["nothing", ""],
  ])("with %s is no name", async (_, name) => {
    const body = JSON.stringify({ name, timezone: "UTC" });
    expect(paths(await post(body))).toContain("/name");
  });

  it.each(["'; drop table location; --", "<script>alert(1)</script>", "=1+1", "{{7*7}}", "😀 Größe 北京", "%00"])(
    "that means something elsewhere is only text here: %s",
    async (name) => {
      const made = await post({ name, timezone: "UTC" });
      expect(made).toMatchObject({ status: 201, body: { name } });
    },
  );
});

describe("numbers", () => {
  const capacity = (text: string) => post(`{"name":"N","timezone":"UTC","capacityDefaults":{"class":${text}}}`);
  it.each(["-1", "0", "10001", "1.5", "1e309", "9007199254740993", "2147483648", '"10"', "null", "true", "[10]"])(
    "that are no count of people are refused: %s",
    async (text) => {
      expect(paths(await capacity(text))).toEqual(["/capacityDefaults/class"]);
    },
  );
  it.each(["1", "10000", "1e2"])("that are, are taken: %s", async (text) => {
    expect((await capacity(text)).status).toBe(201);
  });
  it("NaN is no JSON", async () => {
    expect(slugOf((await capacity("NaN")).body)).toBe("malformed-body");
  });
  it.each([
    [-1, false],
    [0, true],
    [1_440, true],
    [1_440.5, false],
  ])("%d minutes in a day: taken is %s", async (durationMinutes, isTaken) => {
    const told = await post(
      { memberId: ids.memberId, type: "other", occurredAt: "2026-03-01", durationMinutes },
      "/v1/movement-events",
    );
    expect(told.status).toBe(isTaken ? 201 : 400);
  });
  it.each(["0", "201", "-1", "1.5", "ten", "", "1e309", "10&limit=20"])("a limit of %s is refused", async (limit) => {
    expect((await ask("GET", `/v1/locations?limit=${limit}`, { token })).status).toBe(400);
  });
});
