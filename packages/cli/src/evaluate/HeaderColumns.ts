import type { CsvRecord } from "./CsvParser.ts";

/** A header that does not say what is in the file. */
export class HeaderNotUnderstood extends Error {}

/** Where each column of a header stands, -1 where it is not there. Throws `HeaderNotUnderstood`, naming everything that is wrong. */
export const columnsIn = <Name extends string>(
  record: CsvRecord,
  known: ReadonlyArray<Name>,
  required: ReadonlyArray<Name>,
): Readonly<Record<Name, number>> => {
  const names = Array.from({ length: record.count }, (_, index) => textAt(record, index)?.toLowerCase() ?? "");
  const unknown = names.filter((name) => !known.some((one) => one === name));
  const missing = required.filter((name) => !names.includes(name));
  const twice = known.filter((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const faults = [
    ...(missing.length > 0 ? [`it has no column ${missing.join(" and no column ")}`] : []),
    ...(unknown.length > 0
      ? [
          `${unknown
            .slice(0, 5)
            .map((name) => `"${name.slice(0, 40)}"`)
            .join(", ")} is no column of ours`,
        ]
      : []),
    ...(twice.length > 0 ? [`${twice.join(", ")} is there twice`] : []),
  ];
  if (faults.length > 0) throw new HeaderNotUnderstood(`${faults.join("; ")}. It may have: ${known.join(",")}`);
  return Object.fromEntries(known.map((name) => [name, names.indexOf(name)])) as Record<Name, number>;
};

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A field as text; `undefined` where its bytes are no UTF-8. */
export const textAt = ({ bytes, starts, ends }: CsvRecord, index: number): string | undefined => {
  try {
    return decoder.decode(bytes.subarray(starts[index], ends[index]));
  } catch {
    return undefined;
  }
};
