/** Numbers published elsewhere, as data: first checks for any implementation, in any language. */
import dayLengths from "./vectors/day-lengths.json" with { type: "json" };
import formulas from "./vectors/formulas.json" with { type: "json" };
import habitStrength from "./vectors/habit-strength.json" with { type: "json" };
import isoWeek from "./vectors/iso-week.json" with { type: "json" };
import leaderboards from "./vectors/leaderboards.json" with { type: "json" };
import membershipEnds from "./vectors/membership-ends.json" with { type: "json" };
import rankStyles from "./vectors/rank-styles.json" with { type: "json" };
import streaks from "./vectors/streaks.json" with { type: "json" };

export { dayLengths, formulas, habitStrength, isoWeek, leaderboards, membershipEnds, rankStyles, streaks };
