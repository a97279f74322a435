import { CivilDate } from "@zmos/core/kernel";
import * as Effect from "effect/Effect";
import { table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import type { Answers } from "./Answers.ts";

/** **Units** characters written at once; people in one table. */
const BATCH = 1 << 16;
const PAGE = 500;

/** Writes everybody's answer as one JSON document, a person a line. */
export const writeJson = <Answer>(answers: Answers<Answer>): Effect.Effect<void> =>
  Effect.gen(function* () {
    const together = Object.entries(answers.together ?? {}).map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)},`,
    );
    let text = `{"asOf":"${CivilDate.toIso(answers.asOf)}",${together.join("")}"members":[`;
    let separator = "\n";
    for (const answer of answers.all()) {
      text += `${separator}${JSON.stringify(answers.json(answer))}`;
      separator = ",\n";
      if (text.length > BATCH) {
        yield* write(text);
        text = "";
      }
    }
    yield* print(`${text}\n]}`);
  });

/** Writes tables of everybody, or a page about each. */
export const writeText = <Answer>(answers: Answers<Answer>, isPages: boolean): Effect.Effect<void> =>
  Effect.gen(function* () {
    yield* print(`${styled("bold", answers.heading)}\n`);
    let rows: Array<Answer> = [];
    let isEmpty = true;
    for (const answer of answers.all()) {
      isEmpty = false;
      if (isPages) yield* print(`${answers.page(answer)}\n`);
      else if (rows.push(answer) === PAGE) {
        yield* print(`${table(answers.columns, rows)}\n`);
        rows = [];
      }
    }
    if (rows.length > 0) yield* print(table(answers.columns, rows));
    if (isEmpty) yield* print("Nobody is in it.");
  });

/** Without a line break, and with a chance for Ctrl-C to be heard. */
const write = (text: string): Effect.Effect<void> =>
  Effect.andThen(
    Effect.sync(() => void process.stdout.write(text)),
    Effect.promise(() => new Promise<void>((resolve) => setImmediate(resolve))),
  );
