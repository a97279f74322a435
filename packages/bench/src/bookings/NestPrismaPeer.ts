/** The NestJS and Prisma server: installed and compiled when it is first needed, then started. */
import { build } from "esbuild";
import { execFile } from "node:child_process";
import { createHmac, randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type BookingPlan, idOf } from "./BookingPlan.ts";
import { type ServerProcess, startServer } from "./ServerProcess.ts";

const FOLDER = fileURLToPath(new URL("../../peers/nest-prisma/", import.meta.url));
const MAIN = join(FOLDER, "dist/main.js");
const PNPM = ["-y", "pnpm@12.21.0", "install", "--frozen-lockfile"];
const SECRET = randomBytes(32).toString("base64url");

const run = promisify(execFile);

const isOlder = (file: string, than: string): boolean =>
  !existsSync(file) || statSync(file).mtimeMs < statSync(than).mtimeMs;

/** Installs what its lockfile says, generates Prisma's client, and bundles its own sources; packages stay as installed. */
export const buildPeer = async (): Promise<void> => {
  if (isOlder(join(FOLDER, "node_modules/.modules.yaml"), join(FOLDER, "pnpm-lock.yaml"))) {
    console.log("  installing the NestJS and Prisma peer …");
    await run("npx", PNPM, { cwd: FOLDER, env: { ...process.env, CI: "true" } });
  }
  const prisma = join(FOLDER, "node_modules/prisma/build/index.js");
  // Generating needs no schema engine, but the command looks for one, and downloads it, unless told where it is.
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1" };
  await run(process.execPath, [prisma, "generate", "--schema", "schema.prisma"], { cwd: FOLDER, env });
  await build({
    entryPoints: [join(FOLDER, "src/main.ts")],
    outfile: MAIN,
    tsconfig: join(FOLDER, "tsconfig.json"),
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node24",
    logLevel: "warning",
  });
};

export const startPeer = (
  databaseUrl: string,
  { way, connections, isPrepared = true }: PeerTuning = {},
): Promise<ServerProcess> =>
  startServer(MAIN, {
    DATABASE_URL: databaseUrl,
    JWT_SECRET: SECRET,
    PREPARED: isPrepared ? "yes" : "no",
    ...(way !== undefined && { WAY: way }),
    ...(connections !== undefined && { CONNECTIONS: String(connections) }),
  });

/** What may be other than the peer's defaults. */
export interface PeerTuning {
  readonly way?: "batch" | "interactive" | "forUpdate";
  readonly connections?: number;
  readonly isPrepared?: boolean;
}

const base64Json = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** One token of an owner for each tenant. */
export const peerTokens = (plan: BookingPlan): ReadonlyArray<string> =>
  Array.from({ length: plan.tenants }, (_, tenant) => {
    const issuedAt = Math.floor(Date.now() / 1_000);
    const times = { iat: issuedAt, nbf: issuedAt, exp: issuedAt + 8 * 3_600 };
    const who = { tid: idOf("tenant", tenant), sub: "owner-1", actor_type: "user", roles: ["owner"] };
    const signed = `${base64Json({ alg: "HS256", typ: "JWT" })}.${base64Json({ iss: "bench", aud: "bench-api", ...who, ...times })}`;
    return `${signed}.${createHmac("sha256", SECRET).update(signed).digest("base64url")}`;
  });
