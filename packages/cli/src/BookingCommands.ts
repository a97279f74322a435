/** The commands of a front desk: the roster, seats, the line, the door, sessions, plans and the policy. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Does } from "./Action.ts";

const wholeNumber = (text: string): number => {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is a whole number.");
  return Number(text);
};

const acknowledge = () =>
  new Option("--acknowledge", "the member comes knowing what the session is advised against for");
const override = (what: string) => new Option("--override <reason>", what);
const reason = () => new Option("--reason <text>", "why, for the audit").makeOptionMandatory();
const at = () => new Option("--at <instant>", "when a device saw the member, like 2026-03-07T06:00:00Z");
const nonce = () => new Option("--nonce <text>", "what the device calls this arrival; its repeats are one");

export const addBookingCommands = (programme: Command, does: Does): void => {
  programme
    .command("roster <session>")
    .description("who comes to a session, who came, and who waits, why")
    .action(does(async () => (await import("./commands/Roster.ts")).roster));
  programme
    .command("book <session> <member>")
    .description("give a member a seat")
    .addOption(acknowledge())
    .addOption(override("why time, cover and capacity are set aside"))
    .action(does(async () => (await import("./commands/Seats.ts")).book));
  programme
    .command("cancel <booking>")
    .description("give a seat back")
    .addOption(override("why the time is set aside, and what it would cost"))
    .action(does(async () => (await import("./commands/Seats.ts")).cancel));

  const waitlist = programme.command("waitlist").description("the line for a session's seats");
  waitlist
    .command("join <session> <member>")
    .description("put a member in line for a full session")
    .addOption(acknowledge())
    .addOption(new Option("--priority <number>", "before whom in line: lower goes first").argParser(wholeNumber))
    .action(does(async () => (await import("./commands/Waitlist.ts")).join));
  waitlist
    .command("leave <place>")
    .description("take a member out of line")
    .action(does(async () => (await import("./commands/Waitlist.ts")).leave));
  waitlist
    .command("accept <place>")
    .description("take the seat that is offered")
    .action(does(async () => (await import("./commands/Waitlist.ts")).accept));
  waitlist
    .command("decline <place>")
    .description("let the offered seat go to the next")
    .action(does(async () => (await import("./commands/Waitlist.ts")).decline));
  waitlist
    .command("promote <place>")
    .description("give somebody in line a seat out of turn")
    .addOption(reason())
    .action(does(async () => (await import("./commands/Waitlist.ts")).promote));

  programme
    .command("check-in <booking>")
    .description("the member is here; the movement is recorded")
    .addOption(at())
    .addOption(nonce())
    .addOption(acknowledge())
    .addOption(override("why the times of the door and what speaks against it are set aside"))
    .action(does(async () => (await import("./commands/Door.ts")).checkIn));
  programme
    .command("walk-in <session> <member>")
    .description("let a member in without a booking")
    .addOption(at())
    .addOption(nonce())
    .addOption(acknowledge())
    .addOption(override("why cover, capacity and the line are set aside"))
    .action(does(async () => (await import("./commands/Door.ts")).walkIn));
  programme
    .command("no-show <booking>")
    .description("the member did not come")
    .action(does(async () => (await import("./commands/Door.ts")).noShow));
  const undo = programme.command("undo").description("take back what was marked by mistake");
  undo
    .command("check-in <booking>")
    .description("the member was not here: its movement is taken back")
    .addOption(reason())
    .action(does(async () => (await import("./commands/Door.ts")).undoCheckIn));
  undo
    .command("no-show <booking>")
    .description("the member was here: the seat is theirs again, and what it cost is given back")
    .addOption(reason())
    .addOption(override("why, though the session is full by now"))
    .action(does(async () => (await import("./commands/Door.ts")).undoNoShow));

  programme
    .command("fee")
    .description("what a late cancellation or a no-show cost")
    .command("paid <booking>")
    .description("a fee that is on the member's account, or was declined, is paid at the desk")
    .action(does(async () => (await import("./commands/Door.ts")).feePaid));
  programme
    .command("declare <member> [constraint...]")
    .description("what sessions may not be good for the member for: all of it, in the words of the session types")
    .option("--nothing", "nothing holds any more")
    .action(does(async () => (await import("./commands/Declare.ts")).declare));

  const session = programme.command("session").description("a session that is on the timetable");
  session
    .command("capacity <session>")
    .description("change how many may come")
    .argument("<seats>", "how many", wholeNumber)
    .addOption(reason())
    .action(does(async () => (await import("./commands/Session.ts")).capacity));
  session
    .command("cancel <session>")
    .description("call it off: every booking is cancelled and costs nothing")
    .addOption(reason())
    .action(does(async () => (await import("./commands/Session.ts")).cancelSession));
  session
    .command("complete <session>")
    .description("it is over")
    .action(does(async () => (await import("./commands/Session.ts")).completeSession));

  const plan = programme.command("plan").description("what is sold: memberships and packs of visits");
  plan
    .command("list")
    .description("every plan as it is sold now")
    .action(does(async () => (await import("./commands/Plan.ts")).listPlans));
  plan
    .command("change <plan> <file>")
    .description("change a plan for those who buy it from now on, from a JSON file with what changes")
    .action(does(async () => (await import("./commands/Plan.ts")).changePlan));
  plan
    .command("withdraw <plan>")
    .description("sell it no more; who has it keeps it")
    .action(does(async () => (await import("./commands/Plan.ts")).withdrawPlan));

  const policy = programme.command("policy").description("the rules under which sessions are booked");
  policy
    .command("show")
    .description("the policy in plain language, and what kinds of session do otherwise")
    .action(does(async () => (await import("./commands/Policy.ts")).showPolicy));
  policy
    .command("set <file>")
    .description("set the policy from a JSON file, from now on")
    .option("--session-type <id>", "what this kind of session does otherwise instead")
    .action(does(async () => (await import("./commands/Policy.ts")).setPolicy));
  policy
    .command("check <file>")
    .description("whether a JSON file holds a policy, and what it says; without a database")
    .option("--override", "the file says only what a kind of session does otherwise")
    .action(does(async () => (await import("./commands/Policy.ts")).checkPolicy));
};
