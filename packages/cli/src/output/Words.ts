/** Numbers and names as people read them. */

/** What a measure counts, after a number. */
export const unitOf = (measure: "events" | "minutes" | "moderate_equivalent_minutes"): string =>
  ({ events: "movements", minutes: "minutes", moderate_equivalent_minutes: "moderate-equivalent minutes" })[measure];

/** A share as per cent, without decimals. */
export const percent = (share: number | undefined): string =>
  share === undefined ? "–" : `${Math.round(share * 100)} %`;

/** An amount, with a decimal only where there is one. */
export const amount = (value: number): string => String(Math.round(value * 10) / 10);

export const days = (count: number): string => (count === 1 ? "1 day" : `${count} days`);

/** A wire name as words: `at_risk`, "at risk". */
export const words = (name: string): string => name.replaceAll("_", " ");

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** **Units** `weekday`: ISO, 1 = Monday. */
export const weekdayOf = (weekday: number): string => WEEKDAYS[weekday - 1] ?? "";

/** An amount of money with its currency: `KES 500.00`. */
export const money = ({ minorUnits, currency }: { readonly minorUnits: number; readonly currency: string }): string => {
  const format = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "code" });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  return format.format(minorUnits / 10 ** digits).replaceAll("\u00A0", " ");
};
