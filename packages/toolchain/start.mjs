/** `npm start`: the server with the demo provider in it. `npm start -- --data-dir x` chooses the folder. */
import { commandLine, handOver } from "./handover.mjs";

handOver(commandLine, ["serve", "--demo", ...process.argv.slice(2)]);
