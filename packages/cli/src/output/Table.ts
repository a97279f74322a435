import Table from "cli-table3";
import { columnsOf } from "./Terminal.ts";

/** A column of a table. **Shape** `isWhole`: it does not give way where there is little room, as an id that is broken is none. */
export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string;
  readonly align?: "left" | "right";
  readonly isWhole?: boolean;
}

/** No boxes: rows are easy to read, and to copy. */
const plain = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

const GAP = 2;
const NARROWEST = 8;
// oxlint-disable-next-line no-control-regex -- colours are control sequences
const COLOUR = /\u001B\[[0-9;]*m/g;
const widthOf = (text: string): number => [...text.replaceAll(COLOUR, "")].length;

/** A table no wider than the terminal: the widest column gives way first, by breaking its lines. */
export const table = <Row>(
  columns: ReadonlyArray<Column<Row>>,
  rows: ReadonlyArray<Row>,
  room = columnsOf(),
): string => {
  const cells = rows.map((row) => columns.map((column) => column.of(row)));
  const widths = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...cells.map((line) => widthOf(line[index] ?? ""))),
  );
  const total = () => widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1);
  const yielding = () => widths.map((width, index) => (columns[index]?.isWhole === true ? 0 : width));
  while (total() > room && Math.max(...yielding()) > NARROWEST) {
    const widest = yielding().indexOf(Math.max(...yielding()));
    widths[widest] = (widths[widest] ?? NARROWEST) - 1;
  }
  const drawn = new Table({
    chars: plain,
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
    colWidths: widths,
    colAligns: columns.map(({ align }) => align ?? "left"),
    wordWrap: true,
  });
  drawn.push(
    columns.map(({ title }) => title),
    widths.map((width) => "─".repeat(width)),
    ...cells,
  );
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
};
