/** `npm start`: the server with the demo provider in it. `npm start -- --data-dir x` chooses the folder. */
import { handOver } from "./handover.mjs";

handOver(["serve", "--demo", ...process.argv.slice(2)]);
