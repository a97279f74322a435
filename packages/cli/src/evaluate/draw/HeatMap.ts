import { CivilDate, CivilWeek } from "@zmos/core/kernel";

/** What a day looks like: how often somebody moved, or that nothing was expected. */
export type Day = number | "excused" | "outside";

const SHADES = ["·", "░", "▒", "▓", "█"];
const WEEKDAYS = ["Mon", "", "Wed", "", "Fri", "", "Sun"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MARGIN = 5;

/**
 * A calendar as weeks side by side, Monday on top: the more movement, the darker.
 *
 * **Units** `most`: weeks; the last ones up to `to` are drawn.
 */
export const heatMap = (
  from: CivilDate.CivilDate,
  to: CivilDate.CivilDate,
  dayAt: (day: CivilDate.CivilDate) => Day,
  most = 53,
  paint: (shade: number, text: string) => string = (_, text) => text,
): string => {
  const last = CivilWeek.startOfWeek(to);
  const first = CivilDate.fromEpochDay(Math.max(CivilWeek.startOfWeek(from), last - (most - 1) * 7));
  const weeks = Array.from({ length: (last - first) / 7 + 1 }, (_, index) => CivilDate.addDays(first, index * 7));
  const rows = WEEKDAYS.map((name, weekday) => {
    const cells = weeks.map((week) => {
      const day = CivilDate.addDays(week, weekday);
      const seen = day < from || day > to ? "outside" : dayAt(day);
      if (seen === "outside") return " ";
      if (seen === "excused") return "-";
      const shade = Math.min(SHADES.length - 1, Math.ceil(seen));
      return paint(shade, SHADES[shade]!);
    });
    return `${name.padEnd(MARGIN)}${cells.join("")}`.trimEnd();
  });
  return [`${" ".repeat(MARGIN)}${months(weeks)}`.trimEnd(), ...rows].join("\n");
};

/** The name of each month above its first whole week, where there is room. */
const months = (weeks: ReadonlyArray<CivilDate.CivilDate>): string => {
  let text = "";
  let before = 0;
  for (const [index, week] of weeks.entries()) {
    const { month, dayOfMonth } = CivilDate.toYmd(week);
    if (month !== before && (dayOfMonth <= 7 || index === 0) && text.length <= index) {
      text = `${text.padEnd(index)}${MONTHS[month - 1]!} `;
    }
    before = month;
  }
  return text;
};
