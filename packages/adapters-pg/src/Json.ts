import type { PgCustom } from "@effect/sql-pg/PgClient";
import * as Statement from "effect/sql/Statement";

const PgJson = Statement.custom<PgCustom>("PgJson");

/** A value as a `jsonb` parameter of a statement. */
export const json = (value: unknown): Statement.Fragment => Statement.fragment([PgJson(value)]);
