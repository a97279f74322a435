/** What the other end of stdout is: somebody at a terminal, or a program. */
import * as Effect from "effect/Effect";
import { styleText } from "node:util";

/** Wide enough for every table, and the same wherever output is piped. */
const PIPED_COLUMNS = 100;

/** How many characters fit on a line. */
export const columnsOf = (): number => process.stdout.columns ?? PIPED_COLUMNS;

let isColoured = true;
/** For `--no-color`. */
export const withoutColour = (): void => void (isColoured = false);

/** The text in a style, where somebody can see it: at a terminal that has colours, unless NO_COLOR is set. */
export const styled = (format: Parameters<typeof styleText>[0], text: string): string =>
  isColoured ? styleText(format, text, { stream: process.stdout }) : text;

/** Writes to stdout: the answer. */
export const print = (text: string): Effect.Effect<void> =>
  Effect.sync(() => void process.stdout.write(text.endsWith("\n") ? text : `${text}\n`));

/** Writes to stderr: what is said beside the answer. */
export const tell = (text: string): Effect.Effect<void> =>
  Effect.sync(() => void process.stderr.write(text.endsWith("\n") ? text : `${text}\n`));
