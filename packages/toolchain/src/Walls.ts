/**
 * The walls of the house as data: which files may not import or name what, and why.
 *
 * `oxlint.config.ts` turns every zone into one override, `test/Walls.test.ts` plants a violation of every wall and sees
 * it caught. A file belongs to the *last* zone that matches it, because an oxlint override replaces a whole rule: a zone
 * therefore lists all of its walls.
 *
 * **Source** design/map.md
 */

/** One thing that may not be imported or named. The name of the wall begins the message, so that a report names it. */
export interface Wall {
  readonly because: string;
  /** Import specifiers, as Rust regular expressions (no look-ahead). */
  readonly specifiers?: ReadonlyArray<string>;
  /** Import specifiers in gitignore form, for the walls that need an exception (`!…`). */
  readonly group?: ReadonlyArray<string>;
  readonly globals?: ReadonlyArray<string>;
  readonly properties?: ReadonlyArray<{ readonly object?: string; readonly property: string }>;
}

/** The modules of the core: each may import the public face of those before it, never of those after it. */
export const modules = ["platform", "pulseloop", "moveos", "carepath", "corporate", "integrations"] as const;
export type Module = (typeof modules)[number];

const doors: Record<Module, string> = {
  platform: "Platform",
  pulseloop: "PulseLoop",
  moveos: "MoveOs",
  carepath: "CarePath",
  corporate: "Corporate",
  integrations: "Integrations",
};

/** Modules of Effect's top level that are unstable as a whole; `Walls.test.ts` compares the list with the installed Effect. */
export const unstableEffectModules = [
  "Arbitrary",
  "ByteSize",
  "Bytes",
  "ChannelSchema",
  "ErrorReporter",
  "ExecutionPlan",
  "FileSystem",
  "Graph",
  "HashRing",
  "LayerMap",
  "LayerRef",
  "Newtype",
  "PartitionedSemaphore",
  "Path",
  "PlatformError",
  "SemVer",
  "SemVerRange",
  "Stdio",
  "Terminal",
  "TxChunk",
  "Version",
] as const;

const runners = ["Promise", "PromiseExit", "Sync", "SyncExit", "Fork", "Callback"].flatMap((way) => [
  `run${way}`,
  `run${way}With`,
]);

const anyOf = (words: ReadonlyArray<string>): string => `(${words.join("|")})`;

/** A path segment anywhere in a relative specifier. */
const inFolder = (folders: ReadonlyArray<string>): string => `^\\.{1,2}/(.*/)?${anyOf(folders)}/`;

const before = (module: Module): ReadonlyArray<Module> => modules.slice(0, modules.indexOf(module));
const after = (module: Module): ReadonlyArray<Module> => modules.slice(modules.indexOf(module) + 1);

const orderWalls = Object.fromEntries(
  modules.flatMap((module): ReadonlyArray<[string, Wall]> => [
    [
      `${module}-is-before`,
      {
        because: `${module} may not know the modules after it (${modules.join(" → ")})`,
        specifiers: after(module).length === 0 ? [] : [inFolder(after(module))],
      },
    ],
    [
      `${module}-sees-faces-only`,
      {
        because: `of the modules before it, ${module} sees the door, index.ts and domain/`,
        specifiers: before(module).length === 0 ? [] : [`${inFolder(before(module))}(ports|usecases)/`],
      },
    ],
  ]),
) as Record<`${Module}-is-before` | `${Module}-sees-faces-only`, Wall>;

