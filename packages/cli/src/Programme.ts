/** The commands, their arguments and options. What a command does is imported when it is run, so that starting stays quick. */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Action } from "./Action.ts";
import { addBookingCommands } from "./BookingCommands.ts";
import { ExitCode } from "./ExitCode.ts";
import { addOfflineCommands, several } from "./OfflineCommands.ts";
import { withoutColour } from "./output/Terminal.ts";
import { perform, type PerformOptions } from "./Perform.ts";
import { addProgrammeCommands } from "./ProgrammeCommands.ts";
import { type GlobalOptions, settingsOf } from "./Settings.ts";

const ROLES = ["owner", "manager", "coach", "front_desk", "member"] as const;

const port = (text: string): number => {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535) throw new InvalidArgumentError("A port is a number from 0 to 65535.");
  return number;
};

const asOf = () => new Option("--as-of <day>", "as of this calendar day, like 2026-03-07 (default: today)");

/** Runs the command line and answers its exit code. */
export const run = async (argv: ReadonlyArray<string>): Promise<ExitCode> => {
  let outcome: ExitCode = ExitCode.ok;

  /** Turns a lazily imported action into what commander calls: arguments, options, command. */
  const does =
    <Arguments extends ReadonlyArray<unknown>>(
      load: () => Promise<Action<Arguments>>,
      how: Pick<PerformOptions, "runsUntilStopped"> = {},
    ) =>
    async (...given: ReadonlyArray<unknown>): Promise<void> => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<GlobalOptions & { readonly color: boolean }>();
      if (!options.color) withoutColour();
      const settings = settingsOf(options, (name) => command.getOptionValueSourceWithGlobals(name) === "cli");
      const action = await load();
      const told = given.slice(0, -1) as unknown as Arguments;
      outcome = await perform(action(settings, ...told), { json: settings.json, ...how });
    };

  const programme = new Command("zmos")
    .description("ZMOS, the movement and fitness operating system.")
    .addOption(
      new Option("--data-dir <folder>", "folder of the embedded database").env("ZMOS_DATA_DIR").default("./.zmos"),
    )
    .addOption(new Option("--database-url <url>", "a PostgreSQL server instead").env("DATABASE_URL"))
    .addOption(new Option("--url <url>", "talk to a ZMOS server instead").env("ZMOS_URL"))
    .addOption(new Option("--token <token>", "access token for the server").env("ZMOS_TOKEN"))
    .option("--tenant <id|name>", "which tenant, where a database has several")
    .option("--json", "answer JSON, for programs")
    .option("--no-color", "no colours")
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError("(zmos --help tells more)")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 refused or failed, 2 the input cannot be understood, 3 in use or not answering, 130 Ctrl-C.",
    )
    .exitOverride();

  programme
    .command("serve")
    .description("serve the API, until Ctrl-C")
    .option("--demo", "with a demo provider in it")
    .addOption(new Option("--port <number>", "0 takes any that is free").env("PORT").argParser(port).default(3000))
    .addOption(new Option("--host <address>", "where to listen").env("HOST").default("127.0.0.1"))
    .action(does(async () => (await import("./commands/Serve.ts")).serve, { runsUntilStopped: true }));

  programme
    .command("demo")
    .description("play a gym's day and a month of real movement, as tables")
    .action(does(async () => (await import("./commands/Demo.ts")).demo));

  programme
    .command("migrate")
    .description("bring the database up to date")
    .option("--status", "only tell how far it is")
    .action(does(async () => (await import("./commands/Migrate.ts")).migrate));

  const tenant = programme.command("tenant").description("movement providers");
  tenant
    .command("create <name>")
    .description("set up a movement provider")
    .requiredOption("--timezone <zone>", "its IANA time zone, like Africa/Nairobi")
    .action(does(async () => (await import("./commands/Tenant.ts")).createTenant));
  tenant
    .command("list")
    .description("every movement provider of the database")
    .action(does(async () => (await import("./commands/Tenant.ts")).listTenants));

  programme
    .command("token")
    .description("an access token for the API")
    .addOption(new Option("--role <role>", "what its bearer may do").choices(ROLES).makeOptionMandatory())
    .option("--member <member>", "which member, for the role member")
    .option("--once", "a one-time sign-in token instead, to hand to somebody")
    .action(does(async () => (await import("./commands/Token.ts")).token));

  programme
    .command("import")
    .description("bring data in")
    .command("events <file>")
    .description("movement events from CSV or JSON lines; running it again changes nothing")
    .option("--skip-bad", "import the good lines, and list the others")
    .action(does(async () => (await import("./commands/ImportEvents.ts")).importEvents));

  programme
    .command("streak <member>")
    .description("a member's streak of active days (a ZMOS id, or the id a partner gave)")
    .addOption(asOf())
    .action(does(async () => (await import("./commands/Streak.ts")).streak));

  programme
    .command("adherence <member>")
    .description("how well a member keeps to the weekly target, or to any formula")
    .addOption(asOf())
    .option("--known-at <instant>", "by what was known then, like 2026-03-07T06:00:00Z")
    .option("--formula <id>", "another formula than the tenant's (zmos formula list)")
    .addOption(
      new Option("--param <key=value>", "a parameter of that formula; may be given several times").argParser(several),
    )
    .option("--explain", "with every period, and every movement that counts or does not")
    .action(does(async () => (await import("./commands/Adherence.ts")).adherence));

  programme
    .command("standings")
    .description("everybody by the month's movement, with streaks")
    .addOption(asOf())
    .action(does(async () => (await import("./commands/Standings.ts")).standings));

  programme
    .command("timetable")
    .description("the week's sessions by day: who holds them, where, and how full they are")
    .option("--from <day>", "its first calendar day, like 2026-03-02 (default: this week's first)")
    .option("--to <day>", "its last calendar day, included (default: a week)")
    .option("--location <location>", "only this location, by its name or id")
    .action(does(async () => (await import("./commands/Timetable.ts")).timetable));

  addBookingCommands(programme, does);
  addProgrammeCommands(programme, does);
  addOfflineCommands(programme, does);

  programme
    .command("rebuild")
    .description("compute every calendar anew from the facts, and mend what differs (nothing should)")
    .action(does(async () => (await import("./commands/Rebuild.ts")).rebuild));

  programme
    .command("wake")
    .description("do what is due by now for every tenant, once, where no server does it")
    .action(does(async () => (await import("./commands/Wake.ts")).wake));

  programme
    .command("doctor")
    .description("what is wrong with the set-up, and how to mend it")
    .addOption(new Option("--port <number>", "the port to look at").env("PORT").argParser(port).default(3000))
    .addOption(new Option("--host <address>", "where to listen").env("HOST").default("127.0.0.1"))
    .action(does(async () => (await import("./commands/Doctor.ts")).doctor));

  try {
    await programme.parseAsync(argv, { from: "user" });
    return outcome;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? ExitCode.ok : ExitCode.badInput;
  }
};
