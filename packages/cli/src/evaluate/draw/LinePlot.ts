/**
 * A line over time, drawn with box characters.
 *
 * **Shape** one column a value, the last ones if there are more than fit; `undefined` interrupts the line.
 */
export const linePlot = (
  values: ReadonlyArray<number | undefined>,
  { rows = 8, most = 80, label }: { rows?: number; most?: number; label: (value: number) => string },
): string => {
  const shown = values.slice(-most);
  const known = shown.filter((value) => value !== undefined);
  if (known.length === 0) return "";
  const low = Math.min(0, ...known);
  const high = Math.max(low + Number.EPSILON, ...known);
  const rowOf = (value: number): number => Math.round(((value - low) / (high - low)) * (rows - 1));
  const grid = Array.from({ length: rows }, () => shown.map(() => " "));
  const put = (row: number, column: number, text: string): void => void (grid[rows - 1 - row]![column] = text);
  for (const [column, value] of shown.entries()) {
    if (value === undefined) continue;
    const before = shown[column - 1];
    const row = rowOf(value);
    const rowBefore = before === undefined ? row : rowOf(before);
    if (row === rowBefore) put(row, column, "─");
    else {
      put(rowBefore, column, row > rowBefore ? "╯" : "╮");
      put(row, column, row > rowBefore ? "╭" : "╰");
      for (let between = Math.min(row, rowBefore) + 1; between < Math.max(row, rowBefore); between++) {
        put(between, column, "│");
      }
    }
  }
  const labels = grid.map((_, index) => label(low + ((high - low) * (rows - 1 - index)) / (rows - 1)));
  const margin = Math.max(...labels.map((text) => text.length));
  return grid.map((line, index) => `${labels[index]!.padStart(margin)} ┤${line.join("")}`.trimEnd()).join("\n");
};
