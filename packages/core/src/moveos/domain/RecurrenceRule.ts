/**
 * The text by which a series recurs, read and changed as text: which days it gives is found by a {@link Recurrence} engine.
 *
 * **Shape** RFC 5545, 3.3.10, one session a day: FREQ from DAILY to YEARLY, no BYHOUR, BYMINUTE or BYSECOND (the time of day is the series').
 *
 * **Source** RFC 5545, 3.3.10.
 */
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import * as CivilDate from "../../kernel/CivilDate.ts";
import { fromIso, Instant, toIso } from "../../kernel/Instant.ts";

/** A recurrence that cannot be followed. **Shape** `part`: the part of the rule, or the field of the series, that must change. */
export class RecurrenceInvalid extends Schema.TaggedError<RecurrenceInvalid>()("RecurrenceInvalid", {
  part: Schema.String,
  problem: Schema.String,
}) {
  override get message() {
    return `The series cannot recur like that: ${this.part} ${this.problem}.`;
  }
}

/** A rule that was read: its parts by name, as they are written. */
export type RecurrenceRule = ReadonlyMap<string, string>;

type Check = (value: string) => string | undefined;

const COUNT_MAXIMUM = 1_000;
const WEEKDAYS = "MO|TU|WE|TH|FR|SA|SU";
const UNTIL = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/;

const oneOf =
  (...values: ReadonlyArray<string>): Check =>
  (value) =>
    values.includes(value) ? undefined : `is one of ${values.join(", ")}`;

const between =
  (minimum: number, maximum: number): Check =>
  (value) =>
    /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum
      ? undefined
      : `is a whole number from ${minimum} to ${maximum}`;

/** A list of numbers, each from 1 to the maximum, or counted from the end where they may be negative. */
const numbers =
  (maximum: number, sign: "signed" | "unsigned" = "signed"): Check =>
  (value) =>
    value.split(",").every((text) => {
      const number = Number(text.replace(/^[+-]/, ""));
      return (sign === "signed" ? /^[+-]?\d+$/ : /^\d+$/).test(text) && number >= 1 && number <= maximum;
    })
      ? undefined
      : `lists whole numbers from 1 to ${maximum}${sign === "signed" ? ", or from -1 down to count from the end" : ""}`;

const weekdays: Check = (value) =>
  value.split(",").every((day) => new RegExp(`^([+-]?([1-9]|[1-4]\\d|5[0-3]))?(${WEEKDAYS})$`).test(day))
    ? undefined
    : "lists weekdays: MO, TU, WE, TH, FR, SA, SU, or like 1MO and -1FR for the first and last of a month";

const CHECKS: Readonly<Record<string, Check>> = {
  FREQ: oneOf("DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
  INTERVAL: between(1, 1_000),
  COUNT: between(1, COUNT_MAXIMUM),
  UNTIL: (value) => (readUntil(value) === undefined ? "is an instant in UTC, like 20261231T225959Z" : undefined),
  BYDAY: weekdays,
  BYMONTHDAY: numbers(31),
  BYYEARDAY: numbers(366),
  BYWEEKNO: numbers(53),
  BYMONTH: numbers(12, "unsigned"),
  BYSETPOS: numbers(366),
  WKST: oneOf(...WEEKDAYS.split("|")),
};

const BY_PARTS = ["BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"];

/** Reads a rule. **Errors** `RecurrenceInvalid`, for the first part that cannot be followed. */
export const read = (text: string): Result.Result<RecurrenceRule, RecurrenceInvalid> => {
  const rule = new Map<string, string>();
  const invalid = (part: string, problem: string) => Result.fail(new RecurrenceInvalid({ part, problem }));
  for (const each of text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, "")
    .split(";")) {
    const [, name, value] = /^([A-Z-]+)=(.+)$/.exec(each) ?? [];
    if (name === undefined || value === undefined) {
      return invalid("rrule", `has "${each.slice(0, 40)}", which is no part like FREQ=WEEKLY`);
    }
    const check = Object.hasOwn(CHECKS, name) ? CHECKS[name] : undefined;
    if (check === undefined) return invalid(name, `is not taken; the parts are ${Object.keys(CHECKS).join(", ")}`);
    if (rule.has(name)) return invalid(name, "is told twice");
    const problem = check(value);
    if (problem !== undefined) return invalid(name, problem);
    rule.set(name, value);
  }
  const problem = disagreement(rule);
  return problem === undefined ? Result.succeed(rule) : invalid(...problem);
};

/** What parts that are each in order do not allow together. */
const disagreement = (rule: RecurrenceRule): readonly [part: string, problem: string] | undefined => {
  const frequency = rule.get("FREQ");
  if (frequency === undefined) return ["FREQ", "is missing"];
  if (rule.has("COUNT") && rule.has("UNTIL")) return ["COUNT", "does not go with UNTIL; tell one of them"];
  if (/\d/.test(rule.get("BYDAY") ?? "")) {
    if (frequency === "DAILY" || frequency === "WEEKLY") return ["BYDAY", "counts weekdays only in a month or a year"];
    if (rule.has("BYWEEKNO")) return ["BYDAY", "counts no weekdays beside BYWEEKNO"];
  }
  if (rule.has("BYMONTHDAY") && frequency === "WEEKLY") return ["BYMONTHDAY", "does not go with FREQ=WEEKLY"];
  if (rule.has("BYYEARDAY") && frequency !== "YEARLY") return ["BYYEARDAY", "goes with FREQ=YEARLY only"];
  if (rule.has("BYWEEKNO") && frequency !== "YEARLY") return ["BYWEEKNO", "goes with FREQ=YEARLY only"];
  if (rule.has("BYSETPOS") && !BY_PARTS.some((part) => rule.has(part))) {
    return ["BYSETPOS", `needs another part to choose from: ${BY_PARTS.join(", ")}`];
  }
  return undefined;
};

/** The rule as text, without the name of the property. */
export const write = (rule: RecurrenceRule): string => [...rule].map(([name, value]) => `${name}=${value}`).join(";");

/** How often it recurs at the most, where the rule says so. */
export const countOf = (rule: RecurrenceRule): number | undefined =>
  rule.has("COUNT") ? Number(rule.get("COUNT")) : undefined;

/** The last instant at which an occurrence may begin, where the rule says so. */
export const untilOf = (rule: RecurrenceRule): Instant | undefined => readUntil(rule.get("UNTIL") ?? "");

/** The rule that ends before an instant. **Units** UNTIL is to the second, and included. */
export const endingBefore = (rule: RecurrenceRule, instant: Instant): RecurrenceRule => {
  const ended = new Map(rule);
  ended.delete("COUNT");
  const last = Instant.make((Math.ceil(instant / 1_000) - 1) * 1_000);
  const earlier = untilOf(rule);
  const until = earlier !== undefined && earlier < last ? earlier : last;
  ended.set("UNTIL", toIso(until).replaceAll(/[-:]|\.\d+/g, ""));
  return ended;
};

/** The rule that gives so many occurrences fewer, where it counts them. */
export const after = (rule: RecurrenceRule, occurrences: number): RecurrenceRule => {
  const count = countOf(rule);
  return count === undefined ? rule : new Map(rule).set("COUNT", String(Math.max(1, count - occurrences)));
};

const readUntil = (value: string): Instant | undefined => {
  const [, year, month, day, hour, minute, second] = UNTIL.exec(value) ?? [];
  if (year === undefined || CivilDate.fromIso(`${year}-${month}-${day}`) === undefined) return undefined;
  return fromIso(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
};
