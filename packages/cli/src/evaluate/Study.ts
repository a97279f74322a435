/**
 * What is evaluated without a database: whose facts, since when, as of when, and who was excused.
 *
 * **Shape** with a file of members, those are the people, with or without events; without one, everybody who has an event.
 * **Invariant** people come in the order of their ids; neither the order of lines nor that of files changes anything.
 */
import { CivilDate } from "@zmos/core/kernel";
import { type ActivityCalendar, Excuse, skippedIn } from "@zmos/core/pulseloop";
import { stat } from "node:fs/promises";
import { BadLines } from "./BadLines.ts";
import { ByteDictionary } from "./ByteDictionary.ts";
import { columnCalendar } from "./ColumnCalendar.ts";
import { readExcuses, readMembers, type Spell } from "./DatedRows.ts";
import { EVENT_COLUMNS, EventReader } from "./EventReader.ts";
import type { FactColumns } from "./FactColumns.ts";
import { HeaderNotUnderstood } from "./HeaderColumns.ts";
import { MemberRows } from "./MemberRows.ts";
import { expectedRows, readCsvFile } from "./ReadCsvFile.ts";

export interface StudyFiles {
  readonly events: string;
  readonly excused?: string;
  readonly members?: string;
}

export interface StudyOptions extends StudyFiles {
  readonly asOf: CivilDate.CivilDate;
  /** No score begins before this day. */
  readonly from?: CivilDate.CivilDate;
  /** Only this person. */
  readonly member?: string;
  /** The zone of instants whose line names none, and of people whose lines name none. */
  readonly zone?: string;
  /** Bad lines are named in JSON. */
  readonly json?: boolean;
  /** Hears of bad lines as they are found. */
  readonly tell: (text: string) => void;
  readonly signal?: AbortSignal;
}

export interface Person {
  readonly memberId: string;
  /** The day the score begins. */
  readonly since: CivilDate.CivilDate;
  /** Whether this person has a beginning of their own, by the members file or `from`. */
  readonly isBegun: boolean;
  /** As of the study's day, or the last day this person counts. */
  readonly asOf: CivilDate.CivilDate;
  readonly excused: Excuse.ExcusedDays;
  /** The days of this person's facts, as they come. */
  readonly days: () => Int32Array;
  readonly calendar: () => ActivityCalendar.ActivityCalendar;
}

export interface Study {
  readonly asOf: CivilDate.CivilDate;
  /** Facts that stand, of anybody. */
  readonly facts: number;
  readonly badLines: number;
  /** Facts of people who are not in the members file. */
  readonly strangers: { readonly people: number; readonly facts: number };
  readonly size: number;
  readonly people: () => Generator<Person>;
}

/** Reads the files. **Errors** rejects as `node:fs` does, and with `HeaderNotUnderstood`. */
export const readStudy = async (options: StudyOptions): Promise<Study> => {
  const { signal, asOf } = options;
  const members = new ByteDictionary();
  const faults = (file: string) => new BadLines(file, options.tell, options.json ?? false);
  const counts: Array<BadLines> = [];
  const withFaults = async <A>(file: string, work: (fault: BadLines["add"]) => Promise<A>): Promise<A> => {
    const lines = faults(file);
    counts.push(lines);
    try {
      return await work(lines.add);
    } catch (cause) {
      throw cause instanceof HeaderNotUnderstood
        ? new HeaderNotUnderstood(`The header of ${file} cannot be understood: ${cause.message}.`)
        : cause;
    } finally {
      lines.flush();
    }
  };
  const listed =
    options.members === undefined
      ? undefined
      : await withFaults(options.members, (fault) => readMembers(options.members!, fault, signal));
  const excuses =
    options.excused === undefined
      ? new Map<string, ReadonlyArray<Excuse.Excuse>>()
      : await withFaults(options.excused, (fault) => readExcuses(options.excused!, fault, signal));
  for (const memberId of listed?.keys() ?? []) members.numberOf(memberId);
  const listedSize = members.size;

  const size = (await stat(options.events)).size;
  const rowsExpected = await expectedRows(options.events, size);
  const reader = await withFaults(options.events, async (fault) => {
    const events = new EventReader({
      members,
      fault,
      expectedRows: rowsExpected,
      ...(options.zone !== undefined && { zone: options.zone }),
    });
    await readCsvFile(options.events, events, signal);
    events.finish();
    if (!events.hasHeader) throw new HeaderNotUnderstood("it is empty. It may have: ".concat(EVENT_COLUMNS.join(",")));
    return events;
  });
  const { facts } = reader;
  const rows = new MemberRows(facts, members.size);

  let strangers = 0;
  let strange = 0;
  if (listed !== undefined) {
    for (let member = listedSize; member < members.size; member++) {
      const count = rows.countOf(member);
      if (count > 0) strangers++;
      strange += count;
    }
  }
  const numbers = Array.from({ length: listed === undefined ? members.size : listedSize }, (_, number) => number)
    .filter((member) => listed !== undefined || rows.countOf(member) > 0)
    .filter((member) => options.member === undefined || members.textOf(member) === options.member)
    .sort((left, right) => (members.textOf(left) < members.textOf(right) ? -1 : 1));

  const standing = facts.standing;
  const begin = options.from ?? earliestDay(facts) ?? asOf;
  let first = begin;
  for (const spells of listed?.values() ?? []) for (const { from = begin } of spells) if (from < first) first = from;
  const skipped = skippedDays(reader, options.zone, first, asOf);
  return {
    asOf,
    facts: standing,
    badLines: counts.reduce((sum, { count }) => sum + count, 0),
    strangers: { people: strangers, facts: strange },
    size: numbers.length,
    *people() {
      for (const member of numbers) {
        const memberId = members.textOf(member);
        const exposure = exposureOf(listed?.get(memberId) ?? [], { from: options.from, begin, asOf });
        const granted = [...(excuses.get(memberId) ?? []), ...exposure.gaps];
        yield {
          memberId,
          since: exposure.since,
          isBegun:
            options.from !== undefined || (listed?.get(memberId)?.some(({ from }) => from !== undefined) ?? false),
          asOf: exposure.asOf,
          excused: either(Excuse.daysOf(granted), skipped(member)),
          days: () => rows.daysOf(member),
          calendar: () => {
            const { facts, from, to } = rows.rowsOf(member);
            return columnCalendar(facts, from, to);
          },
        };
      }
    },
  };
};

