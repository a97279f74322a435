/** What a line says, as the command that records it. */
import { type FieldError, type MemberId, PulseLoop } from "@zmos/core";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as SchemaIssue from "effect/SchemaIssue";
import { createHash } from "node:crypto";
import { type ColumnName, COLUMNS, columnOfPath } from "./Columns.ts";

/** The door bound to no port: it cannot be gone through, but it says what it takes. */
const { recordMovement } = Effect.runSync(
  Effect.provideContext(PulseLoop.make, Context.empty() as Context.Context<Effect.Services<typeof PulseLoop.make>>),
);

/** A movement as it is told to the API. */
export interface MovementCommand extends CommandOf<PulseLoop["Service"]["recordMovement"]> {}
type CommandOf<Use extends { readonly command: { readonly Type: unknown } }> = Use["command"]["Type"];

/** A movement that says nothing about its kind is one of another kind. */
const DEFAULT_TYPE = "other";

const decode = Schema.decodeUnknownResult(recordMovement.command, { errors: "all", onExcessProperty: "error" });
const formatter = SchemaIssue.makeFormatterStandardSchemaV1();
const NUMBER = /^\d+(\.\d+)?$/;

type Fields = Readonly<Partial<Record<ColumnName, string | number>>>;

/** The columns that a line must have and does not. */
export const missingIn = (fields: Fields): ReadonlyArray<FieldError> =>
  COLUMNS.filter(({ name, isRequired }) => isRequired && fields[name] === undefined).map(({ name }) => ({
    path: name,
    message: "is missing",
  }));

/** The command that a line of a known member makes, or every column that is wrong. */
export const commandOf = (
  fields: Fields,
  memberId: MemberId,
  rows: RowCounts,
): Result.Result<MovementCommand, ReadonlyArray<FieldError>> => {
  const said: Record<string, unknown> = {
    memberId,
    type: DEFAULT_TYPE,
    source: "import",
    ...(fields.external_id === undefined && { externalId: contentId(fields, memberId, rows) }),
  };
  for (const { name, field } of COLUMNS) {
    const value = fields[name];
    if (name === "member_id" || value === undefined) continue;
    if (name !== "duration_minutes") said[field] = String(value);
    else said[field] = typeof value === "string" && NUMBER.test(value) ? Number(value) : value;
  }
  return Result.mapError(decode(said), ({ issue }) =>
    formatter(issue).issues.map(({ path = [], message }) => ({
      path: columnOfPath(path.map((step) => String(typeof step === "object" ? step.key : step)).join("/")),
      message,
    })),
  );
};

/** How often each row without an external id has been read, by the digest of what it says. */
export type RowCounts = Map<string, number>;

/**
 * What a row without an external id is called: a digest of all it says, and which such row of its file it is. So two rows that say the
 * same are two movements, as two lines of a ledger are, and the same file read again tells the same ones.
 */
const contentId = (fields: Fields, memberId: MemberId, rows: RowCounts): string => {
  const said = COLUMNS.map(({ name }) => (name === "member_id" ? memberId : (fields[name] ?? null)));
  const digest = createHash("sha256")
    .update(JSON.stringify(said.map((value) => (value === null ? null : String(value)))))
    .digest("base64url")
    .slice(0, 32);
  const nth = (rows.get(digest) ?? 0) + 1;
  rows.set(digest, nth);
  return nth === 1 ? `row-${digest}` : `row-${digest}-${nth}`;
};
