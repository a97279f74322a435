/**
 * Checks the packages as a stranger would get them: pack → publint → attw → install into an empty project → type-check
 * and import there. `node packages/toolchain/packages.mjs`; what has passed before, unchanged, is not checked again.
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "./build.mjs";
import { run, twoAtATime } from "./run.mjs";
import { ensureInstalled, nodeBinary, pnpm, root } from "./setup.mjs";

/**
 * @typedef {{
 *   readonly name: string, readonly version: string, readonly private?: boolean, readonly bin?: Record<string, string>,
 *   readonly exports: Record<string, string>, readonly peerDependencies?: Record<string, string>
 * }} Manifest
 */

const json = (/** @type {string} */ file) => JSON.parse(readFileSync(file, "utf8"));

const publishable = () =>
  readdirSync(join(root, "packages"))
    .map((folder) => ({
      folder,
      manifest: /** @type {Manifest} */ (json(join(root, "packages", folder, "package.json"))),
    }))
    .filter(({ manifest }) => manifest.private !== true);

/** Of everything that can change what is packed or how it is checked. */
const fingerprint = () => {
  const hash = createHash("sha256");
  const add = (/** @type {string} */ path) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      if (["node_modules", "dist", "test"].includes(entry.name) || entry.name.endsWith(".tsbuildinfo")) continue;
      const at = `${path}/${entry.name}`;
      if (entry.isDirectory()) add(at);
      else hash.update(`${at}\n`).update(readFileSync(join(root, at)));
    }
  };
  for (const { folder } of publishable()) add(`packages/${folder}`);
  for (const file of ["pnpm-lock.yaml", "tsconfig.base.json"]) hash.update(readFileSync(join(root, file)));
  for (const file of ["packages", "run", "build"])
    hash.update(readFileSync(join(root, `packages/toolchain/${file}.mjs`)));
  return hash.digest("hex");
};

/** The exact version that the workspace itself uses. */
const catalogVersion = (/** @type {string} */ name) => {
  const catalog = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  const line = catalog.split("\n").find((each) => each.trim().replaceAll('"', "").startsWith(`${name}: `));
  if (line === undefined) throw new Error(`${name} is not in the catalog`);
  return line.trim().slice(line.trim().indexOf(": ") + 2);
};

/** Ends the check with what the failing tool said. */
class CheckFailed extends Error {}

/**
 * @param {string} what
 * @param {Promise<import("./run.mjs").Outcome>} running
 */
const must = async (what, running) => {
  const { code, output } = await running;
  if (code !== 0) throw new CheckFailed(`${what}\n${output}`);
  return output;
};

const toolBin = (/** @type {string} */ name) => join(root, "packages/toolchain/node_modules/.bin", name);

const pack = (/** @type {string} */ destination) =>
  twoAtATime(
    publishable().map(({ folder, manifest }) => async () => {
      const cwd = join(root, "packages", folder);
      await must(
        `pnpm pack of ${manifest.name}`,
        run("npx", [...pnpm, "pack", "--pack-destination", destination], { cwd }),
      );
      const file = `${manifest.name.replace("@", "").replace("/", "-")}-${manifest.version}.tgz`;
      return { manifest, tarball: join(destination, file) };
    }),
  );

/** @typedef {Awaited<ReturnType<typeof pack>>[number]} Packed */

const lint = (/** @type {ReadonlyArray<Packed>} */ packed) =>
  twoAtATime(
    packed.flatMap(({ manifest, tarball }) => [
      () => must(`publint on ${manifest.name}`, run(toolBin("publint"), ["run", tarball, "--strict"])),
      () =>
        must(
          `attw on ${manifest.name}`,
          run(toolBin("attw"), [tarball, "--profile", "esm-only", "--no-definitely-typed", "--format", "ascii"]),
        ),
    ]),
  );

/**
 * An empty project that installs the tarballs, imports every entry of every package and runs every command.
 *
 * @param {string} cwd
 * @param {ReadonlyArray<Packed>} packed
 */
const consume = async (cwd, packed) => {
  const tarballs = Object.fromEntries(packed.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]));
  const peers = new Set(packed.flatMap(({ manifest }) => Object.keys(manifest.peerDependencies ?? {})));
  const versions = Object.fromEntries([...peers, "@types/node"].map((name) => [name, catalogVersion(name)]));
  const entries = packed.flatMap(({ manifest }) =>
    Object.keys(manifest.exports).map((entry) => `${manifest.name}${entry.slice(1)}`),
  );
  // A `main` starts a server when it is imported, so it is type-checked and not run.
  const runnable = entries.filter((entry) => !entry.endsWith("/main"));
  const names = Object.keys(versions).join(", ");

  mkdirSync(cwd);
  const write = (/** @type {string} */ file, /** @type {string} */ text) => writeFileSync(join(cwd, file), text);
  write(
    "package.json",
    JSON.stringify({ name: "stranger", private: true, type: "module", dependencies: { ...tarballs, ...versions } }),
  );
  // The packages name each other by version; until they are published, those versions are these tarballs.
  const overrides = Object.entries(tarballs).map(([name, tarball]) => `  "${name}": "${tarball}"\n`);
  write("pnpm-workspace.yaml", `packages: []\noverrides:\n${overrides.join("")}strictDepBuilds: false\n`);
  write(
    "tsconfig.json",
    JSON.stringify({
      compilerOptions: {
        target: "es2024",
        lib: ["es2024"],
        module: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: true,
        noEmit: true,
        types: ["node"],
      },
      include: ["*.ts"],
    }),
  );
  write(
    "types.ts",
    `${entries.map((entry, index) => `import * as entry${index} from "${entry}";`).join("\n")}
export const all = [${entries.map((_, index) => `entry${index}`).join(", ")}];
`,
  );
  write(
    "run.mjs",
    `for (const entry of ${JSON.stringify(runnable)}) {
  const names = Object.keys(await import(entry));
  if (names.length === 0) throw new Error(entry + " exports nothing");
}
`,
  );

  const install = [...pnpm, "install", "--prefer-offline", "--no-frozen-lockfile", "--ignore-scripts"];
  await must(
    `installing the tarballs with ${names} into an empty project`,
    run("npx", install, { cwd, env: { CI: "true" } }),
  );
  await must("type-checking every entry in an empty project", run("tsc", ["-p", cwd], { cwd }));
  await must("importing every entry in an empty project", run(nodeBinary, ["run.mjs"], { cwd }));
  for (const command of packed.flatMap(({ manifest }) => Object.keys(manifest.bin ?? {}))) {
    await must(
      `running ${command} --help in an empty project`,
      run(join(cwd, "node_modules/.bin", command), ["--help"], { cwd }),
    );
  }
  return entries.length;
};

const stampFolder = join(root, "node_modules/.cache/zmos");
const stampFile = join(stampFolder, "packages");

ensureInstalled();
const checked = fingerprint();
if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === checked && !process.argv.includes("--force")) {
  console.log("The packages are unchanged since they last passed (--force checks them again).");
} else {
  const folder = mkdtempSync(join(tmpdir(), "zmos-packages-"));
  try {
    if (build() !== 0) throw new CheckFailed("tsc -b (its lines are above)");
    const packed = await pack(folder);
    await lint(packed);
    const entries = await consume(join(folder, "stranger"), packed);
    mkdirSync(stampFolder, { recursive: true });
    writeFileSync(stampFile, checked);
    console.log(
      `${packed.length} packages packed and linted, ${entries} entries type-checked and imported in an empty project.`,
    );
  } catch (error) {
    if (!(error instanceof CheckFailed)) throw error;
    console.error(`Failed: ${error.message}`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
