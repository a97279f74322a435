import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import * as Repository from "../src/RepositoryFiles.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const files = Repository.filesUnder(root);
const read = Repository.readerOf(root);

/** One planted file beside the real check, so that each rule is seen to fail. */
const planted = (source: string) => () => source;

describe("the repository", () => {
  it("is really being read", () => {
    expect(files).toContain("packages/toolchain/test/Repository.test.ts");
    expect(files.filter((file) => file.includes("node_modules"))).toEqual([]);
  });

  it("names no file or folder utils, helpers, types, common or manager", () => {
    expect(Repository.vagueNames(["packages/core/src/utils.ts"])).toHaveLength(1);
    expect(Repository.vagueNames(["packages/core/src/helpers/Dates.ts"])).toHaveLength(1);
    expect(Repository.vagueNames(["packages/core/src/moveos/domain/SessionTypes.ts"])).toEqual([]);
    expect(Repository.vagueNames(files)).toEqual([]);
  });

  it("names every source in PascalCase, but for entry files", () => {
    const wrong = ["packages/core/src/kernel/civilDate.ts", "packages/http/src/error-table.ts"];
    expect(Repository.namesOutOfCase(wrong)).toEqual(wrong);
    expect(Repository.namesOutOfCase(["packages/core/src/promise.ts", "packages/core/src/kernel/Ids.ts"])).toEqual([]);
    expect(Repository.namesOutOfCase(files)).toEqual([]);
  });

  it("keeps every file of a core module in domain, ports or use cases, or in its door or index", () => {
    const wrong = ["packages/core/src/moveos/Policy.ts", "packages/core/src/moveos/rules/Policy.ts"];
    expect(Repository.roomsWithoutWalls(wrong)).toEqual(wrong);
    expect(Repository.roomsWithoutWalls(["packages/core/src/moveos/MoveOs.ts"])).toEqual([]);
    expect(Repository.roomsWithoutWalls(files)).toEqual([]);
  });

  it("leaves no mark of unfinished work, silenced compiler, or skipped or focused test", () => {
    const marks = [
      ["TO", "DO"],
      ["@ts-", "ignore"],
      ["it.", "skip"],
      ["describe.", "only"],
    ].map((half) => half.join(""));
    for (const mark of marks) expect(Repository.marksIn(["a.ts"], planted(mark)), mark).toHaveLength(1);
    expect(Repository.marksIn(files, read)).toEqual([]);
  });

  it("mentions no file outside itself", () => {
    expect(Repository.mentionsOfOutside(["a.md"], planted(["..", "shared"].join("/")))).toHaveLength(1);
    expect(Repository.mentionsOfOutside(files, read)).toEqual([]);
  });

  it("has the tests that the invariants name", () => {
    const named = [...read("design/invariants.md").matchAll(/`(packages\/[^`]+\.ts)`/g)].map(([, file]) => file ?? "");
    expect(named).not.toEqual([]);
    expect(named.filter((file) => !files.includes(file))).toEqual([]);
  });

  it("takes every version from the catalog or the workspace", () => {
    expect(Repository.versionsOfTheirOwn(["package.json"], planted(`{"dependencies":{"a":"^1.0.0"}}`))).toHaveLength(1);
    expect(Repository.versionsOfTheirOwn(files, read)).toEqual([]);
  });

  it("pins one exact version for each catalog entry", () => {
    expect(Repository.loosePins(`catalog:\n  "@a/b": ^1.0.0\n  c: 1.2.3\n`)).toEqual(["@a/b ^1.0.0"]);
    expect(Repository.loosePins(read("pnpm-workspace.yaml"))).toEqual([]);
  });
});
