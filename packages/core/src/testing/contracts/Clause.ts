import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Equal from "effect/Equal";
import * as Schema from "effect/Schema";
import type { TenantId } from "../../kernel/Ids.ts";
import type { PageRequest, Rows } from "../../kernel/Page.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";

/** A store did not keep a promise that its port makes. */
export class ContractBroken extends Schema.TaggedError<ContractBroken>()("ContractBroken", {
  what: Schema.String,
  expected: Schema.String,
  actual: Schema.String,
}) {
  override get message() {
    return `${this.what}: expected ${this.expected}, got ${this.actual}`;
  }
}

/**
 * One promise of a port, as a check that any adapter can run.
 *
 * **Shape** `rule` is a sentence; `check` fails with `ContractBroken` when the adapter does not keep it. Every check makes its own
 * tenants, so that clauses may run in any order on one store.
 */
export interface Clause<Ports> {
  readonly port: string;
  readonly rule: string;
  readonly check: Effect.Effect<void, ContractBroken, Ports>;
}

/** Clauses of one port. A failure of another kind than a broken promise is one, too. */
export const clausesOf =
  (port: string) =>
  <R>(rules: Readonly<Record<string, Effect.Effect<void, unknown, R>>>): ReadonlyArray<Clause<R>> =>
    Object.entries(rules).map(([rule, check]) => ({
      port,
      rule,
      check: Effect.catchCause(check, (cause) => {
        const error = Cause.squash(cause);
        return error instanceof ContractBroken
          ? Effect.fail(error)
          : Effect.fail(new ContractBroken({ what: rule, expected: "no failure", actual: Cause.pretty(cause) }));
      }),
    }));

/** Fails unless the two are equal, member by member. */
export const same = <A>(what: string, actual: A, expected: A): Effect.Effect<void, ContractBroken> =>
  Equal.equals(actual, expected)
    ? Effect.void
    : Effect.fail(new ContractBroken({ what, expected: show(expected), actual: show(actual) }));

/** Every row of a list, read in pages of two. */
export const everything = Effect.fnUntraced(function* <Row, E, R>(
  tenantId: TenantId,
  list: (page: PageRequest) => Effect.Effect<Rows<Row>, E, R>,
) {
  const units = yield* UnitOfWork;
  const rows: Array<Row> = [];
  let page: PageRequest | undefined = { limit: 2 };
  while (page !== undefined) {
    const found: Rows<Row> = yield* units.run(tenantId, list(page));
    yield* same("a page holds at most what was asked for", found.rows.length <= 2, true);
    rows.push(...found.rows);
    page = found.next && { limit: 2, after: found.next };
  }
  return rows;
});

const show = (value: unknown): string => {
  const plain = (_: string, part: unknown): unknown => (part instanceof Map ? [...part] : part);
  return JSON.stringify(value, plain) ?? "nothing";
};
