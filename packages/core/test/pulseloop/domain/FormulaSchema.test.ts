import { assert, describe, it } from "@effect/vitest";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import { fieldErrors } from "../../../src/kernel/InvalidCommand.ts";
import type * as Formula from "../../../src/pulseloop/domain/Formula.ts";
import { FormulaSchema } from "../../../src/pulseloop/domain/FormulaSchema.ts";
import * as Shipped from "../../../src/pulseloop/domain/ShippedFormulas.ts";

const decode = Schema.decodeUnknownResult(FormulaSchema, { errors: "all", onExcessProperty: "error" });

/** What is wrong with a formula, a line each: where, and why. */
const problems = (formula: unknown): ReadonlyArray<string> =>
  Result.match(decode(formula), {
    onSuccess: () => [],
    onFailure: ({ issue }) => fieldErrors(issue).map(({ path, message }) => `${path}: ${message}`),
  });

const changed = (formula: Formula.Formula, change: object): object => ({ ...formula, ...change });
const tallying = (measure: object) => changed(Shipped.zmosV1, { measure: { kind: "tally", ...measure } });
const activeDays = { metric: { measure: "active_days" } };
const sessionTypes = { metric: { measure: "session_types" } };
const adaptive = (limits: object) =>
  changed(Shipped.adaptiveGoal, { target: { kind: "adaptive", meanOfPeriods: 4, step: 1, ...limits } });
const habit = (times: number, days: number) =>
  changed(Shipped.habitStrength, { aggregate: { kind: "habit", times, days } });

describe("the schema of a formula", () => {
  it.each<[string, unknown, at: string]>([
    [
      "a negative target",
      changed(Shipped.zmosV1, { target: { kind: "constant", perPeriod: -1 } }),
      "/target/perPeriod",
    ],
    [
      "a target that is no number",
      changed(Shipped.zmosV1, { target: { kind: "constant", perPeriod: Number.NaN } }),
      "/target/perPeriod",
    ],
    [
      "a window of no periods",
      changed(Shipped.zmosV1, { window: { kind: "last_periods", count: 0 } }),
      "/window/count",
    ],
    ["an unknown key", changed(Shipped.zmosV1, { bonus: 3 }), "/bonus"],
    ["an unknown measure", tallying({ metric: { measure: "steps" } }), "/measure/metric"],
    ["an id with spaces", changed(Shipped.zmosV1, { id: "my formula" }), "/id"],
    ["an id that begins with a dash", changed(Shipped.zmosV1, { id: "-mine" }), "/id"],
  ])("refuses %s, and says where", (_, formula, at) => {
    const places = new Set(problems(formula).map((problem) => problem.split(": ")[0]));
    assert.deepStrictEqual([...places], [at]);
  });

  it.each<[string, object, problem: string]>([
    [
      "a habit of more times than days",
      habit(8, 7),
      "/aggregate/times: a habit is at most as many times as it has days",
    ],
    [
      "habit strength over weeks",
      changed(Shipped.habitStrength, { period: { kind: "week" } }),
      "/period: habit strength is counted day by day",
    ],
    [
      "coverage over weeks",
      changed(Shipped.pdc, { period: { kind: "week" } }),
      "/period: coverage is counted day by day",
    ],
    [
      "completion against a constant",
      changed(Shipped.completion30d, { target: { kind: "constant", perPeriod: 1 } }),
      "/target: completion goes with the target prescribed, and only with it",
    ],
    [
      "a tally against prescriptions",
      changed(Shipped.zmosV1, { target: { kind: "prescribed" } }),
      "/target: completion goes with the target prescribed, and only with it",
    ],
    [
      "a goal that learns from coverage",
      changed(Shipped.pdc, { target: Shipped.adaptiveGoal.target }),
      "/target: an adaptive goal learns from a tally",
    ],
    [
      "an adaptive goal whose ceiling is below its floor",
      adaptive({ atLeast: 9, atMost: 8 }),
      "/target/atMost: the ceiling is below the floor",
    ],
    [
      "the best activity of active days",
      tallying({ ...activeDays, bestOfDay: true }),
      "/measure/metric: active_days has no single activities to cut or to choose from",
    ],
    [
      "a limit an activity on session types",
      tallying({ ...sessionTypes, activityAtMost: 2 }),
      "/measure/metric: session_types has no single activities to cut or to choose from",
    ],
    [
      "a limit a day on session types",
      tallying({ ...sessionTypes, dayAtMost: 2 }),
      "/measure/metric: session_types counts each type once and cannot be cut by day or week",
    ],
    [
      "a limit a week on session types",
      tallying({ ...sessionTypes, weekAtMost: 2 }),
      "/measure/metric: session_types counts each type once and cannot be cut by day or week",
    ],
  ])("refuses %s, and says why", (_, formula, problem) => {
    assert.deepStrictEqual(problems(formula), [problem]);
  });

  it.each<[string, object]>([
    ["a habit of every day", habit(7, 7)],
    ["an adaptive goal that stands still", adaptive({ atLeast: 8, atMost: 8 })],
    ["active days, at most so many a week", tallying({ ...activeDays, weekAtMost: 5 })],
    ["session types as they are", tallying({ ...sessionTypes, bestOfDay: false })],
    ["an activity, a day and a week that are cut", tallying({ ...Shipped.cappedPoints.measure, activityAtMost: 9 })],
  ])("accepts %s", (_, formula) => {
    assert.deepStrictEqual(problems(formula), []);
  });
});
