/**
 * Instants and civil days as they are mostly written, straight from their bytes.
 *
 * **Shape** `YYYY-MM-DD`, or that with `THH:MM:SS`, up to three decimals of a second, and `Z` or `±HH:MM`. Whatever is written otherwise, or does not exist,
 * is answered with NaN: then the core is asked, which knows every form.
 *
 * **Units** epoch days; epoch milliseconds.
 */
import { CivilDate } from "@zmos/core/kernel";

const DAY_LENGTH = 10;
const ZERO = 48;
const firstYear = CivilDate.minYear;
const monthCount = (CivilDate.maxYear - firstYear + 1) * 12;
const firstDays = new Int32Array(monthCount);
const monthLengths = new Uint8Array(monthCount);
for (let month = 0; month < monthCount; month++) {
  const year = firstYear + Math.floor(month / 12);
  firstDays[month] = CivilDate.fromYmd(year, (month % 12) + 1, 1)!;
  monthLengths[month] = CivilDate.daysInMonth(year, (month % 12) + 1);
}

const FIRST_INSTANT = firstDays[0]! * 86_400_000;
const LAST_INSTANT = (firstDays[monthCount - 1]! + monthLengths[monthCount - 1]!) * 86_400_000 - 1;

/** Two digits, or something far below zero. */
const two = (bytes: Uint8Array, at: number): number => {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -100_000;
};

/** Whether these bytes are as long as a civil day. */
export const isDayLong = (start: number, end: number): boolean => end - start === DAY_LENGTH;

/** The civil day that begins at `start`. */
export const dayAt = (bytes: Uint8Array, start: number): number => {
  const year = two(bytes, start) * 100 + two(bytes, start + 2);
  const month = (year - firstYear) * 12 + two(bytes, start + 5) - 1;
  const monthOfYear = two(bytes, start + 5);
  const day = two(bytes, start + 8);
  return month >= 0 &&
    month < monthCount &&
    monthOfYear >= 1 &&
    monthOfYear <= 12 &&
    day >= 1 &&
    day <= monthLengths[month]! &&
    bytes[start + 4] === 45 &&
    bytes[start + 7] === 45
    ? firstDays[month]! + day - 1
    : NaN;
};

/** The instant that is written from `start` to `end`. */
export const instantAt = (bytes: Uint8Array, start: number, end: number): number => {
  if (end - start < 20) return NaN;
  const day = dayAt(bytes, start);
  const hour = two(bytes, start + 11);
  const minute = two(bytes, start + 14);
  const second = two(bytes, start + 17);
  if (
    hour < 0 ||
    hour > 23 ||
    minute < 0 ||
    minute > 59 ||
    second < 0 ||
    second > 59 ||
    bytes[start + 10] !== 84 ||
    bytes[start + 13] !== 58 ||
    bytes[start + 16] !== 58
  )
    return NaN;
  let position = start + 19;
  let millis = 0;
  if (bytes[position] === 46) {
    position++;
    let unit = 100;
    while (position < end && unit >= 1) {
      const digit = bytes[position]! - ZERO;
      if (digit < 0 || digit > 9) break;
      millis += digit * unit;
      unit = unit === 100 ? 10 : unit === 10 ? 1 : 0;
      position++;
    }
    if (unit === 100) return NaN;
  }
  const sign = bytes[position];
  let offset: number;
  if (sign === 90 && position + 1 === end) offset = 0;
  else if ((sign === 43 || sign === 45) && position + 6 === end && bytes[position + 3] === 58) {
    const hours = two(bytes, position + 1);
    const minutes = two(bytes, position + 4);
    // Beyond a day, and beyond the hour, the core decides what is an offset.
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return NaN;
    offset = (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
  } else return NaN;
  const instant = day * 86_400_000 + hour * 3_600_000 + (minute - offset) * 60_000 + second * 1_000 + millis;
  // An offset can carry the first and the last day beyond the years we know.
  return instant >= FIRST_INSTANT && instant <= LAST_INSTANT ? instant : NaN;
};
