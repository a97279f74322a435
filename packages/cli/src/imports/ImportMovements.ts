/**
 * Movement events from a file, through the API.
 *
 * The file is read twice. The first time every line is checked, by its schema and by what the API would say to it, and nothing is
 * kept; the second time the lines are recorded. Batches are kept whole, and a movement told twice is one, so an import that was
 * interrupted is resumed by running it again.
 */
import { type FieldError, MemberId } from "@zmos/core";
import { Problem } from "@zmos/http/client";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as Stream from "effect/Stream";
import { createHash } from "node:crypto";
import type { Client } from "../Api.ts";
import { findMember } from "../FindMember.ts";
import { BadInput, LinesRefused, NoSuch } from "../Refusals.ts";
import { columnOfPath } from "./Columns.ts";
import { type EventFile, type Line, linesOf } from "./EventFile.ts";
import { commandOf, missingIn, type MovementCommand, type RowCounts } from "./MovementLine.ts";

/** A line that cannot be taken. **Shape** the path of each error is a column, or empty. */
export interface BadLine {
  readonly number: number;
  readonly errors: ReadonlyArray<FieldError>;
}

/** **Units** movements that were news, movements known before, lines left out. */
export interface ImportSummary {
  readonly recorded: number;
  readonly known: number;
  readonly skipped: ReadonlyArray<BadLine>;
}

export interface ImportOptions {
  readonly skipBad: boolean;
  readonly onChecked: (lines: number) => Effect.Effect<void>;
  readonly onRecorded: (lines: number, of: number) => Effect.Effect<void>;
}

/** How many movements go in one request. */
const BATCH = 500;

interface Told {
  readonly number: number;
  readonly command: MovementCommand;
}

/** **Errors** `BadInput` for a file that cannot be read, `LinesRefused` with every bad line unless they are to be skipped. */
export const importMovements = Effect.fn("importMovements")(function* (
  api: Client,
  file: EventFile,
  options: ImportOptions,
): Effect.fn.Return<ImportSummary, unknown> {
  const members = new Map<string, MemberId | undefined>();
  /** Whom a line names, asked of the API once. */
  const memberOf = Effect.fnUntraced(function* (named: string): Effect.fn.Return<MemberId | undefined, unknown> {
    if (!members.has(named)) {
      const nobody = (error: unknown) => (error instanceof NoSuch ? Effect.void : Effect.fail(error));
      members.set(named, (yield* Effect.catch(findMember(api, named), nobody)) ?? undefined);
    }
    return members.get(named);
  });

  const read = Effect.fnUntraced(function* (
    line: Line,
    rows: RowCounts,
  ): Effect.fn.Return<Result.Result<Told, BadLine>, unknown> {
    const { number } = line;
    if ("fault" in line) return Result.fail({ number, errors: [{ path: "", message: line.fault }] });
    const missing = missingIn(line.fields);
    const named = line.fields.member_id;
    const memberId = named === undefined ? undefined : yield* memberOf(String(named));
    const nobody = named !== undefined && memberId === undefined;
    const unknown = nobody ? [{ path: "member_id", message: `There is no member ${named}` }] : [];
    // Whoever it is of, everything else that is wrong with the line is told too.
    const command = commandOf(line.fields, memberId ?? NOBODY, rows);
    const wrong = Result.isFailure(command) ? command.failure : [];
    const told = new Set(missing.map(({ path }) => path));
    const errors = [...missing, ...unknown, ...wrong.filter(({ path }) => !told.has(path))];
    if (errors.length > 0 || Result.isFailure(command)) return Result.fail({ number, errors });
    return Result.succeed({ number, command: command.success });
  });
  // The file is read twice, and rows are counted from its beginning each time.
  const lines = Stream.suspend(() => {
    const rows: RowCounts = new Map();
    return Stream.mapEffect(linesOf(file), (line) => read(line, rows));
  });

  const refused = new Map<number, BadLine>();
  const first = new Map<string, { readonly number: number; readonly content: string }>();
  let total = 0;
  yield* Stream.runForEachArray(Stream.rechunk(lines, BATCH), (chunk) =>
    Effect.gen(function* () {
      const told: Array<Told> = [];
      for (const line of chunk) {
        total++;
        if (Result.isFailure(line)) refused.set(line.failure.number, line.failure);
        else {
          const rival = contradicted(first, line.success);
          if (rival === undefined) told.push(line.success);
          else refused.set(rival.number, rival);
        }
      }
      for (const line of yield* check(api, told)) refused.set(line.number, line);
      yield* options.onChecked(total);
    }),
  );
  if (total === 0)
    return yield* new BadInput({ detail: `${file.path} has no events in it: there is nothing below its header.` });

  const skipped = [...refused.values()].toSorted((left, right) => left.number - right.number);
  if (skipped.length > 0 && !options.skipBad) {
    return yield* new LinesRefused({ file: file.path, lines: skipped.length, errors: skipped.flatMap(errorsOf) });
  }

  let [recorded, known, done] = [0, 0, 0];
  yield* Stream.runForEachArray(Stream.rechunk(lines, BATCH), (chunk) =>
    Effect.gen(function* () {
      const told = chunk
        .filter(Result.isSuccess)
        .map(({ success }) => success)
        .filter(({ number }) => !refused.has(number));
      done += chunk.length;
      if (told.length > 0) {
        const events = told.map(({ command }) => command);
        const answer = yield* api["movement-events"]
          .recordMovement({ payload: { events } })
          .pipe(Effect.mapError((error) => refusedAfterAll(error, file, told)));
        if ("recorded" in answer) {
          recorded += answer.recorded;
          known += answer.known;
        }
      }
      yield* options.onRecorded(done, total);
    }),
  );
  return { recorded, known, skipped };
});

