/** `npm run -s zmos -- …`: the command line. */
import { commandLine, handOver } from "./handover.mjs";

handOver(commandLine, process.argv.slice(2));
