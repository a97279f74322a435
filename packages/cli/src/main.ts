#!/usr/bin/env node
/** The command line as a process. */
import { enableCompileCache } from "node:module";

// Before anything heavy is imported: what was compiled once is read back on the next start.
enableCompileCache();

/** Whoever reads may stop reading (`zmos standings | head`), which is no reason to fail. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const { run } = await import("./Programme.ts");
process.exitCode = await run(process.argv.slice(2));
