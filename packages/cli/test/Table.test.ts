import { describe, expect, it } from "vitest";
import { table } from "../src/output/Table.ts";

const columns = [
  { title: "Name", of: ([name]: readonly [string, number]) => name },
  { title: "Days", align: "right" as const, of: ([, days]: readonly [string, number]) => String(days) },
];

describe("a table", () => {
  it("is as wide as it needs to be, and has no blanks at the ends of its lines", () => {
    expect(
      table(
        columns,
        [
          ["Amina", 3],
          ["Bo", 12],
        ],
        80,
      ),
    ).toBe(["Name   Days", "─────  ────", "Amina     3", "Bo       12"].join("\n"));
  });

  it("is never wider than the terminal: the widest column breaks its lines", () => {
    const long = "one two three four five six seven eight nine ten";
    const lines = table(columns, [[long, 3]], 30).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(30);
    expect(
      lines
        .slice(2)
        .join(" ")
        .replace(/\s+3\s+/, " ")
        .replaceAll(/\s+/g, " ")
        .trim(),
    ).toBe(long);
  });

  it("leaves whole what would be no use in pieces, and lets the others give way", () => {
    const id = "01a1fe0f-5875-7000-bf38-8a57b76f895f";
    const rows = [["one two three four five six", 3]] as const;
    const lines = table([...columns, { title: "Id", of: () => id, isWhole: true }], rows, 60).split("\n");
    expect(lines.find((line) => line.includes(id))).toBeDefined();
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  it("measures what is seen, not the colours", () => {
    const [header = ""] = table(columns, [["\u001B[32mAmina\u001B[39m", 3]], 80).split("\n");
    expect(header).toBe("Name   Days");
  });
});
