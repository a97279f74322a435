/**
 * The occurrences of a series by RFC 5545: rrule-temporal finds the days of the rule, Temporal finds when each begins.
 *
 * The rule is read by the core before the library sees it, because the library passes over what it does not know. It is followed on the calendar
 * alone, without a zone: with one, rrule-temporal 2.2.7 misses changes of the clock a month apart (Cairo, August 2010) and moves classes by an
 * hour. COUNT and UNTIL are therefore counted here, on the times that exist.
 *
 * **Contract** see `Recurrence` in `@zmos/core/moveos`.
 */
import { CivilDate, Instant, LocalDateTime } from "@zmos/core/kernel";
import { type Recurrence, RecurrenceInvalid, RecurrenceRule, type SeriesOccurrence } from "@zmos/core/moveos";
import * as Effect from "effect/Effect";
import { RRuleTemporal } from "rrule-temporal";
import { Temporal } from "temporal-polyfill";

/** How many steps a rule may take that gives nothing, before it is said to give nothing. */
const MAXIMUM_STEPS = 20_000;
const CALENDAR = "UTC";

export const expand: (typeof Recurrence)["Service"]["expand"] = (
  { rrule, startsOn, startsAt, timezone },
  { from, to },
) =>
  Effect.gen(function* () {
    const rule = yield* Effect.fromResult(RecurrenceRule.read(rrule));
    const count = RecurrenceRule.countOf(rule);
    const until = RecurrenceRule.untilOf(rule);
    const first = CivilDate.toIso(from);
    // What is counted is counted from the first day.
    const days = yield* daysOf(rule, { startsOn, from: count === undefined ? from : startsOn, to });
    const occurrences: Array<SeriesOccurrence> = [];
    let counted = 0;
    for (const day of days) {
      const start = `${day.toString()}T${startsAt}`;
      const local = Temporal.PlainDateTime.from(start);
      const zoned = local.toZonedDateTime(timezone);
      if (!zoned.toPlainDateTime().equals(local)) continue;
      if (until !== undefined && zoned.epochMilliseconds > until) break;
      if (count !== undefined && counted++ >= count) break;
      if (start.slice(0, 10) >= first) {
        occurrences.push({ start: LocalDateTime.make(start), startTime: Instant.make(zoned.epochMilliseconds) });
      }
    }
    return occurrences;
  });

/** The days that a rule gives, however many or until when it says. **Units** `from` included, `to` excluded. */
const daysOf = (
  rule: RecurrenceRule.RecurrenceRule,
  { startsOn, from, to }: Readonly<Record<"startsOn" | "from" | "to", CivilDate.CivilDate>>,
) => {
  const unbounded = new Map(rule);
  unbounded.delete("COUNT");
  unbounded.delete("UNTIL");
  const onCalendar = (day: CivilDate.CivilDate) =>
    Temporal.PlainDate.from(CivilDate.toIso(day)).toZonedDateTime(CALENDAR);
  return from >= to
    ? Effect.succeed([])
    : Effect.try({
        try: () =>
          new RRuleTemporal({
            rruleString: RecurrenceRule.write(unbounded),
            dtstart: onCalendar(startsOn),
            tzid: CALENDAR,
            temporal: Temporal,
            strict: true,
            maxIterations: MAXIMUM_STEPS,
          })
            .between(onCalendar(from), onCalendar(CivilDate.addDays(to, -1)), true)
            .map((zoned) => zoned.toPlainDate()),
        catch: (error) =>
          new RecurrenceInvalid({
            part: "rrule",
            problem: error instanceof Error ? error.message : "cannot be followed",
          }),
      });
};
