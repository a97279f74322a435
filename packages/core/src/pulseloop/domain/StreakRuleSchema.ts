import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MetricSchema } from "./FormulaSchema.ts";
import type { Rule } from "./Streak.ts";

const Weekday = Schema.Literals([1, 2, 3, 4, 5, 6, 7]);
const Count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 3_660 }));
const AtLeast = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }), Schema.isGreaterThan(0));

/** The stretches of days a streak looks at, as data. **Units** `lengthDays`: days, 1–366. */
const PeriodSchema = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("day") }),
  Schema.Struct({ kind: Schema.Literal("week"), weekStart: Schema.optionalKey(Weekday) }),
  Schema.Struct({ kind: Schema.Literal("month") }),
  Schema.Struct({
    kind: Schema.Literal("days"),
    lengthDays: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 366 })),
    anchor: CivilDateFromString,
  }),
]).annotate({ identifier: "StreakPeriod" });

/** What makes a streak, as data: a period, what each must reach, and what is forgiven. */
export const StreakRuleSchema = Schema.Struct({
  period: PeriodSchema,
  thresholds: Schema.Array(Schema.Struct({ metric: MetricSchema, atLeast: AtLeast })).check(
    Schema.isMinLength(1),
    Schema.isMaxLength(10),
  ),
  join: Schema.optionalKey(Schema.Literals(["all", "any"])),
  restWeekdays: Schema.optionalKey(Schema.Array(Weekday).check(Schema.isMaxLength(7))),
  excuse: Schema.optionalKey(Schema.Literals(["whole", "any", "prorate"])),
  freezes: Schema.optionalKey(
    Schema.Struct({
      initial: Count,
      cap: Count,
      earnEvery: Schema.optionalKey(Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 3_660 }))),
    }),
  ),
}).annotate({ identifier: "StreakRule" });

/** The schema and the calculator's type say the same. */
export const toStreakRule = (decoded: typeof StreakRuleSchema.Type): Rule => decoded;
