/** What an evaluation answers: for programs as JSON, for people as a table of everybody or as pages about somebody. */
import { CivilDate } from "@zmos/core/kernel";
import type { Column } from "../output/Table.ts";

export interface Answers<Answer> {
  readonly heading: string;
  readonly asOf: CivilDate.CivilDate;
  /** Everybody's answer, each computed when it is asked for. */
  readonly all: () => Iterable<Answer>;
  /** What is said about everybody together, besides. */
  readonly together?: Readonly<Record<string, unknown>>;
  readonly json: (answer: Answer) => unknown;
  readonly columns: ReadonlyArray<Column<Answer>>;
  /** A page about one person. */
  readonly page: (answer: Answer) => string;
}

/** What is to be shown of each person. */
export interface Wanted {
  readonly series: boolean;
  readonly explain: boolean;
}

/** A civil day in JSON; none is none. */
export const iso = (day: CivilDate.CivilDate | undefined): string | undefined =>
  day === undefined ? undefined : CivilDate.toIso(day);

/** A span of civil days in JSON. */
export const isoSpan = ({ from, to }: { readonly from: CivilDate.CivilDate; readonly to: CivilDate.CivilDate }) => ({
  from: CivilDate.toIso(from),
  to: CivilDate.toIso(to),
});

/** A span of civil days for people. */
export const spanText = ({
  from,
  to,
}: {
  readonly from: CivilDate.CivilDate;
  readonly to: CivilDate.CivilDate;
}): string => (from === to ? CivilDate.toIso(from) : `${CivilDate.toIso(from)} to ${CivilDate.toIso(to)}`);

/** At most four decimals, for reading only. */
export const numberText = (value: number): string => String(Math.round(value * 10_000) / 10_000);
