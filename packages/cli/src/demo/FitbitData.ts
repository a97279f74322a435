/** 33 people's month as data: examples/data/fitbit-2016, whose README says where it comes from. */
import { CivilDate } from "@zmos/core";
import { parse } from "csv-parse/sync";
import * as Effect from "effect/Effect";
import { readFile } from "node:fs/promises";
import { BadInput } from "../Refusals.ts";

const FILE = new URL("../../../../examples/data/fitbit-2016/daily-activity.csv", import.meta.url);

/** One person's movement of one intensity on one day. **Units** minutes. */
export interface DailyMovement {
  readonly participant: string;
  readonly date: string;
  readonly day: CivilDate.CivilDate;
  readonly intensity: "light" | "moderate" | "vigorous";
  readonly minutes: number;
}

const INTENSITIES = [
  ["very_active_minutes", "vigorous"],
  ["fairly_active_minutes", "moderate"],
  ["lightly_active_minutes", "light"],
] as const;

/** Every movement of the file, in its order; an intensity without minutes is none. */
export const fitbitMovements: Effect.Effect<ReadonlyArray<DailyMovement>, BadInput> = Effect.gen(function* () {
  const text = yield* Effect.tryPromise({
    try: () => readFile(FILE, "utf8"),
    catch: () =>
      new BadInput({
        detail:
          "The demo's data (examples/data/fitbit-2016) are not beside this installation. Run the demo from a clone of the repository.",
      }),
  });
  const rows: ReadonlyArray<Readonly<Record<string, string>>> = parse(text, { columns: true, bom: true });
  return rows.flatMap((row) =>
    INTENSITIES.flatMap(([column, intensity]): ReadonlyArray<DailyMovement> => {
      const { participant = "", date = "" } = row;
      const minutes = Number(row[column]);
      return minutes > 0 ? [{ participant, date, day: CivilDate.of(date), intensity, minutes }] : [];
    }),
  );
});
