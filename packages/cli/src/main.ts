#!/usr/bin/env node
/** The command line as a process. */
import { enableCompileCache } from "node:module";

// Before anything heavy is imported: what was compiled once is read back on the next start.
enableCompileCache();
const { run } = await import("./Programme.ts");
process.exitCode = await run(process.argv.slice(2));
