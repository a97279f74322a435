/** `npm run -s zmos -- …`: the command line. */
import { handOver } from "./handover.mjs";

handOver(process.argv.slice(2));
