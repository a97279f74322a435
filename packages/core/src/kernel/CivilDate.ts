/**
 * A calendar day without time or zone, held as a whole number of days since 1970-01-01.
 *
 * **Units** `CivilDate` counts days (the *epoch day*); months are 1–12; weekdays are ISO, 1 = Monday … 7 = Sunday.
 *
 * **Invariant** `fromIso(toIso(day)) === day` for every day from 1900-01-01 to 2200-12-31.
 *
 * **Source** proleptic Gregorian calendar; day arithmetic after Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
import type { Brand } from "effect/Brand";

export type CivilDate = number & Brand<"CivilDate">;

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export const minYear = 1900;
export const maxYear = 2200;

/** The civil date with this epoch day; the caller vouches that it is a whole number. */
export const fromEpochDay = (epochDay: number): CivilDate => epochDay as CivilDate;

/** The civil date of a year, month and day, or `undefined` when the calendar has no such day from 1900 to 2200. */
export const fromYmd = (year: number, month: number, dayOfMonth: number): CivilDate | undefined =>
  Number.isInteger(year) &&
  Number.isInteger(month) &&
  Number.isInteger(dayOfMonth) &&
  year >= minYear &&
  year <= maxYear &&
  month >= 1 &&
  month <= 12 &&
  dayOfMonth >= 1 &&
  dayOfMonth <= daysInMonth(year, month)
    ? fromEpochDay(epochDayOfYmd(year, month, dayOfMonth))
    : undefined;

const isoPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Reads exactly `YYYY-MM-DD`; `undefined` for any other text and for days that do not exist. */
export const fromIso = (text: string): CivilDate | undefined => {
  const parts = isoPattern.exec(text);
  return parts === null ? undefined : fromYmd(Number(parts[1]), Number(parts[2]), Number(parts[3]));
};

/** The civil date of a literal in code or in a test; throws a `RangeError` when it is not one. */
export const of = (text: string): CivilDate => {
  const day = fromIso(text);
  if (day === undefined) throw new RangeError(`"${text}" is not a calendar day written YYYY-MM-DD`);
  return day;
};

/** Days written before: there are few of them, and every fact is written several times. */
const written = new Map<CivilDate, string>();

/** Writes `YYYY-MM-DD`. */
export const toIso = (day: CivilDate): string => {
  let text = written.get(day);
  if (text === undefined) written.set(day, (text = write(day)));
  return text;
};

const write = (day: CivilDate): string => {
  const { year, month, dayOfMonth } = toYmd(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
};

/** Year, month (1–12) and day of the month. */
export const toYmd = (
  day: CivilDate,
): { readonly year: number; readonly month: number; readonly dayOfMonth: number } => {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
};

/** ISO weekday, 1 = Monday … 7 = Sunday. */
export const weekday = (day: CivilDate): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;

export const addDays = (day: CivilDate, days: number): CivilDate => fromEpochDay(day + days);

/** Days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => to - from;

/**
 * The day `months` later on `anchorDay`, or on the month's last day when the month is too short.
 *
 * Pass the day of the month on which a series began as `anchorDay`, so that a membership begun on the 31st renews on
 * 28 February and on the 31st of March again.
 */
export const addMonths = (day: CivilDate, months: number, anchorDay = toYmd(day).dayOfMonth): CivilDate => {
  const { year, month } = toYmd(day);
  const monthIndex = year * 12 + (month - 1) + months;
  const targetYear = Math.floor(monthIndex / 12);
  const targetMonth = monthIndex - targetYear * 12 + 1;
  return fromEpochDay(
    epochDayOfYmd(targetYear, targetMonth, Math.min(anchorDay, daysInMonth(targetYear, targetMonth))),
  );
};

export const startOfMonth = (day: CivilDate): CivilDate => fromEpochDay(day - toYmd(day).dayOfMonth + 1);

/** The last day of the month. */
export const endOfMonth = (day: CivilDate): CivilDate => {
  const { year, month, dayOfMonth } = toYmd(day);
  return fromEpochDay(day - dayOfMonth + daysInMonth(year, month));
};

export const isLeapYear = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

const epochDayOfYmd = (year: number, month: number, dayOfMonth: number): number => {
  const yearFromMarch = month <= 2 ? year - 1 : year;
  const era = Math.floor(yearFromMarch / 400);
  const yearOfEra = yearFromMarch - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
};