/** The first day on which anybody did anything. */
const earliestDay = (facts: FactColumns): CivilDate.CivilDate | undefined => {
  let earliest = Infinity;
  for (let row = 0; row < facts.size; row++) {
    if (facts.days[row]! < earliest && facts.isStanding(row)) earliest = facts.days[row]!;
  }
  return earliest === Infinity ? undefined : CivilDate.fromEpochDay(earliest);
};

/** From the first spell to the last; the days between two spells are excused. */
const exposureOf = (
  spells: ReadonlyArray<Spell>,
  {
    from,
    begin,
    asOf,
  }: { from: CivilDate.CivilDate | undefined; begin: CivilDate.CivilDate; asOf: CivilDate.CivilDate },
): { since: CivilDate.CivilDate; asOf: CivilDate.CivilDate; gaps: ReadonlyArray<Excuse.Excuse> } => {
  if (spells.length === 0) return { since: begin, asOf, gaps: [] };
  const inOrder = spells
    .map((spell) => ({ from: spell.from ?? begin, to: spell.to ?? Infinity }))
    .sort((left, right) => left.from - right.from);
  const gaps: Array<Excuse.Excuse> = [];
  let until = inOrder[0]!.to;
  for (const spell of inOrder.slice(1)) {
    if (spell.from > until + 1) {
      const [first, last] = [CivilDate.fromEpochDay(until + 1), CivilDate.addDays(spell.from, -1)];
      gaps.push({ from: first, to: last, reason: "membership_pause", grantedBy: "the members file" });
    }
    until = Math.max(until, spell.to);
  }
  return {
    since: CivilDate.fromEpochDay(Math.max(inOrder[0]!.from, from ?? -Infinity)),
    asOf: CivilDate.fromEpochDay(Math.min(asOf, until)),
    gaps,
  };
};

const either = (first: Excuse.ExcusedDays, second: Excuse.ExcusedDays): Excuse.ExcusedDays =>
  first === Excuse.none ? second : second === Excuse.none ? first : (day) => first(day) ?? second(day);

/** Days that came in none of the zones in which a member moved. */
const skippedDays = (
  { zones, zonesOfMember }: EventReader,
  fallback: string | undefined,
  first: CivilDate.CivilDate,
  last: CivilDate.CivilDate,
) => {
  const known = new Map<number, ReadonlySet<number>>();
  const skippedBy = (zone: number): ReadonlySet<number> => {
    let days = known.get(zone);
    if (days === undefined) {
      const excused = skippedIn(zones.textOf(zone));
      const found = new Set<number>();
      for (let day = first; day <= last; day = CivilDate.addDays(day, 1))
        if (excused(day) !== undefined) found.add(day);
      days = found;
      known.set(zone, days);
    }
    return days;
  };
  const fallbackZone = fallback === undefined ? [] : [zones.indexOf(fallback)];
  return (member: number): Excuse.ExcusedDays => {
    const own = [...(zonesOfMember.get(member) ?? fallbackZone)];
    if (own.length === 0 || own.some((zone) => skippedBy(zone).size === 0)) return Excuse.none;
    const name = own.map((zone) => zones.textOf(zone)).sort()[0]!;
    return (day) => (own.every((zone) => skippedBy(zone).has(day)) ? skippedIn(name)(day) : undefined);
  };
};