export const walls = {
  ...orderWalls,
  "domain-is-pure": {
    because: "domain/ holds values and decisions: it may not know ports, use cases or doors",
    specifiers: [
      inFolder(["ports", "usecases"]),
      `^\\.{1,2}/(.*/)?${anyOf([...Object.values(doors), "Zmos", "index", "promise"])}\\.ts$`,
    ],
  },
  "ports-name-needs": {
    because: "ports/ say what is needed: they may not know use cases or doors",
    specifiers: [
      inFolder(["usecases"]),
      `^\\.{1,2}/(.*/)?${anyOf([...Object.values(doors), "Zmos", "promise"])}\\.ts$`,
    ],
  },
  "usecases-are-inside": {
    because: "a use case is behind its module's door, so it may not go through it or through Zmos.ts",
    specifiers: ["^(\\./|(\\.\\./)+)(index|Zmos|promise)\\.ts$"],
  },
  "kernel-is-below-all": {
    because: "the kernel may not know any module",
    specifiers: [inFolder([...modules, "memory", "testing"]), "^\\.\\./(index|Zmos|promise)\\.ts$"],
  },
  "memory-is-an-adapter": {
    because: "only hosts and tests choose the in-memory stores; rules may not know them",
    specifiers: [inFolder(["memory"])],
  },
  "testing-is-for-tests": {
    because: "only tests import testing/, so that fast-check stays an optional peer",
    specifiers: [inFolder(["testing"]), "^fast-check$"],
  },
  "core-needs-effect-only": {
    because: "the core depends on Effect alone: no Node, no other package, not itself by name",
    group: ["*", "!effect", "!effect/**", "!./**", "!../**"],
  },
  "kit-needs-effect-and-fast-check": {
    because: "the testing kit depends on Effect and fast-check alone",
    group: ["*", "!effect", "!effect/**", "!fast-check", "!./**", "!../**"],
  },
  "no-effect-barrel": {
    because: "the barrel costs start-up time and bundle size: import effect/Effect, effect/Schema, …",
    specifiers: ["^effect(/index)?$"],
  },
  "no-unstable-effect": {
    because: "effect/sql, effect/http and the other unstable modules may break in a minor release",
    specifiers: ["^effect/[a-z]", `^effect/${anyOf(unstableEffectModules)}$`],
  },
  "no-machine": {
    because: "the core reads no clock, zone, locale, randomness, network or process: they come through services",
    globals: [
      "Date",
      "Temporal",
      "process",
      "console",
      "fetch",
      "globalThis",
      "crypto",
      "performance",
      "setTimeout",
      "setInterval",
      "setImmediate",
      "queueMicrotask",
    ],
    properties: [{ object: "Math", property: "random" }],
  },
  "intl-has-one-owner": {
    because: "kernel/ZoneRules*.ts alone asks Intl, so that one place decides every civil date",
    globals: ["Intl"],
    properties: ["toLocaleString", "toLocaleDateString", "toLocaleTimeString", "localeCompare"].map((property) => ({
      property,
    })),
  },
  "effects-run-at-the-edge": {
    because: "effects are run by http, cli, examples, promise.ts and tests; everything else returns them",
    specifiers: ["^effect/ManagedRuntime$"],
    properties: runners.map((property) => ({ property })),
  },
  "adapters-know-no-door": {
    because: "an adapter implements ports: it may not know hono, commander or the doors",
    specifiers: ["^hono(/|$)", "^@hono/", "^commander$", "^@zmos/(http|cli)(/|$)"],
  },
  "adapters-know-each-other-not": {
    because: "an adapter may not know another adapter",
    specifiers: ["^@zmos/adapters-"],
  },
  "http-knows-no-cli": {
    because: "the HTTP API may not know the command line",
    specifiers: ["^commander$", "^@zmos/cli(/|$)"],
  },
  "main-picks-adapters": {
    because:
      "the server's main.ts, and what opens a database for the command line, pick adapters; the rest takes layers",
    specifiers: ["^@zmos/adapters-"],
  },
  "packages-by-name": {
    because: "another package is imported by its name and exports, never by a path into its files",
    specifiers: [
      "^\\.{1,2}/(.*/)?(packages|core|adapters-calendar|adapters-pg|adapters-zhep|http|cli|bench|toolchain)/(src|dist)/",
    ],
  },
} satisfies Record<string, Wall>;

export type WallName = keyof typeof walls;

export interface Zone {
  readonly files: ReadonlyArray<string>;
  readonly walls: ReadonlyArray<WallName>;
}

const everywhere = ["packages-by-name"] as const;
const inCore = [
  ...everywhere,
  "no-effect-barrel",
  "no-unstable-effect",
  "core-needs-effect-only",
  "no-machine",
  "intl-has-one-owner",
  "effects-run-at-the-edge",
] as const;
const inRules = [...inCore, "memory-is-an-adapter", "testing-is-for-tests"] as const;

/** Later zones win over earlier ones. */
export const zones: ReadonlyArray<Zone> = [
  { files: ["packages/*/{src,test}/**", "examples/**"], walls: everywhere },

  // The core, from its edge inwards.
  { files: ["packages/core/src/*.ts"], walls: [...inCore, "testing-is-for-tests"] },
  {
    files: ["packages/core/src/promise.ts"],
    walls: [...inCore.filter((wall) => wall !== "effects-run-at-the-edge"), "testing-is-for-tests"],
  },
  { files: ["packages/core/src/memory/**"], walls: [...inCore, "testing-is-for-tests"] },
  {
    files: ["packages/core/src/testing/**"],
    walls: [...inCore.filter((wall) => wall !== "core-needs-effect-only"), "kit-needs-effect-and-fast-check"],
  },
  { files: ["packages/core/src/kernel/**"], walls: [...inRules, "kernel-is-below-all"] },
  {
    files: ["packages/core/src/kernel/ZoneRules*.ts"],
    walls: [...inRules.filter((wall) => wall !== "intl-has-one-owner"), "kernel-is-below-all"],
  },
  ...modules.flatMap((module): ReadonlyArray<Zone> => {
    const inModule = [...inRules, `${module}-is-before`, `${module}-sees-faces-only`] as const;
    const folder = `packages/core/src/${module}`;
    return [
      { files: [`${folder}/**`], walls: inModule },
      { files: [`${folder}/usecases/**`], walls: [...inModule, "usecases-are-inside"] },
      { files: [`${folder}/ports/**`], walls: [...inModule, "ports-name-needs"] },
      { files: [`${folder}/domain/**`], walls: [...inModule, "domain-is-pure"] },
    ];
  }),

  // Adapters and doors.
  {
    files: ["packages/adapters-*/src/**"],
    walls: [...everywhere, "adapters-know-no-door", "adapters-know-each-other-not", "effects-run-at-the-edge"],
  },
  // A script that builds the prebuilt database, started by the toolchain: an edge of its own.
  {
    files: ["packages/adapters-pg/src/prebuilt.ts"],
    walls: [...everywhere, "adapters-know-no-door", "adapters-know-each-other-not"],
  },
  { files: ["packages/http/src/**"], walls: [...everywhere, "http-knows-no-cli", "main-picks-adapters"] },
  { files: ["packages/http/src/main.ts"], walls: [...everywhere, "http-knows-no-cli"] },
  { files: ["packages/cli/src/{commands,output}/**"], walls: [...everywhere, "main-picks-adapters"] },
];