/** Stands in for a member that is not known, so that the rest of its line can be read. */
const NOBODY = MemberId.make("00000000-0000-0000-0000-000000000000");

/** Another line with the same external id that says something else: neither the API nor we can tell which is right. */
const contradicted = (
  first: Map<string, { readonly number: number; readonly content: string }>,
  { number, command }: Told,
): BadLine | undefined => {
  const id = command.externalId ?? "";
  const content = createHash("sha256").update(JSON.stringify(command)).digest("base64url");
  const earlier = first.get(id);
  if (earlier === undefined) first.set(id, { number, content });
  if (earlier === undefined || earlier.content === content) return undefined;
  const message = `Line ${earlier.number} has the same external id and says something else`;
  return { number, errors: [{ path: "external_id", message }] };
};

const isProblem = Schema.is(Problem);
const PLACE = /^\/events\/(\d+)(?:\/(.*))?$/;

/** The lines that the API would refuse. */
const check = Effect.fn("check")(function* (api: Client, told: ReadonlyArray<Told>) {
  if (told.length === 0) return [];
  const events = told.map(({ command }) => command);
  const checked = yield* Effect.result(api["movement-events"].checkMovements({ payload: { events } }));
  if (Result.isSuccess(checked)) return [];
  return linesIn(checked.failure, told) ?? (yield* Effect.fail(checked.failure));
});

/** The lines that a problem names by their place in a batch, if it names any. */
const linesIn = (error: unknown, told: ReadonlyArray<Told>): ReadonlyArray<BadLine> | undefined => {
  if (!isProblem(error) || error.errors === undefined) return undefined;
  const byNumber = new Map<number, Array<FieldError>>();
  for (const { path, message } of error.errors) {
    const [, place, field = ""] = PLACE.exec(path) ?? [];
    const number = told[Number(place)]?.number;
    if (number === undefined) return undefined;
    const column = field === "version" ? "external_id" : columnOfPath(field);
    byNumber.set(number, [...(byNumber.get(number) ?? []), { path: column, message }]);
  }
  return [...byNumber].map(([number, errors]) => ({ number, errors }));
};

/** Somebody changed something between the check and this batch. What was recorded before stays. */
const refusedAfterAll = (error: unknown, { path }: EventFile, told: ReadonlyArray<Told>): unknown => {
  const lines = linesIn(error, told);
  if (lines === undefined) return error;
  return new LinesRefused({ file: path, lines: lines.length, errors: lines.flatMap(errorsOf) });
};

const errorsOf = ({ number, errors }: BadLine): ReadonlyArray<FieldError> =>
  errors.map(({ path, message }) => ({ path: `/lines/${number}${path === "" ? "" : `/${path}`}`, message }));
