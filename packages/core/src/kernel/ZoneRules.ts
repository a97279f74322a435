/**
 * Which civil day an instant falls on in an IANA zone, and when a civil day begins there.
 *
 * The only file of the core that asks `Intl`: once per zone and stretch of about a year it reads the offsets, and answers
 * every further question from that table with whole-number arithmetic. It reads no clock and no zone of the machine.
 *
 * **Shape** per zone a fixed array of stretches (1899–2201), each filled when first asked for; instants beyond them are
 * asked of `Intl` one by one and kept nowhere, so memory is bounded by the number of zones.
 *
 * **Units** instants are epoch milliseconds UTC; offsets are seconds east of UTC; day starts are whole hours, 0–6.
 *
 * **Invariant** agrees with `Intl` on every IANA zone (swept 2000–2038 by `ZoneRules.torture.test.ts`).
 */
import * as CivilDate from "./CivilDate.ts";

const daySeconds = 86_400;
const hourSeconds = 3_600;
// Offsets lie within ±26 h of each other, so whatever touches a civil day lies within this much of its UTC day.
const reachSeconds = 2 * daySeconds;
// The closest two transitions of a zone since 1945 are seven days apart (Boa Vista 2000, Gaza 2040): a probe sees each.
const probeSeconds = 3 * daySeconds;
const stretchSeconds = 370 * daySeconds;
const firstSecond = -2_240_524_800; // 1899-01-01
const stretchCount = Math.ceil((7_289_654_400 - firstSecond) / stretchSeconds); // to 2201-01-01
const lastSecond = firstSecond + stretchCount * stretchSeconds;

/** A stretch of time in which the offset only changes at `from[i]`; the last piece ends at `until`. */
interface Stretch {
  readonly from: ReadonlyArray<number>;
  readonly offset: ReadonlyArray<number>;
  readonly until: number;
}

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly stretches: Array<Stretch | undefined>;
  /** The piece used last: neighbouring questions are the rule. */
  pieceFrom: number;
  pieceUntil: number;
  pieceOffset: number;
}

/** Whether the runtime knows an IANA zone by this name (`Europe/Vienna`, `Etc/GMT+5`; not `+02:00`). */
export const isZone = (name: string): boolean => {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
};

/**
 * The civil date of an instant: the wall clock's date, or the previous existing date while the wall clock is before
 * `dayStartHours`.
 *
 * **Errors** throws a `RangeError` for an unknown zone or an instant that is no finite number: callers have checked both.
 */
export const civilDateOf = (zone: string, epochMillis: number, dayStartHours = 0): CivilDate.CivilDate => {
  const rules = zoneOf(zone);
  const second = Math.floor(epochMillis / 1_000);
  const wallSecond = second + offsetAt(rules, second);
  const wallDay = Math.floor(wallSecond / daySeconds);
  return CivilDate.fromEpochDay(
    wallSecond - wallDay * daySeconds < dayStartHours * hourSeconds ? previousExisting(rules, wallDay) : wallDay,
  );
};

/**
 * The civil dates of many instants in one zone: `civilDateOf` of each, at several times its speed.
 *
 * **Errors** as `civilDateOf`.
 */
export const civilDatesOf = (zone: string, epochMillis: ArrayLike<number>, dayStartHours = 0): Int32Array => {
  const rules = zoneOf(zone);
  const days = new Int32Array(epochMillis.length);
  let fromMillis = NaN;
  let untilMillis = NaN;
  let offsetMillis = 0;
  for (let index = 0; index < days.length; index++) {
    const instant = epochMillis[index]!;
    if (dayStartHours !== 0 || !(instant >= fromMillis && instant < untilMillis)) {
      days[index] = civilDateOf(zone, instant, dayStartHours);
      fromMillis = rules.pieceFrom * 1_000;
      untilMillis = rules.pieceUntil * 1_000;
      offsetMillis = rules.pieceOffset * 1_000;
    } else {
      days[index] = Math.floor((instant + offsetMillis) / 86_400_000);
    }
  }
  return days;
};

/**
 * The first instant of a civil day, or `undefined` where that day never came (Apia, 2011-12-30).
 *
 * A day that begins twice (St John's, 2010-11-07) begins at its first start.
 */
export const startOfDay = (zone: string, day: CivilDate.CivilDate, dayStartHours = 0): number | undefined => {
  const rules = zoneOf(zone);
  const wallFrom = day * daySeconds;
  const start = firstSecondWithin(rules, wallFrom + dayStartHours * hourSeconds, wallFrom + daySeconds);
  return start === undefined ? undefined : start * 1_000;
};

/** Whether the civil day came at all in this zone. */
export const exists = (zone: string, day: CivilDate.CivilDate): boolean => dayExists(zoneOf(zone), day);

/**
 * The instant at which a wall clock shows a time of a civil day. A time the clock jumps over is as late as it would have been without the jump;
 * of a time shown twice, the first.
 *
 * **Units** `minuteOfDay`: minutes on the wall clock since its midnight. **Source** Temporal's `compatible`, RFC 5545 3.3.5.
 */
