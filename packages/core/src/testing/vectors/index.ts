/** The vectors as values; the JSON files beside this one are the same for other languages. */
export { default as dayLengths } from "./day-lengths.json" with { type: "json" };
export { default as formulas } from "./formulas.json" with { type: "json" };
export { default as habitStrength } from "./habit-strength.json" with { type: "json" };
export { default as isoWeeks } from "./iso-week.json" with { type: "json" };
export { default as leaderboards } from "./leaderboards.json" with { type: "json" };
export { default as membershipEnds } from "./membership-ends.json" with { type: "json" };
export { default as rankStyles } from "./rank-styles.json" with { type: "json" };
export { default as streaks } from "./streaks.json" with { type: "json" };
