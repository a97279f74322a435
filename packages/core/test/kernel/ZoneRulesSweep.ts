import * as CivilDate from "../../src/kernel/CivilDate.ts";
import * as ZoneRules from "../../src/kernel/ZoneRules.ts";

/** The civil date as `Intl` writes it, the slow and obvious way. */
export const intlCivilDate = (zone: string): ((epochMillis: number) => CivilDate.CivilDate) => {
  const format = new Intl.DateTimeFormat("en-u-ca-iso8601", {
    timeZone: zone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  return (epochMillis) => {
    const part = (type: string) =>
      Number(format.formatToParts(epochMillis).find((candidate) => candidate.type === type)?.value);
    const utcMidnight = new Date(0);
    utcMidnight.setUTCFullYear(part("year"), part("month") - 1, part("day"));
    return CivilDate.fromEpochDay(utcMidnight.getTime() / 86_400_000);
  };
};

/** Instants, from 2000 to 2038, at which `ZoneRules` and `Intl` name different days. */
export const disagreements = (zones: ReadonlyArray<string>, stepSeconds: number): ReadonlyArray<string> => {
  const found: Array<string> = [];
  const until = Date.UTC(2038, 0, 1);
  for (const zone of zones) {
    const format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    for (let epochMillis = Date.UTC(2000, 0, 1); epochMillis < until; epochMillis += stepSeconds * 1_000) {
      const day = CivilDate.toIso(ZoneRules.civilDateOf(zone, epochMillis));
      if (day !== format.format(epochMillis)) {
        found.push(`${zone} ${new Date(epochMillis).toISOString()}: ${day}, Intl ${format.format(epochMillis)}`);
      }
    }
  }
  return found;
};
