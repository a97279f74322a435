import * as Redacted from "effect/Redacted";
import { describe, expect, it } from "vitest";
import { settingsOf } from "../src/Settings.ts";

const everything = { dataDir: "./x", databaseUrl: "postgres://db", url: "http://zmos.test/", token: "t" };
const typed = (...names: ReadonlyArray<string>) => settingsOf(everything, (name) => names.includes(name));

describe("settings", () => {
  it("prefer a server to a database, where the environment names both", () => {
    expect(typed().url).toBe("http://zmos.test");
  });

  it("prefer what is typed: a folder means that folder, whatever the environment says", () => {
    expect(typed("dataDir")).toMatchObject({ dataDir: "./x", databaseUrl: undefined, url: undefined });
  });

  it("prefer a database that is typed to a server in the environment", () => {
    const { url, databaseUrl } = typed("databaseUrl");
    expect(url).toBeUndefined();
    expect(databaseUrl && Redacted.value(databaseUrl)).toBe("postgres://db");
  });

  it("keep the database's address out of what is printed", () => {
    expect(JSON.stringify(typed("databaseUrl"))).not.toContain("postgres");
  });
});
