/** The commands that need no database: evaluate, formula, simulate. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Does } from "./Action.ts";

export const several = (text: string, before: ReadonlyArray<string> = []): ReadonlyArray<string> => [...before, text];

const wholeNumber =
  (least: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || !Number.isSafeInteger(number)) {
      throw new InvalidArgumentError(`It is a whole number from ${least} on.`);
    }
    return number;
  };

export const addOfflineCommands = (programme: Command, does: Does): void => {
  const evaluate = programme.command("evaluate").description("scores of everybody in CSV files, without a database");
  const on = (name: string, description: string): Command =>
    evaluate
      .command(name)
      .description(description)
      .requiredOption("--events <file>", "CSV: member_id,occurred_at,zone,type,duration_minutes,intensity,external_id")
      .option("--excused <file>", "CSV: member_id,from,to,reason")
      .option("--members <file>", "CSV: member_id,from,to; who counts, with or without events")
      .requiredOption("--as-of <day>", "as of this calendar day, like 2026-03-07")
      .option("--from <day>", "no score begins before this day")
      .option("--member <id>", "only this member, with a heat map")
      .option("--zone <zone>", "the IANA zone of instants whose line names none")
      .option("--series", "every period, with the score as it stood at its end")
      .option("--explain", "what the number is made of")
      .option("--skip-bad", "leave out the lines that cannot be taken");
  on("streak", "days in a row with movement, or what a rule says")
    .option("--rule <file>", "JSON: a streak rule")
    .action(does(async () => (await import("./commands/Evaluate.ts")).evaluateStreak));
  on("adherence", "how well members keep to a target, by a formula")
    .option("--formula <name>", "a formula that comes with ZMOS: zmos formula list (default: zmos-v1)")
    .option("--rule <file>", "JSON: a formula of your own")
    .addOption(
      new Option("--param <key=value>", "sets a parameter of the formula; may be given several times").argParser(
        several,
      ),
    )
    .action(does(async () => (await import("./commands/Evaluate.ts")).evaluateAdherence));
  on("challenge", "a challenge's board")
    .requiredOption("--rule <file>", "JSON: a challenge")
    .action(does(async () => (await import("./commands/Evaluate.ts")).evaluateChallenge));
  on("journey", "members on a journey, week by week")
    .requiredOption("--rule <file>", "JSON: a journey")
    .action(does(async () => (await import("./commands/Evaluate.ts")).evaluateJourney));

  const formula = programme
    .command("formula")
    .description("adherence formulas: data that can be read, checked and explained");
  formula
    .command("list")
    .description("the formulas that come with ZMOS")
    .action(does(async () => (await import("./commands/Formula.ts")).listFormulas));
  formula
    .command("show <id|file>")
    .description("a formula as JSON, to start your own from")
    .action(does(async () => (await import("./commands/Formula.ts")).showFormula));
  formula
    .command("check <file>")
    .description("whether a formula makes sense, and keeps the laws it declares")
    .option("--all", "try every law, declared or not")
    .addOption(new Option("--runs <number>", "how many histories to try").argParser(wholeNumber(1)).default(300))
    .addOption(new Option("--seed <number>", "which histories to try").argParser(wholeNumber(0)).default(1))
    .action(does(async () => (await import("./commands/FormulaCheck.ts")).checkFormula));
  formula
    .command("explain <id|file>")
    .description("a formula in plain language")
    .action(does(async () => (await import("./commands/Formula.ts")).explainFormula));

  programme
    .command("simulate")
    .description("write the history of a gym that never was, the same for the same seed")
    .addOption(new Option("--members <number>", "how many members").argParser(wholeNumber(1)).default(1_000))
    .addOption(new Option("--days <number>", "how many days").argParser(wholeNumber(1)).default(365))
    .addOption(new Option("--seed <number>", "which gym").argParser(wholeNumber(0)).default(1))
    .requiredOption("--from <day>", "its first calendar day, like 2025-01-01")
    .option("--out <file>", "where the events go (default: stdout)")
    .option("--members-out <file>", "where the members go, with the days they count")
    .option("--excused-out <file>", "where the excused days go")
    .action(does(async () => (await import("./commands/Simulate.ts")).simulate));
};
