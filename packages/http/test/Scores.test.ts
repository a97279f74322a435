import { describe, expect, it } from "vitest";
import { slugOf, startApp } from "./support/TestApp.ts";

const app = await startApp();
const { owner, ids } = await app.openTenant("Scores");
const get = (path: string) => app.ask("GET", path, { token: owner });
const post = (path: string, body: object) => app.ask("POST", path, { token: owner, body });
const adherence = (query: string) => get(`/v1/members/${ids.memberId}/adherence-summary?${query}`);

describe("scores over HTTP", () => {
  it("are asked by formula, parameters, day, instant, and with an explanation", async () => {
    const query =
      "formula=who-150&parameters=weeks%3D2%3Btarget%3D60&asOf=2026-03-16&knownAt=2026-03-16T06:00:00Z&explain=true";
    const { status, body } = await adherence(query);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      formula: "who-150",
      formulaVersion: 1,
      asOf: "2026-03-16",
      knownAt: "2026-03-16T06:00:00.000Z",
      timezone: "Africa/Nairobi",
      explanation: { facts: [] },
    });
  });

  it.each([
    ["parameters=weeks%3D2", "/formula"],
    ["formula=who-150&parameters=weeks", "/parameters"],
    ["formula=who-150&parameters=weeks%3D0", "/parameters/weeks"],
    ["formula=who-150&explain=maybe", "/explain"],
    ["formula=WHO", "/formula"],
  ])("%s is refused, and the field is named", async (query, path) => {
    const { status, body } = await adherence(query);
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [expect.objectContaining({ path })] });
  });

  it("a formula of one's own is checked field by field, versioned, and the published ones keep their names", async () => {
    const shipped = await get("/v1/formulas/capped-weeks");
    const { version: _, ...definition } = shipped.body["definition"] as Record<string, unknown>;
    const wrong = await post("/v1/formulas", { ...definition, id: "Mine", name: "", unknown: 1 });
    expect(wrong.status).toBe(400);
    const paths = (wrong.body["errors"] as ReadonlyArray<{ path: string }>).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(["/id", "/name", "/unknown"]);
    const taken = await post("/v1/formulas", definition);
    expect([taken.status, slugOf(taken.body)]).toEqual([409, "formula-is-shipped"]);
    for (const version of [1, 2]) {
      const defined = await post("/v1/formulas", { ...definition, id: "mine" });
      expect([defined.status, defined.body["version"]]).toEqual([201, version]);
    }
    expect((await get("/v1/formulas/mine?version=1")).body).toMatchObject({ version: 1, isShipped: false });
    expect((await get("/v1/formulas/mine?version=3")).status).toBe(404);
    const elsewhere = await app.openTenant("Elsewhere");
    expect((await app.ask("GET", "/v1/formulas/mine", { token: elsewhere.owner })).status).toBe(404);
  });
});
