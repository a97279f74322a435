import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modules, unstableEffectModules, walls, zones } from "../src/Walls.ts";
import type { WallName } from "../src/Walls.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

const core = "packages/core/src";

/** For every wall, files that break it: path → source. */
const violations: Record<WallName, Readonly<Record<string, string>>> = {
  "platform-is-before": { [`${core}/platform/usecases/A.ts`]: `import "../../pulseloop/PulseLoop.ts";` },
  "pulseloop-is-before": {
    [`${core}/pulseloop/usecases/A.ts`]: `import "../../moveos/index.ts";`,
    [`${core}/pulseloop/domain/A.ts`]: `import type { Roster } from "../../moveos/domain/Roster.ts";`,
    [`${core}/pulseloop/A.ts`]: `export { Roster } from "../moveos/domain/Roster.ts";`,
  },
  "moveos-is-before": { [`${core}/moveos/usecases/A.ts`]: `import "../../carepath/domain/Journey.ts";` },
  "carepath-is-before": { [`${core}/carepath/ports/A.ts`]: `import "../../corporate/domain/Package.ts";` },
  "corporate-is-before": { [`${core}/corporate/usecases/A.ts`]: `import "../../integrations/ports/Identity.ts";` },
  // The last module has nothing after it, so only the first half of the order can be broken there.
  "integrations-is-before": {},
  // The first module has nothing before it.
  "platform-sees-faces-only": {},
  "pulseloop-sees-faces-only": { [`${core}/pulseloop/usecases/B.ts`]: `import "../../platform/ports/Tenants.ts";` },
  "moveos-sees-faces-only": {
    [`${core}/moveos/usecases/B.ts`]: `import "../../pulseloop/usecases/RecordMovement.ts";`,
    [`${core}/moveos/B.ts`]: `import "../pulseloop/ports/CalendarStore.ts";`,
  },
  "carepath-sees-faces-only": { [`${core}/carepath/usecases/B.ts`]: `import "../../moveos/ports/RosterStore.ts";` },
  "corporate-sees-faces-only": { [`${core}/corporate/usecases/B.ts`]: `import "../../carepath/usecases/Enrol.ts";` },
  "integrations-sees-faces-only": {
    [`${core}/integrations/usecases/B.ts`]: `import "../../platform/usecases/AddMember.ts";`,
  },
  "domain-is-pure": {
    [`${core}/moveos/domain/C.ts`]: `import type { RosterStore } from "../ports/RosterStore.ts";`,
    [`${core}/moveos/domain/D.ts`]: `import "../usecases/BookSession.ts";`,
    [`${core}/moveos/domain/E.ts`]: `import "../MoveOs.ts";`,
    [`${core}/moveos/domain/F.ts`]: `import "../../pulseloop/PulseLoop.ts";`,
    [`${core}/moveos/domain/G.ts`]: `export const port = import("../ports/RosterStore.ts");`,
  },
  "ports-name-needs": {
    [`${core}/moveos/ports/C.ts`]: `import "../usecases/BookSession.ts";`,
    [`${core}/moveos/ports/D.ts`]: `import "../MoveOs.ts";`,
  },
  "usecases-are-inside": {
    [`${core}/moveos/usecases/C.ts`]: `import "../index.ts";`,
    [`${core}/moveos/usecases/D.ts`]: `import "../../Zmos.ts";`,
  },
  "kernel-is-below-all": {
    [`${core}/kernel/A.ts`]: `import "../moveos/domain/Roster.ts";`,
    [`${core}/kernel/B.ts`]: `import "../index.ts";`,
    [`${core}/kernel/ZoneRulesB.ts`]: `import "../platform/index.ts";`,
  },
  "memory-is-an-adapter": {
    [`${core}/moveos/usecases/E.ts`]: `import "../../memory/index.ts";`,
    [`${core}/moveos/domain/H.ts`]: `import "../../memory/index.ts";`,
  },
  "testing-is-for-tests": {
    [`${core}/memory/A.ts`]: `import "../testing/index.ts";`,
    [`${core}/moveos/domain/I.ts`]: `import "fast-check";`,
    [`${core}/Zmos.ts`]: `import "./testing/index.ts";`,
  },
  "core-needs-effect-only": {
    [`${core}/moveos/domain/J.ts`]: `import "node:fs";`,
    [`${core}/moveos/usecases/F.ts`]: `import "hono";`,
    [`${core}/memory/B.ts`]: `import "@zmos/core/kernel";`,
    [`${core}/promise.ts`]: `import "@zmos/adapters-pg";`,
    [`${core}/kernel/C.ts`]: `import "luxon";`,
  },
  "kit-needs-effect-and-fast-check": { [`${core}/testing/A.ts`]: `import "vitest";` },
  "no-effect-barrel": {
    [`${core}/moveos/domain/K.ts`]: `import { Result } from "effect";`,
    [`${core}/testing/B.ts`]: `import { Effect } from "effect";`,
    [`${core}/kernel/D.ts`]: `export { Effect } from "effect/index";`,
  },
  "no-unstable-effect": Object.fromEntries(
    ["sql", "http", "http-api", "schema", "crypto", "encoding/Base64Url", "Graph"].map((name) => [
      `${core}/kernel/Unstable${name.replaceAll(/\W/g, "")}.ts`,
      `import "effect/${name}";`,
    ]),
  ),
  "no-machine": {
    [`${core}/moveos/domain/L.ts`]: `export const now = Date.now();`,
    [`${core}/moveos/domain/M.ts`]: `export const now = new Date();`,
    [`${core}/moveos/usecases/G.ts`]: `export const chance = Math.random();`,
    [`${core}/pulseloop/domain/B.ts`]: `export const zone = process.env["TZ"];`,
    [`${core}/kernel/E.ts`]: `console.log("here");`,
    [`${core}/memory/C.ts`]: `export const page = fetch("https://example.org");`,
    [`${core}/kernel/F.ts`]: `export const now = globalThis.Date.now();`,
    [`${core}/kernel/ZoneRulesC.ts`]: `export const now = Date.now();`,
    [`${core}/promise.ts`]: `setTimeout(() => undefined, 1);`,
  },
  "intl-has-one-owner": {
    [`${core}/pulseloop/domain/C.ts`]: `export const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;`,
    [`${core}/kernel/G.ts`]: `export const shown = (1_000).toLocaleString();`,
  },
  "effects-run-at-the-edge": {
    [`${core}/moveos/usecases/H.ts`]: `import * as Effect from "effect/Effect";\nexport const ran = Effect.runSync(Effect.void);`,
    [`${core}/memory/D.ts`]: `import * as E from "effect/Effect";\nexport const ran = E.runPromise(E.void);`,
    [`${core}/memory/E.ts`]: `import "effect/ManagedRuntime";`,
    "packages/adapters-pg/src/B.ts": `import { Effect } from "effect";\nexport const ran = Effect.runFork(Effect.void);`,
  },
  "adapters-know-no-door": {
    "packages/adapters-pg/src/C.ts": `import "hono";`,
    "packages/adapters-pg/src/D.ts": `import "@zmos/http/client";`,
    "packages/adapters-zhep/src/A.ts": `import "commander";`,
    "packages/adapters-zhep/src/B.ts": `import "@hono/node-server";`,
    "packages/adapters-pg/src/prebuilt.ts": `import "@zmos/cli";`,
  },
  "adapters-know-each-other-not": { "packages/adapters-zhep/src/C.ts": `import "@zmos/adapters-pg";` },
  "http-knows-no-cli": {
    "packages/http/src/A.ts": `import "commander";`,
    "packages/http/src/main.ts": `import "@zmos/cli";`,
  },
  "main-picks-adapters": {
    "packages/http/src/createApp.ts": `import "@zmos/adapters-pg";`,
    "packages/http/src/handlers/Bookings.ts": `import "@zmos/adapters-zhep/testing";`,
    "packages/cli/src/commands/Streak.ts": `import "@zmos/adapters-pg";`,
  },
  "packages-by-name": {
    "packages/http/src/B.ts": `import "../../core/src/moveos/ports/RosterStore.ts";`,
    "packages/cli/src/A.ts": `import "../../../packages/http/src/index.ts";`,
    "examples/01-embed/A.ts": `import "../../packages/core/src/index.ts";`,
    [`${core}/kernel/H.ts`]: `import "../../../http/src/index.ts";`,
  },
};

