/** The commands of those who set goals: challenges and journeys, and how members come on. */
import { type Command, Option } from "commander";
import type { Does } from "./Action.ts";

const asOf = () => new Option("--as-of <day>", "as of this calendar day, like 2026-03-07 (default: today)");

export const addProgrammeCommands = (programme: Command, does: Does): void => {
  const challenge = programme.command("challenge").description("what members take on, alone or in teams");
  challenge
    .command("list")
    .description("every challenge, oldest first")
    .action(does(async () => (await import("./commands/Challenge.ts")).listChallenges));
  challenge
    .command("create <file>")
    .description("set up a challenge from a JSON file with what it asks")
    .action(does(async () => (await import("./commands/Challenge.ts")).createChallenge));
  challenge
    .command("join <challenge> <member>")
    .description("a member takes part from now on")
    .option("--team <id>", "for which team, where teams are ranked")
    .option("--name <text>", "how the board names the member (default: first name and one letter)")
    .option("--hidden", "ranked like everyone else, and not shown")
    .action(does(async () => (await import("./commands/Challenge.ts")).joinChallenge));
  challenge
    .command("progress <challenge> [member]")
    .description("how far one has come, or everybody")
    .addOption(asOf())
    .option("--explain", "with every day that counts, and what does not and why")
    .action(does(async () => (await import("./commands/Challenge.ts")).progress));
  challenge
    .command("leaderboard <challenge>")
    .description("the board")
    .action(does(async () => (await import("./commands/Challenge.ts")).leaderboard));

  const journey = programme.command("journey").description("programmes of movement, week by week");
  journey
    .command("list")
    .description("every journey, oldest first")
    .action(does(async () => (await import("./commands/Journey.ts")).listJourneys));
  journey
    .command("create <file>")
    .description("write a journey from a JSON file with what its weeks ask for")
    .action(does(async () => (await import("./commands/Journey.ts")).createJourney));
  journey
    .command("enroll <journey> <member>")
    .description("put a member on a journey")
    .option("--from <day>", "its first calendar day, like 2026-03-02 (default: today)")
    .action(does(async () => (await import("./commands/Journey.ts")).enroll));
  journey
    .command("enrollments <journey>")
    .description("who is on it, how each stands, and who should be looked after")
    .addOption(asOf())
    .action(does(async () => (await import("./commands/Journey.ts")).listEnrollments));
  journey
    .command("summary <journey> <enrollment>")
    .description("where a member stands, week by week, and why")
    .addOption(asOf())
    .action(does(async () => (await import("./commands/Journey.ts")).summary));
};
