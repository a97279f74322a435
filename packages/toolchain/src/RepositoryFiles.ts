import { readFileSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";

/** Folders that are installed, built or written by running things: never committed, see .gitignore. */
const notOurs = new Set(["node_modules", "dist", ".git", ".zmos", ".stryker-tmp", "reports", "coverage", "prebuilt"]);

const readable = new Set([".ts", ".mjs", ".js", ".json", ".jsonc", ".md", ".sql", ".yaml", ".yml", ".sh", ".html", ""]);

/** Every file of the repository as a path relative to `root`, found without git so that a downloaded copy works too. */
export const filesUnder = (root: string, folder = ""): ReadonlyArray<string> =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (notOurs.has(entry.name)) return [];
    if (entry.isDirectory()) return filesUnder(root, path);
    return entry.isFile() ? [path] : [];
  });

/** What a check found wrong, as `path: what`; empty when all is well. */
export type Findings = ReadonlyArray<string>;

const vague = /^(utils?|helpers?|types|common|manager|misc)$/iu;

/** Names that say nothing: a file or folder is named after what it holds. */
export const vagueNames = (files: ReadonlyArray<string>): Findings =>
  files.filter((file) => file.split("/").some((part) => vague.test(part.replace(/\..*$/u, ""))));

/** Entry files keep the names that package.json or Node give them. */
const entries = new Set(["index", "main", "promise", "client", "prebuilt"]);

/** Sources that are not named in PascalCase after their main export; migrations are ordered by their number instead. */
export const namesOutOfCase = (files: ReadonlyArray<string>): Findings =>
  files.filter((file) => {
    const stem = /^packages\/[^/]+\/src\/(?:.*\/)?([^/]+?)(?:\.[a-zA-Z]+)?\.ts$/u.exec(file)?.[1];
    return stem !== undefined && !entries.has(stem) && !/^([A-Z][A-Za-z0-9]*|\d{4}_[a-z_]+)$/u.test(stem);
  });

const modulePlaces = /^packages\/core\/src\/(platform|pulseloop|moveos|carepath|corporate|integrations)\/(.+)$/u;

/** Files of a core module outside domain/, ports/, usecases/, the door and index.ts, where no wall would watch them. */
export const roomsWithoutWalls = (files: ReadonlyArray<string>): Findings =>
  files.filter((file) => {
    const [, module = "", rest] = modulePlaces.exec(file) ?? [];
    if (rest === undefined || /^(domain|ports|usecases)\//u.test(rest) || rest === "index.ts") return false;
    return rest.replace(".ts", "").toLowerCase() !== module;
  });

const marks = [
  ["unfinished work", /\b(TO-?DO|FIX-?ME)\b/u],
  ["silenced compiler", /@ts-(ignore|nocheck)/u],
  ["skipped or focused test", /\b(it|test|describe|suite)(\.\w+)*\.(skip|only|todo)\b|\b(xit|xtest|xdescribe|fit)\(/u],
] as const;

/** Marks that leave something for later or switch a check off. */
export const marksIn = (files: ReadonlyArray<string>, read: (file: string) => string): Findings =>
  files
    .filter((file) => /\.(ts|mjs|js|sql)$/u.test(file))
    .flatMap((file) =>
      read(file)
        .split("\n")
        .flatMap((line, index) =>
          marks.flatMap(([what, mark]) => (mark.test(line) ? [`${file}:${index + 1}: ${what}`] : [])),
        ),
    );

// Written in pieces, or this file would find itself.
const outside = [["..", "shared"].join("/"), ["", "work", "main"].join("/"), ["", "work", "shared"].join("/")];

/** Mentions of files outside the repository, which no clone has. */
export const mentionsOfOutside = (files: ReadonlyArray<string>, read: (file: string) => string): Findings =>
  files
    .filter((file) => readable.has(extname(file)))
    .flatMap((file) => {
      const text = read(file);
      return outside.filter((path) => text.includes(path)).map((path) => `${file}: ${path}`);
    });

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Dependencies whose version is not the catalog's or the workspace's (peers state ranges for hosts and are exempt). */
export const versionsOfTheirOwn = (files: ReadonlyArray<string>, read: (file: string) => string): Findings =>
  files
    .filter((file) => /(^|\/)package\.json$/u.test(file) && !file.startsWith("examples/data/"))
    .flatMap((file) => {
      const manifest = JSON.parse(read(file)) as Manifest;
      const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
      return Object.entries(all).flatMap(([name, version]) =>
        version === "catalog:" || version.startsWith("workspace:") ? [] : [`${file}: ${name} ${version}`],
      );
    });

/** Catalog entries that are not one exact version. */
export const loosePins = (catalog: string): Findings =>
  [...catalog.matchAll(/^ {2}"?([@\w/.-]+)"?: ["']?([~^<>=*\d][^"'\n]*)["']?$/gmu)].flatMap(([, name, version = ""]) =>
    /^\d+\.\d+\.\d+(-[\w.]+)?$/u.test(version) ? [] : [`${name} ${version}`],
  );

/** Reads files below a root. */
export const readerOf =
  (root: string) =>
  (file: string): string =>
    readFileSync(join(root, file), "utf8");