export const instantAt = (zone: string, day: CivilDate.CivilDate, minuteOfDay: number): number => {
  const rules = zoneOf(zone);
  const wallSecond = day * daySeconds + minuteOfDay * 60;
  const offsetBefore = offsetAt(rules, wallSecond - reachSeconds);
  const offsetAfter = offsetAt(rules, wallSecond + reachSeconds);
  const early = wallSecond - offsetBefore;
  const late = wallSecond - offsetAfter;
  const isLate = offsetAt(rules, early) !== offsetBefore && offsetAt(rules, late) === offsetAfter;
  return (isLate ? late : early) * 1_000;
};

/** Seconds east of UTC at an instant. */
export const offsetSecondsAt = (zone: string, epochMillis: number): number =>
  offsetAt(zoneOf(zone), Math.floor(epochMillis / 1_000));

const zonesByLowerCaseName = new Map<string, Zone>();
let last: { readonly name: string; readonly zone: Zone } | undefined;

const zoneOf = (name: string): Zone => {
  if (last?.name === name) return last.zone;
  const inLowerCase = name.toLowerCase();
  const zone = zonesByLowerCaseName.get(inLowerCase) ?? openZone(name);
  zonesByLowerCaseName.set(inLowerCase, zone);
  last = { name, zone };
  return zone;
};

const openZone = (name: string): Zone => {
  // Fixed offsets are accepted by `Intl` but are no zones: they would not know summer time.
  if (!/[A-Za-z]/.test(name)) throw new RangeError(`"${name}" is not an IANA time zone`);
  return {
    format: new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    }),
    stretches: [],
    pieceFrom: 0,
    pieceUntil: 0,
    pieceOffset: 0,
  };
};

const offsetAt = (zone: Zone, second: number): number => {
  if (second >= zone.pieceFrom && second < zone.pieceUntil) return zone.pieceOffset;
  if (!isTabled(second)) return askIntl(zone, second);
  const stretch = stretchAt(zone, second);
  let index = stretch.from.length - 1;
  while (second < stretch.from[index]!) index--;
  zone.pieceFrom = stretch.from[index]!;
  zone.pieceUntil = stretch.from[index + 1] ?? stretch.until;
  zone.pieceOffset = stretch.offset[index]!;
  return zone.pieceOffset;
};

const stretchAt = (zone: Zone, second: number): Stretch => {
  const index = Math.floor((second - firstSecond) / stretchSeconds);
  const known = zone.stretches[index];
  if (known !== undefined) return known;
  const stretch = readStretch(zone, firstSecond + index * stretchSeconds);
  zone.stretches[index] = stretch;
  return stretch;
};

const readStretch = (zone: Zone, start: number): Stretch => {
  const until = start + stretchSeconds;
  const from = [start];
  let current = askIntl(zone, start);
  const offset = [current];
  for (let before = start; before < until - 1;) {
    const after = Math.min(before + probeSeconds, until - 1);
    const next = askIntl(zone, after);
    if (next !== current) {
      let low = before;
      let high = after;
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (askIntl(zone, middle) === current) low = middle;
        else high = middle;
      }
      from.push(high);
      offset.push(next);
      current = next;
    }
    before = after;
  }
  return { from, offset, until };
};

const wallClockPattern = /^(\d+)\/(\d+)\/(\d+) ([A-Z]+), (\d+):(\d+):(\d+)$/;

const askIntl = (zone: Zone, second: number): number => {
  const text = zone.format.format(second * 1_000);
  const parts = wallClockPattern.exec(text);
  if (parts === null) throw new RangeError(`Intl wrote an instant as "${text}", which ZoneRules cannot read`);
  const year = parts[4]!.startsWith("B") ? 1 - Number(parts[3]) : Number(parts[3]);
  const wallDay = epochDayOf(year, Number(parts[1]), Number(parts[2]));
  return wallDay * daySeconds + Number(parts[5]) * hourSeconds + Number(parts[6]) * 60 + Number(parts[7]) - second;
};

// Any year, where `CivilDate.fromYmd` stops at 2200.
const epochDayOf = (year: number, month: number, dayOfMonth: number): number =>
  CivilDate.addMonths(CivilDate.fromEpochDay(0), (year - 1_970) * 12 + month - 1) + dayOfMonth - 1;

/** The first second whose wall clock reads within [wallFrom, wallUntil), or `undefined` when the clock jumped over all of it. */
const firstSecondWithin = (zone: Zone, wallFrom: number, wallUntil: number): number | undefined => {
  const searchUntil = wallUntil + reachSeconds;
  for (let second = wallFrom - reachSeconds; second < searchUntil;) {
    const offset = offsetAt(zone, second);
    // Beyond the table by the hour, which is as fine as far rules are.
    const pieceUntil = isTabled(second) ? zone.pieceUntil : second + hourSeconds;
    const candidate = Math.max(second, wallFrom - offset);
    if (candidate < pieceUntil && candidate + offset < wallUntil) return candidate;
    second = pieceUntil;
  }
  return undefined;
};

const isTabled = (second: number): boolean => second >= firstSecond && second < lastSecond;

const dayExists = (zone: Zone, day: number): boolean =>
  firstSecondWithin(zone, day * daySeconds, (day + 1) * daySeconds) !== undefined;

const previousExisting = (zone: Zone, day: number): number => {
  let previous = day - 1;
  while (!dayExists(zone, previous)) previous--;
  return previous;
};
