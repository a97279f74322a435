import { layerServer } from "@zmos/adapters-pg";
import * as Effect from "effect/Effect";
import type * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, it } from "vitest";
import { temporaryFolder, zmos } from "./support/ZmosProcess.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly postgresPort: number;
  }
}

describe("the command line", { timeout: 60_000 }, () => {
  it("ends with 0 after help, and with 2 where it cannot be understood", async () => {
    const [help, unknown, option, port, url] = await Promise.all([
      zmos("--help"),
      zmos("fly"),
      zmos("streak"),
      zmos("serve", "--port", "70000"),
      zmos("streak", "x", "--url", "nowhere"),
    ]);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain("Exit codes");
    expect([unknown.code, option.code, port.code, url.code]).toEqual([2, 2, 2, 2]);
    expect(unknown.stderr).toContain("unknown command 'fly'");
    expect(port.stderr).toContain("A port is a number from 0 to 65535");
  });

  it("refuses an operator's command at a server that was typed", async () => {
    const [tenant, token] = await Promise.all([
      zmos("tenant", "list", "--url", "http://127.0.0.1:9"),
      zmos("token", "--role", "owner", "--url", "http://127.0.0.1:9"),
    ]);
    expect([tenant.code, token.code]).toEqual([2, 2]);
    expect(tenant.stderr).toContain("works on the database itself");
  });

  it("ends with 3 where no server answers, and tells it as a problem where programs ask", async () => {
    const [people, programs] = await Promise.all([
      zmos("standings", "--url", "http://127.0.0.1:9"),
      zmos("standings", "--url", "http://127.0.0.1:9", "--json"),
    ]);
    expect(people).toMatchObject({ code: 3, stdout: "" });
    expect(people.stderr).toMatch(/^zmos: No ZMOS server answers/);
    expect(JSON.parse(programs.stderr)).toMatchObject({ type: expect.stringContaining("/problems/") as string });
  });

  it("sets up a tenant and gives tokens for it, on an embedded folder", async () => {
    const dataDir = join(temporaryFolder(), "zmos");
    const here = ["--data-dir", dataDir];
    const none = await zmos("standings", ...here);
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain("zmos tenant create");

    expect(await zmos("wake", ...here)).toMatchObject({ code: 0, stdout: "Nothing was due.\n" });
    const created = await zmos("tenant", "create", "Lavington", "--timezone", "Africa/Nairobi", "--json", ...here);
    const { id } = JSON.parse(created.stdout) as { id: string };
    const token = await zmos("token", "--tenant", "Lavington", "--role", "coach", ...here);
    expect(token.code).toBe(0);
    const claims = JSON.parse(Buffer.from(token.stdout.split(".")[1] ?? "", "base64url").toString()) as object;
    expect(claims).toMatchObject({ tid: id, roles: ["coach"] });
    expect(token.stdout.trim().split("\n")).toHaveLength(1);

    const member = await zmos("token", "--role", "member", ...here);
    expect(member).toMatchObject({ code: 2, stdout: "" });
    const standings = await zmos("standings", "--json", ...here);
    expect(JSON.parse(standings.stdout)).toMatchObject({ items: [] });
  });
});

describe("zmos doctor", { timeout: 60_000 }, () => {
  it("makes nothing, and says what is wrong and how to mend it", async () => {
    const folder = temporaryFolder();
    const fresh = await zmos("doctor", "--data-dir", join(folder, "fresh"), "--port", "0");
    expect(fresh.code).toBe(0);
    expect(fresh.stdout).toContain("is not there yet");

    writeFileSync(join(folder, "file"), "");
    const file = await zmos("doctor", "--data-dir", join(folder, "file"), "--port", "0", "--json");
    expect(file.code).toBe(1);
    expect(JSON.parse(file.stdout)).toMatchObject({ ok: false });

    mkdirSync(join(folder, "broken", "pgdata"), { recursive: true });
    writeFileSync(join(folder, "broken", "pgdata", "PG_VERSION"), "9.1\n");
    const broken = await zmos("doctor", "--data-dir", join(folder, "broken"), "--port", "0");
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/problem {2}Database +The data cannot be opened\n +→ .*Put back a copy/);
  });
});

describe("a PostgreSQL server", { timeout: 60_000 }, () => {
  const at = (user: string, database: string) => `postgres://${user}@127.0.0.1:${inject("postgresPort")}/${database}`;
  const newDatabase = async () => {
    const name = `cli_${randomUUID().replaceAll("-", "")}`;
    const create = SqlClient.SqlClient.use((sql) => sql.unsafe(`create database ${name} owner zmos_owner`));
    const server = layerServer({ url: Redacted.make(at("postgres", "postgres")), maxConnections: 1 });
    await Effect.runPromise(Effect.provide(create, server as Layer.Layer<SqlClient.SqlClient>));
    return name;
  };

  it("is migrated by its owner, served by who owns nothing, and the doctor tells the two apart", async () => {
    const name = await newDatabase();
    const owner = ["--database-url", at("zmos_owner", name)];
    const login = ["--database-url", at("zmos_login", name)];
    const behind = await zmos("migrate", "--status", ...owner);
    expect(behind).toMatchObject({ code: 1, stdout: expect.stringContaining("at migration 0 of") as string });
    expect(await zmos("tenant", "list", ...login)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("zmos migrate") as string,
    });
    expect(await zmos("migrate", ...owner)).toMatchObject({ code: 0 });
    expect(await zmos("migrate", "--status", ...owner)).toMatchObject({ code: 0 });
    expect(await zmos("tenant", "create", "Lavington", "--timezone", "Africa/Nairobi", ...login)).toMatchObject({
      code: 0,
    });
    const [well, superuser, away] = await Promise.all([
      zmos("doctor", "--port", "0", ...login),
      zmos("doctor", "--port", "0", "--database-url", at("postgres", name)),
      zmos("doctor", "--port", "0", "--database-url", "postgres://nobody@127.0.0.1:9/zmos"),
    ]);
    expect(well).toMatchObject({ code: 0 });
    expect(superuser).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("bypasses row-level security") as string,
    });
    expect(away).toMatchObject({ code: 1, stdout: expect.stringContaining("cannot be used") as string });
    expect(away.stdout).not.toContain("Something went wrong");
  });
});
