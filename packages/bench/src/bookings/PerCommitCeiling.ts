/**
 * The per-commit ceiling: how many bookings a second PostgreSQL itself commits when each is a transaction of its own, by one function
 * that writes the rows ZMOS writes, called by pgbench. Its user passes row-level security and no rule is asked: it is a ceiling.
 *
 * pgbench is part of PostgreSQL but not of the package that brings our server; without one on the path, a plain loop over the wire
 * client stands in, and the benchmark says which it was.
 */
import { PgClient } from "@effect/sql-pg";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { attemptsOf, type BookingPlan } from "./BookingPlan.ts";

const run = promisify(execFile);

export const findPgbench = async (): Promise<string | undefined> => {
  try {
    return (await run("pgbench", ["--version"])).stdout.trim();
  } catch {
    return undefined;
  }
};

/** **Shape** `booked`: how many transactions there were, each of one booking. */
export interface CommitRate {
  readonly perSecond: number;
  readonly booked: number;
}

interface Load {
  readonly superuserUrl: string;
  readonly plan: BookingPlan;
  readonly clients: number;
  readonly seconds: number;
}

/** Each client takes every n-th attempt. */
export const pgbenchRate = async ({ superuserUrl, clients, seconds, plan }: Load): Promise<CommitRate> => {
  const folder = mkdtempSync(join(tmpdir(), "zmos-pgbench-"));
  try {
    const script = join(folder, "book.sql");
    writeFileSync(
      script,
      `\\set attempt (:turn * ${clients} + :client_id) % ${attemptsOf(plan)}\n\\set turn :turn + 1\nselect bench_book(:attempt);\n`,
    );
    const threads = String(Math.min(2, clients));
    const load = ["-c", String(clients), "-j", threads, "-T", String(seconds), "-D", "turn=0"];
    const { stdout } = await run("pgbench", ["-n", "-M", "prepared", "-f", script, ...load, superuserUrl]);
    return {
      perSecond: Number(/^tps = ([\d.]+)/m.exec(stdout)?.[1]),
      booked: Number(/actually processed: (\d+)/.exec(stdout)?.[1]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The same by our own wire client, for machines without pgbench. */
export const wireClientRate = ({ superuserUrl, clients, seconds, plan }: Load): Promise<CommitRate> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      const start = performance.now();
      const until = start + seconds * 1_000;
      let next = 0;
      const client = Effect.gen(function* () {
        while (performance.now() < until && next < attemptsOf(plan)) yield* sql`select bench_book(${next++}::bigint)`;
      });
      yield* Effect.all(
        Array.from({ length: clients }, () => client),
        { concurrency: "unbounded" },
      );
      return { perSecond: next / ((performance.now() - start) / 1_000), booked: next };
    }).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(superuserUrl), maxConnections: clients }))),
  );
