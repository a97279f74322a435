/** What a failure of the database means for the work that met it, read from its SQLSTATE in one place. */
import type * as Cause from "effect/Cause";
import * as Predicate from "effect/Predicate";
import { isSqlError, type SqlError } from "effect/sql/SqlError";

/**
 * **Shape**
 * - `contention`: others were in the way; the same work may succeed when it is run again.
 * - `unavailable`: the database cannot answer now.
 * - `defect`: the statement is wrong, and would be wrong again.
 */
export type Meaning = "contention" | "unavailable" | "defect";

/** **Source** PostgreSQL 18, appendix A: error codes. */
const CONTENTION = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
  "55P03", // lock_not_available: the lock timeout
  "23505", // unique_violation: somebody else made the same row since it was looked for
]);
const UNAVAILABLE_CLASSES = ["08", "53", "57P"]; // connection exception, insufficient resources, operator intervention
const STATEMENT_TIMEOUT = "57014";

/** The SQLSTATE that the database gave, if it was the database that spoke. */
export const sqlState = ({ reason }: SqlError): string | undefined =>
  Predicate.hasProperty(reason.cause, "code") && typeof reason.cause.code === "string" && reason.cause.code.length === 5
    ? reason.cause.code
    : undefined;

/** What a failure of the database means. */
export const meaning = (error: SqlError): Meaning => {
  const state = sqlState(error);
  if (state === undefined) return error.reason._tag === "ConnectionError" ? "unavailable" : "defect";
  if (CONTENTION.has(state)) return "contention";
  return state === STATEMENT_TIMEOUT || UNAVAILABLE_CLASSES.some((known) => state.startsWith(known))
    ? "unavailable"
    : "defect";
};

const rank: Readonly<Record<Meaning, number>> = { unavailable: 2, contention: 1, defect: 0 };

/** The failure of the database in a cause that says most about it: a lost connection explains what came after. */
export const sqlErrorIn = (cause: Cause.Cause<unknown>): SqlError | undefined => {
  let found: SqlError | undefined;
  for (const reason of cause.reasons) {
    const thrown = reason._tag === "Fail" ? reason.error : reason._tag === "Die" ? reason.defect : undefined;
    if (isSqlError(thrown) && (found === undefined || rank[meaning(thrown)] > rank[meaning(found)])) found = thrown;
  }
  return found;
};
