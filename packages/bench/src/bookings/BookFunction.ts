/**
 * `bench_book(attempt)`: writes in one call the rows that ZMOS writes for a booking.
 *
 * It is derived, not written: the prototype member books the prototype session through ZMOS's own door, and what then differs in the
 * tenant's rows is what the function inserts and updates. So the ceiling writes the same rows, whatever these have become.
 */
import { MemberId, MoveOs, Principal, SessionInstanceId, TenantId } from "@zmos/core";
import * as Effect from "effect/Effect";
import type * as SqlClient from "effect/sql/SqlClient";
import { type BookingPlan, sqlTargetOf } from "./BookingPlan.ts";
import { doorsOn, type Prototype } from "./BookingWorld.ts";
import { type PrototypeRow, readTenant, renamings } from "./PrototypeRows.ts";

/** What one booking left behind. */
export interface BookingTrace {
  readonly before: ReadonlyArray<PrototypeRow>;
  readonly after: ReadonlyArray<PrototypeRow>;
  readonly bookingId: string;
  /** **Units** milliseconds since 1970. */
  readonly bookedAt: number;
}

/** Books the prototype's session through the door, and compares. **Shape** `readWith` runs as superuser on the same database. */
export const traceBooking = async (
  databaseUrl: string,
  prototype: Prototype,
  readWith: <A, E>(work: Effect.Effect<A, E, SqlClient.SqlClient>) => Promise<A>,
): Promise<BookingTrace> => {
  const before = await readWith(readTenant(prototype.tenant));
  const tenantId = TenantId.make(prototype.tenant);
  const principal = Principal.of({ tenantId, actorId: "bench", actorType: "host", roles: [] });
  const book = MoveOs.use((moveOs) =>
    moveOs.bookSession({
      memberId: MemberId.make(prototype.member),
      sessionInstanceId: SessionInstanceId.make(prototype.session),
    }),
  );
  const { id } = await Effect.runPromise(
    book.pipe(Effect.provideService(Principal, principal), Effect.provide(doorsOn(databaseUrl))),
  );
  return { before, after: await readWith(readTenant(prototype.tenant)), bookingId: id, bookedAt: Date.now() };
};

const keyOf = ({ table, values, key }: PrototypeRow): string =>
  `${table} ${JSON.stringify(key.map((column) => values[column]))}`;

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** Instants this close to the booking are the booking's own. **Units** milliseconds. */
const NOW_MILLIS = 60_000;

/** The function for a plan, as SQL. */
export const bookFunction = (trace: BookingTrace, prototype: Prototype, plan: BookingPlan): string => {
  const target = sqlTargetOf(plan, "attempt");
  const declared = new Map<string, string>();
  const declarations: Array<string> = [];
  const declare = (id: string, sql: string): void => {
    const name = `id_${declared.size}`;
    declared.set(id, name);
    declarations.push(`${name} uuid := ${sql};`);
  };
  for (const [id, { kind, sql }] of renamings(trace.before, prototype)) declare(id, sql(target[kind]));
  declare(trace.bookingId, "uuidv7()");

  const known = new Map(trace.before.map((row) => [keyOf(row), row]));
  const inserted = trace.after.filter((row) => !known.has(keyOf(row)));
  for (const { values } of inserted) {
    const { id } = values;
    if (typeof id === "string" && !declared.has(id)) declare(id, "uuidv7()");
  }
  const isRecent = (value: unknown): boolean =>
    typeof value === "string" && Math.abs(Date.parse(value) - trace.bookedAt) < NOW_MILLIS;
  const expression = (value: unknown, type: string): string => {
    if (value === null || value === undefined) return "null";
    if (type === "jsonb" || type === "json") return `(${withIds(JSON.stringify(value))})::${type}`;
    if (type === "timestamptz" && isRecent(value)) return "now()";
    return typeof value === "string" ? `(${withIds(value)})::${type}` : JSON.stringify(value);
  };
  /** Text with the ids in it replaced by the function's variables. */
  const withIds = (text: string): string => {
    const pieces: Array<string> = [];
    let from = 0;
    for (const match of text.matchAll(UUID)) {
      const name = declared.get(match[0]);
      if (name === undefined) continue;
      if (match.index > from) pieces.push(quote(text.slice(from, match.index)));
      pieces.push(name);
      from = match.index + match[0].length;
    }
    if (from < text.length || pieces.length === 0) pieces.push(quote(text.slice(from)));
    return pieces.join(" || ");
  };
  // What points at the booking comes after it.
  const isBooking = ({ values }: PrototypeRow) => values["id"] === trace.bookingId;
  const inOrder = inserted.toSorted((one, other) => Number(isBooking(other)) - Number(isBooking(one)));
  const inserts = inOrder.map(({ table, values, types }) => {
    const columns = Object.keys(values);
    const written = columns.map((column) => expression(values[column], types[column] ?? "text"));
    return `insert into ${table} (${columns.join(", ")}) values (${written.join(", ")});`;
  });
  const updates = trace.after.flatMap((row) => {
    const earlier = known.get(keyOf(row));
    if (earlier === undefined) return [];
    const changes = Object.entries(row.values).flatMap(([column, value]) => {
      const old = earlier.values[column];
      if (JSON.stringify(old) === JSON.stringify(value)) return [];
      const isCount = typeof value === "number" && typeof old === "number";
      const now = isCount ? `${column} + (${value - old})` : expression(value, row.types[column] ?? "text");
      return [`${column} = ${now}`];
    });
    if (changes.length === 0) return [];
    const key = row.key
      .map((column) => `${column} = ${expression(row.values[column], row.types[column] ?? "text")}`)
      .join(" and ");
    return [{ table: row.table, sql: `update ${row.table} set ${changes.join(", ")} where ${key}` }];
  });
  const seat = updates.find(({ table }) => table === "session_instance");
  if (seat === undefined) throw new Error("a booking that takes no seat");
  return `create function bench_book(attempt bigint) returns boolean language plpgsql as $function$
    declare
      ${declarations.join("\n      ")}
    begin
      ${seat.sql} and seats_taken < capacity and status = 'scheduled' and start_time > now();
      if not found then return false; end if;
      ${updates.flatMap((update) => (update === seat ? [] : [`${update.sql};`])).join("\n      ")}
      ${inserts.join("\n      ")}
      return true;
    end $function$`;
};
