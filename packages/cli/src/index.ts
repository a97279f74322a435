/** The ZMOS command line as a function, for those who start it from their own process. */
export { ExitCode } from "./ExitCode.ts";
export { run } from "./Programme.ts";
