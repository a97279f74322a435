import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../", import.meta.url));
const numbered = readdirSync(root).filter((name) => /^\d\d-/.test(name));

describe("every example", { timeout: 60_000 }, () => {
  it("is there", () => expect(numbered).toContain("01-embed-in-process"));

  it.each(numbered)("%s prints what its expected.txt says", async (name) => {
    expect(existsSync(`${root}${name}/expected.txt`)).toBe(true);
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [`${root}${name}/main.ts`]);
    expect(stderr).toBe("");
    expect(stdout).toBe(readFileSync(`${root}${name}/expected.txt`, "utf8"));
  });
});