/** The neighbours of those violations that must stay allowed. */
const allowed: Readonly<Record<string, string>> = {
  [`${core}/moveos/domain/Ok.ts`]: [
    `import "../../kernel/Ids.ts";`,
    `import "../../pulseloop/domain/Streak.ts";`,
    `import "./Booking.ts";`,
    `import "effect/Schema";`,
    `export const atNoon = (date: Date): Date => date;`,
  ].join("\n"),
  [`${core}/moveos/ports/Ok.ts`]: `import "../domain/Roster.ts";\nimport "effect/Context";`,
  [`${core}/moveos/usecases/Ok.ts`]: [
    `import "../ports/RosterStore.ts";`,
    `import "../domain/Roster.ts";`,
    `import "../../pulseloop/PulseLoop.ts";`,
    `import "../../pulseloop/index.ts";`,
  ].join("\n"),
  [`${core}/kernel/ZoneRules.ts`]: `export const format = new Intl.DateTimeFormat("en-US");`,
  [`${core}/memory/Ok.ts`]: `import "../moveos/ports/RosterStore.ts";\nimport "../Zmos2.ts";`,
  [`${core}/testing/Ok.ts`]: `import "fast-check";\nimport "../memory/index.ts";\nimport "effect/Effect";`,
  "packages/adapters-pg/src/Ok.ts": `import "@zmos/core/moveos";\nimport "effect/sql";`,
  "packages/http/src/Ok.ts": `import "hono";\nimport "@zmos/core";`,
  "packages/cli/src/Ok.ts": `import "commander";\nimport "@zmos/http/main";`,
};

