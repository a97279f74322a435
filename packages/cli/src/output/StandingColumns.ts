import type { Standing } from "@zmos/core";
import type { Column } from "./Table.ts";
import { amount, percent, words } from "./Words.ts";

/** How a list of standings is shown. */
export const standingColumns: ReadonlyArray<Column<Standing>> = [
  { title: "#", align: "right", of: ({ rank }) => String(rank) },
  { title: "Member", of: ({ firstName, lastName }) => `${firstName} ${lastName}` },
  { title: "Month", align: "right", of: ({ month }) => amount(month) },
  { title: "Week", align: "right", of: ({ week, weekTarget }) => `${amount(week)} of ${amount(weekTarget)}` },
  { title: "Streak", align: "right", of: ({ currentStreak }) => String(currentStreak) },
  { title: "Best", align: "right", of: ({ bestStreak }) => String(bestStreak) },
  { title: "Now", of: ({ streakStatus }) => words(streakStatus) },
  { title: "Adherence", align: "right", of: ({ score }) => percent(score) },
  { title: "", of: ({ band }) => (band === undefined ? "" : words(band)) },
];
