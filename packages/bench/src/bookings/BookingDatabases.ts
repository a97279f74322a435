/** Databases for one measurement each, made fresh: whoever comes second finds no rows of whoever came first. */
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

export class BookingDatabases {
  private readonly postgres: PostgresServer;
  private readonly prototype: Prototype;
  private readonly rows: ReadonlyArray<PrototypeRow>;
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
    return this.fill(LOGIN, TEMPLATE, [...copies(this.rows, this.prototype, plan), zmosHistory]);
  }

  /** The same, with the function `bench_book` in it. */
  async ceiling(plan: BookingPlan): Promise<FilledDatabase> {
    if (this.traced === undefined) {
      const scratch = await this.fill(LOGIN, TEMPLATE, []);
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
    return this.fill(SUPERUSER, "template0", [
      ...schema.split(";\n").filter((part) => part.trim() !== ""),
      ...peerWorld(plan),
    ]);
  }

  private async fill(user: string, template: string, statements: ReadonlyArray<string>): Promise<FilledDatabase> {
    const urlOf = urlsOn(this.postgres);
    const name = `bench_${++this.count}`;
    await perform(urlOf(SUPERUSER, "postgres"), [`create database ${name} template ${template}`]);
    const superuserUrl = urlOf(SUPERUSER, name);
    await perform(superuserUrl, [...statements, "vacuum analyze", "checkpoint"]);
    return { url: urlOf(user, name), superuserUrl };
  }

  /** Forgets a database that was measured, so that its clean-up slows nobody down who is measured next. */
  async drop({ url }: FilledDatabase): Promise<void> {
    const name = new URL(url).pathname.slice(1);
    await perform(urlsOn(this.postgres)(SUPERUSER, "postgres"), [`drop database ${name} with (force)`, "checkpoint"]);
  }

  close(): Promise<void> {
    return this.postgres.stop();
  }
}