const cycle = {
  [`${core}/corporate/domain/First.ts`]: `import { second } from "./Second.ts";\nexport const first = (): number => second();`,
  [`${core}/corporate/domain/Second.ts`]: `import { first } from "./First.ts";\nexport const second = (): number => first();`,
  [`${core}/corporate/domain/Third.ts`]: `import type { Fourth } from "./Fourth.ts";\nexport type Third = Fourth;`,
  [`${core}/corporate/domain/Fourth.ts`]: `import type { Third } from "./Third.ts";\nexport type Fourth = Third;`,
};

const plants = Object.entries(violations).flatMap(([wall, files]) =>
  Object.entries(files).map(([file, source], index) => ({ wall, file, source, key: `${wall}/${index}` })),
);

let folder = "";
/** Messages by file. A file that breaks two walls in the table above is written once for each, in a tree of its own. */
const reports = new Map<string, string>();

const lint = (tree: string, files: Readonly<Record<string, string>>): void => {
  const base = join(folder, tree);
  for (const [file, source] of Object.entries(files)) {
    mkdirSync(dirname(join(base, file)), { recursive: true });
    writeFileSync(join(base, file), `${source}\n`);
  }
  writeFileSync(
    join(base, "oxlint.config.ts"),
    `import config from ${JSON.stringify(join(root, "oxlint.config.ts"))};\nexport default { ...config, options: {} };\n`,
  );
  const run = spawnSync(process.execPath, [join(root, "node_modules/oxlint/bin/oxlint"), "--format", "json"], {
    cwd: base,
    encoding: "utf8",
  });
  const { diagnostics } = JSON.parse(run.stdout) as {
    diagnostics: ReadonlyArray<{ filename: string; code: string; help?: string; message: string }>;
  };
  for (const found of diagnostics) {
    const key = `${tree}:${relative(base, join(base, found.filename))}`;
    reports.set(key, `${reports.get(key) ?? ""}${found.code} ${found.message} ${found.help ?? ""}\n`);
  }
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "zmos-walls-"));
  const trees: Array<Record<string, string>> = [];
  for (const { file, source } of plants) {
    const free = trees.find((tree) => !(file in tree));
    if (free === undefined) trees.push({ [file]: source });
    else free[file] = source;
  }
  trees.forEach((tree, index) => lint(`tree${index}`, tree));
  lint("allowed", allowed);
  lint("cycle", cycle);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const treeOf = (file: string, source: string): string => {
  const earlier = plants.filter((plant) => plant.file === file).findIndex((plant) => plant.source === source);
  return `tree${earlier}:${file}`;
};

describe("the walls", () => {
  it.each(plants)("$key: $file is caught", ({ wall, file, source }) => {
    expect(reports.get(treeOf(file, source)) ?? "nothing").toContain(`[${wall}]`);
  });

  it("are each broken by a planted file, but for the two ends of the module order, which cannot be", () => {
    const unbroken = Object.entries(violations).flatMap(([wall, files]) => (Object.keys(files).length ? [] : [wall]));
    expect(unbroken).toEqual([`${modules.at(-1)}-is-before`, `${modules[0]}-sees-faces-only`]);
  });

  it("are each standing in some zone", () => {
    const standing = new Set(zones.flatMap((zone) => zone.walls));
    expect(Object.keys(walls).filter((wall) => !standing.has(wall as WallName))).toEqual([]);
  });

  it.each(Object.keys(allowed))("leave %s alone", (file) => {
    expect(reports.get(`allowed:${file}`) ?? "").not.toMatch(/no-restricted|no-cycle/u);
  });

  it.each(Object.keys(cycle))("catch the cycle through %s", (file) => {
    expect(reports.get(`cycle:${file}`) ?? "nothing").toContain("import(no-cycle)");
  });

  it("name every module of Effect that is unstable as a whole", () => {
    const source = join(root, "node_modules/effect/src");
    const unstable = readdirSync(source).filter((file) => {
      if (!/^[A-Z]\w+\.ts$/u.test(file)) return false;
      const opening = /^\/\*\*[\s\S]*?\*\//u.exec(readFileSync(join(source, file), "utf8"))?.[0] ?? "";
      return opening.includes("@stability unstable");
    });
    expect(unstable.map((file) => file.replace(".ts", ""))).toEqual([...unstableEffectModules]);
  });
});

