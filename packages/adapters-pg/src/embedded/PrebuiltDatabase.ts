/** A migrated database made once, beside the package, so that a first start copies instead of building. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrations } from "../Migrations.ts";

/** Where prebuilt databases are kept, each under its key. */
export const PREBUILT_SHELF = fileURLToPath(new URL("../../prebuilt", import.meta.url));

const pglite = createRequire(import.meta.url).resolve("@electric-sql/pglite");
const PGLITE_MANIFEST = join(dirname(dirname(pglite)), "package.json");

/** Changes with the migrations and with PGlite itself, whose data folders another version may not read. */
export const prebuiltKey = (): string =>
  createHash("sha256")
    .update(readFileSync(PGLITE_MANIFEST))
    .update(JSON.stringify(migrations))
    .digest("hex")
    .slice(0, 16);

/** The prebuilt data folder for this version, if it has been built. */
export const prebuiltFolder = (): string | undefined => {
  const folder = join(PREBUILT_SHELF, prebuiltKey());
  return existsSync(folder) ? folder : undefined;
};
