/** Small files about people: who is looked at since when, and who is excused. One row a person and span of civil days. */
import { CivilDate } from "@zmos/core/kernel";
import { Excuse } from "@zmos/core/pulseloop";
import type { CsvRecord, CsvSink } from "./CsvParser.ts";
import { columnsIn, textAt } from "./HeaderColumns.ts";
import { readCsvFile } from "./ReadCsvFile.ts";

/** A span of civil days, both included; open where it has no end. */
export interface Spell {
  readonly from?: CivilDate.CivilDate;
  readonly to?: CivilDate.CivilDate;
}

type Fault = (line: number, reason: string) => void;

/** The people a file lists, each with the spells for which they count. **Shape** by member id. */
export const readMembers = async (
  path: string,
  fault: Fault,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlyArray<Spell>>> => {
  const people = new Map<string, Array<Spell>>();
  await read(path, ["member_id", "from", "to"], ["member_id"], fault, signal, (memberId, spell) => {
    push(people, memberId, spell);
    return undefined;
  });
  return people;
};

/** The excuses a file grants. **Shape** by member id, in order of their days. */
export const readExcuses = async (
  path: string,
  fault: Fault,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlyArray<Excuse.Excuse>>> => {
  const excuses = new Map<string, Array<Excuse.Excuse>>();
  const columns = ["member_id", "from", "to", "reason"] as const;
  await read(path, columns, ["member_id", "from"], fault, signal, (memberId, { from, to }, reason) => {
    if (from === undefined) return "from is missing";
    push(excuses, memberId, { from, ...(to !== undefined && { to }), reason: reasonOf(reason), grantedBy: path });
    return undefined;
  });
  // Where two excuses cover a day, the file's order must not decide which one is named.
  for (const all of excuses.values()) {
    all.sort(
      (left, right) =>
        left.from - right.from || (left.to ?? Infinity) - (right.to ?? Infinity) || compare(left.reason, right.reason),
    );
  }
  return excuses;
};

/** An excuse excuses whatever its reason is called; a reason of our own is kept. */
const reasonOf = (text: string): Excuse.Reason =>
  Excuse.reasons.find((reason) => reason === text.toLowerCase().replaceAll(/[\s-]+/g, "_")) ?? "other";

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const push = <A>(lists: Map<string, Array<A>>, key: string, one: A): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
};

const read = async <Name extends "member_id" | "from" | "to" | "reason">(
  path: string,
  known: ReadonlyArray<Name>,
  required: ReadonlyArray<Name>,
  fault: Fault,
  signal: AbortSignal | undefined,
  take: (memberId: string, spell: Spell, reason: string) => string | undefined,
): Promise<void> => {
  let columns: Readonly<Record<string, number>> | undefined;
  let count = 0;
  const line = (record: CsvRecord): string | undefined => {
    if (columns === undefined) {
      columns = columnsIn(record, known, required);
      count = record.count;
      return undefined;
    }
    if (record.count !== count) return `it has ${record.count} fields, and the header has ${count}`;
    const field = (name: string): string | undefined => {
      const at = columns?.[name] ?? -1;
      return at < 0 ? "" : textAt(record, at);
    };
    const memberId = field("member_id");
    if (memberId === undefined) return "member_id is not UTF-8";
    if (memberId === "") return "member_id is missing";
    const spell: { from?: CivilDate.CivilDate; to?: CivilDate.CivilDate } = {};
    for (const name of ["from", "to"] as const) {
      const text = field(name);
      if (text === "") continue;
      const day = CivilDate.fromIso(text ?? "");
      if (day === undefined) return `${name} "${text ?? ""}" is no civil day like 2026-03-07`;
      spell[name] = day;
    }
    if (spell.from !== undefined && spell.to !== undefined && spell.to < spell.from) return "to is before from";
    return take(memberId, spell, field("reason") ?? "");
  };
  const sink: CsvSink = {
    record: (record) => {
      const reason = line(record);
      if (reason !== undefined) fault(record.line, reason);
    },
    fault,
  };
  await readCsvFile(path, sink, signal);
};