describe("the compiler", () => {
  const project = (name: string, config: object, source: string): string => {
    const base = join(folder, name);
    mkdirSync(join(base, "src"), { recursive: true });
    symlinkSync(join(root, "packages/core/node_modules"), join(base, "node_modules"));
    writeFileSync(join(base, "package.json"), `{ "name": "@zmos/planted", "type": "module" }`);
    writeFileSync(join(base, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(base, "src/Planted.ts"), source);
    return base;
  };
  const strict = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: { composite: false, noEmit: true, incremental: false },
    include: ["src"],
  };

  it("refuses the globals of Node and of browsers in the core, whose projects list no types", () => {
    const config = JSON.parse(readFileSync(join(root, "packages/core/tsconfig.src.json"), "utf8")) as {
      compilerOptions: { types: ReadonlyArray<string>; lib?: ReadonlyArray<string> };
    };
    expect(config.compilerOptions.types).toEqual([]);
    expect(config.compilerOptions.lib).toBeUndefined();
    const base = project("globals", strict, `console.log(process.pid, window, document);\n`);
    const run = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", base], { encoding: "utf8" });
    expect(run.status).not.toBe(0);
    for (const name of ["console", "process", "window", "document"])
      expect(run.stdout).toContain(`Cannot find name '${name}'`);
  });

  it("fails on the Effect diagnostics that the base tsconfig makes errors", () => {
    const planted = {
      floatingEffect: `export const f = Effect.gen(function* () { Effect.void; yield* Effect.void; });`,
      globalDate: `export const now = new Date(0);`,
      globalRandom: `export const chance = Math.random();`,
      schemaNumber: `export const Minutes = Schema.Struct({ minutes: Schema.Number });`,
      missingReturnYieldStar: `export const g = Effect.gen(function* () { yield* Effect.fail("no"); return 1; });`,
      deterministicKeys: `export class Port extends Context.Service<Port, { readonly a: 1 }>()("wrong") {}`,
    };
    const imports = ["Effect", "Schema", "Context"].map((name) => `import * as ${name} from "effect/${name}";`);
    const base = project("diagnostics", strict, [...imports, ...Object.values(planted)].join("\n"));
    const run = spawnSync(
      join(root, "node_modules/.bin/effect-tsgo"),
      ["diagnostics", "--strict", "--format", "text", "--project", join(base, "tsconfig.json")],
      { encoding: "utf8" },
    );
    for (const rule of Object.keys(planted)) expect(run.stdout).toMatch(new RegExp(`error .*${rule}`, "u"));
    expect(run.status).not.toBe(0);
  });
});

describe("the Effect diagnostics of edges", () => {
  it("are those of the sources, but for the clock and the environment", () => {
    const severities = (file: string) => {
      // The two files are JSON with comments on lines of their own.
      const text = readFileSync(join(root, file), "utf8").replaceAll(/^\s*\/\/.*$/gmu, "");
      const config = JSON.parse(text) as {
        compilerOptions: { plugins: ReadonlyArray<{ diagnosticSeverity: Record<string, string> }> };
      };
      return config.compilerOptions.plugins[0]?.diagnosticSeverity;
    };
    const edges = { globalDate: "off", globalDateInEffect: "off", processEnv: "off" };
    expect(severities("tsconfig.check.json")).toEqual({ ...severities("tsconfig.base.json"), ...edges });
  });
});

describe("the core's package", () => {
  it("needs Effect, and fast-check for its testing kit alone, and nothing else", () => {
    const manifest = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8")) as Record<
      string,
      object
    >;
    expect(manifest["dependencies"]).toBeUndefined();
    expect(Object.keys(manifest["peerDependencies"] ?? {})).toEqual(["effect", "fast-check"]);
    expect(manifest["peerDependenciesMeta"]).toEqual({ "fast-check": { optional: true } });
  });
});
