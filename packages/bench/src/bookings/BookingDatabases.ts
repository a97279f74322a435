/**
 * Databases for one measurement each: whoever comes second finds no rows of whoever came first. The world of a plan is filled once; what is
 * measured is a copy of it.
 */
import { PgClient } from "@effect/sql-pg";
import { migrate } from "@zmos/adapters-pg";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as SqlClient from "effect/sql/SqlClient";
import { readFile } from "node:fs/promises";
import { type PostgresServer, SUPERUSER } from "../../../adapters-pg/test/support/PostgresServer.ts";
import { bookFunction, type BookingTrace, traceBooking } from "./BookFunction.ts";
import { type BookingPlan } from "./BookingPlan.ts";
import { makePrototype, peerWorld, type Prototype, zmosHistory } from "./BookingWorld.ts";
import { startDurablePostgres } from "./DurablePostgres.ts";
import { copies, type PrototypeRow, readTenant } from "./PrototypeRows.ts";

const OWNER = "bench_owner";
/** Owns nothing: who ZMOS logs in as, so that row-level security holds. */
const LOGIN = "bench_login";
const TEMPLATE = "bench_template";

const SCHEMA_OF_PEER = new URL("../../peers/nest-prisma/schema.sql", import.meta.url);

/** **Shape** `url`: for the application. */
export interface FilledDatabase {
  readonly url: string;
  readonly superuserUrl: string;
}

export const connected =
  (url: string) =>
  <A, E>(work: Effect.Effect<A, E, SqlClient.SqlClient>): Promise<A> =>
    Effect.runPromise(Effect.provide(work, PgClient.layer({ url: Redacted.make(url), maxConnections: 1 })));

export const perform = (url: string, statements: ReadonlyArray<string>): Promise<unknown> =>
  connected(url)(
    SqlClient.SqlClient.use((sql) =>
      Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true }),
    ),
  );

const urlsOn =
  ({ port }: PostgresServer) =>
  (user: string, database: string): string =>
    `postgres://${user}@127.0.0.1:${port}/${database}`;

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

export class BookingDatabases {
  private readonly postgres: PostgresServer;
  private readonly prototype: Prototype;
  private readonly rows: ReadonlyArray<PrototypeRow>;
  private readonly worlds = new Map<string, Promise<string>>();
  private traced: BookingTrace | undefined;
  private count = 0;

  private constructor(postgres: PostgresServer, prototype: Prototype, rows: ReadonlyArray<PrototypeRow>) {
    this.postgres = postgres;
    this.prototype = prototype;
    this.rows = rows;
  }

  static async open(): Promise<BookingDatabases> {
    const postgres = await startDurablePostgres();
    const urlOf = urlsOn(postgres);
    await perform(urlOf(SUPERUSER, "postgres"), [
      `create role ${OWNER} login createrole`,
      `create role ${LOGIN} login`,
      `create database ${TEMPLATE} owner ${OWNER}`,
    ]);
    await connected(urlOf(OWNER, TEMPLATE))(migrate);
    await perform(urlOf(SUPERUSER, TEMPLATE), [`grant zmos_app to ${LOGIN}`]);
    const prototype = await makePrototype(urlOf(LOGIN, TEMPLATE));
    const rows = await connected(urlOf(SUPERUSER, TEMPLATE))(readTenant(prototype.tenant));
    return new BookingDatabases(postgres, prototype, rows);
  }

  /** ZMOS's database with the world of a plan. */
  async zmos(plan: BookingPlan): Promise<FilledDatabase> {
    const world = this.world(TEMPLATE, plan, () => [...copies(this.rows, this.prototype, plan), zmosHistory]);
    return this.copy(LOGIN, await world);
  }

  /** The same, with the function `bench_book` in it. */
  async ceiling(plan: BookingPlan): Promise<FilledDatabase> {
    if (this.traced === undefined) {
      const scratch = await this.copy(LOGIN, TEMPLATE);
      this.traced = await traceBooking(scratch.url, this.prototype, connected(scratch.superuserUrl));
      await this.drop(scratch);
    }
    const database = await this.zmos(plan);
    await perform(database.superuserUrl, [bookFunction(this.traced, this.prototype, plan)]);
    return database;
  }

  /** The peer's database with the world of a plan. */
  async peer(plan: BookingPlan): Promise<FilledDatabase> {
    const schema = await readFile(SCHEMA_OF_PEER, "utf8");
    const world = this.world("template0", plan, () => [
      ...schema.split(";\n").filter((part) => part.trim() !== ""),
      ...peerWorld(plan),
    ]);
    return this.copy(SUPERUSER, await world);
  }

  /** The database that holds the world of a plan and is only ever copied, filled when it is first asked for. */
  private world(template: string, plan: BookingPlan, statements: () => ReadonlyArray<string>): Promise<string> {
    const key = `${template} ${JSON.stringify(plan)}`;
    const filled = this.worlds.get(key) ?? this.fill(template, statements());
    this.worlds.set(key, filled);
    return filled;
  }

  private async fill(template: string, statements: ReadonlyArray<string>): Promise<string> {
    const { superuserUrl } = await this.copy(SUPERUSER, template);
    // Rows point at rows that are written later, and one by one is no way to look for three hundred thousand.
    await perform(superuserUrl, ["set session_replication_role = replica", ...statements, "vacuum analyze"]);
    return nameIn(superuserUrl);
  }

  private async copy(user: string, template: string): Promise<FilledDatabase> {
    const urlOf = urlsOn(this.postgres);
    const name = `bench_${++this.count}`;
    await perform(urlOf(SUPERUSER, "postgres"), [
      `create database ${name} template ${template} strategy file_copy`,
      "checkpoint",
    ]);
    return { url: urlOf(user, name), superuserUrl: urlOf(SUPERUSER, name) };
  }

  /** Forgets a database that was measured, so that its clean-up slows nobody down who is measured next. */
  async drop({ url }: FilledDatabase): Promise<void> {
    const statements = [`drop database ${nameIn(url)} with (force)`, "checkpoint"];
    await perform(urlsOn(this.postgres)(SUPERUSER, "postgres"), statements);
  }

  close(): Promise<void> {
    return this.postgres.stop();
  }
}
