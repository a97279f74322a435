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
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** What pgbench says every second: the rate of that second. */
const PROGRESS = /^progress: [\d.]+ s, ([\d.]+) tps/gm;

/** Each client takes every n-th attempt. */
export const pgbenchRate = async (load: Load): Promise<CommitRate> => {
  const { superuserUrl, clients, warmUpSeconds, seconds, plan } = load;
  const folder = mkdtempSync(join(tmpdir(), "zmos-pgbench-"));
  try {
    const script = join(folder, "book.sql");
    writeFileSync(
      script,
      `\\set attempt (:turn * ${clients} + :client_id) % ${attemptsOf(plan)}\n\\set turn :turn + 1\nselect bench_book(:attempt);\n`,
    );
    const threads = String(Math.min(2, clients));
    const time = ["-T", String(warmUpSeconds + seconds), "-P", "1"];
    const args = ["-n", "-M", "prepared", "-f", script, "-c", String(clients), "-j", threads, ...time, "-D", "turn=0"];
    const { stdout, stderr } = await run("pgbench", [...args, superuserUrl]);
    const rates = [...stderr.matchAll(PROGRESS)].map(([, rate]) => Number(rate)).slice(warmUpSeconds);
    return {
      perSecond: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
      booked: Number(/actually processed: (\d+)/.exec(stdout)?.[1]),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The same by our own wire client, for machines without pgbench. */
export const wireClientRate = ({ superuserUrl, clients, warmUpSeconds, seconds, plan }: Load): Promise<CommitRate> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient;
      const measuredFrom = performance.now() + warmUpSeconds * 1_000;
      const until = measuredFrom + seconds * 1_000;
      let next = 0;
      let inTime = 0;
      const client = Effect.gen(function* () {
        while (performance.now() < until && next < attemptsOf(plan)) {
          yield* sql`select bench_book(${next++}::bigint)`;
          const at = performance.now();
          if (at >= measuredFrom && at <= until) inTime++;
        }
      });
      yield* Effect.all(
        Array.from({ length: clients }, () => client),
        { concurrency: "unbounded" },
      );
      const measuredMillis = Math.min(performance.now(), until) - measuredFrom;
      return { perSecond: inTime / (measuredMillis / 1_000), booked: next };
    }).pipe(Effect.provide(PgClient.layer({ url: Redacted.make(superuserUrl), maxConnections: clients }))),
  );
