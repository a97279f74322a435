import { assert, describe, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schema from "effect/Schema";
import { TestClock } from "effect/testing";
import * as CivilDate from "../../../src/kernel/CivilDate.ts";
import { FormulaDefinition, PulseLoop, ShippedFormulas, TimeZoneDatabase, Zmos } from "../../../src/index.ts";
import { at, openGym } from "../../support/Gym.ts";
import { told } from "../../support/Movements.ts";

const day = CivilDate.of;
const inMemory = Effect.provide(Zmos.layerMemory);
const asOf = day("2026-03-16");

/** Amina is a member since Monday 2026-02-16; in the week of 2026-03-09 she moved twice, half an hour each, hard and easy. */
const setting = Effect.gen(function* () {
  yield* TestClock.setTime(at("2026-02-16T06:00:00Z"));
  const gym = yield* openGym();
  const pulseLoop = yield* PulseLoop;
  const amina = yield* gym.join("Amina");
  yield* TestClock.setTime(at("2026-03-15T12:00:00Z"));
  const record = (more: Readonly<Record<string, unknown>>) =>
    Effect.flatMap(told(amina.id, more), (fact) => gym.asOwner(pulseLoop.recordMovement(fact)));
  yield* record({ occurredAt: "2026-03-10", intensity: "vigorous", source: "device", externalId: "hard" });
  yield* record({ occurredAt: "2026-03-12", intensity: "light", source: "device", externalId: "easy" });
  const summary = (more: Omit<Parameters<typeof pulseLoop.getAdherenceSummary>[0], "memberId"> = {}) =>
    gym.asOwner(pulseLoop.getAdherenceSummary({ memberId: amina.id, asOf, ...more }));
  return { ...gym, pulseLoop, amina, record, summary };
});

const { version: _, ...draft } = ShippedFormulas.cappedWeeks;
const clubFormula = { ...draft, id: "our-club", target: { kind: "constant", perPeriod: 2 } } as const;

describe("adherence by any formula", () => {
  it.effect("is zmos-v1 by the tenant's weekly target unless another is asked for", () =>
    Effect.gen(function* () {
      const { summary } = yield* setting;
      const { formula, formulaVersion, score, sentence, unit } = yield* summary();
      assert.deepStrictEqual([formula, formulaVersion, unit], ["zmos-v1", 1, "events"]);
      assert.strictEqual(score, 2 / 12);
      assert.match(sentence, /last 4 full weeks/);
    }).pipe(inMemory),
  );

  it.effect("answers every formula that comes with ZMOS, with parts that add up to the score", () =>
    Effect.gen(function* () {
      const { summary } = yield* setting;
      for (const { id, version } of ShippedFormulas.shippedFormulas) {
        const { formula, formulaVersion, score, parts } = yield* summary({ formula: id });
        assert.deepStrictEqual([formula, formulaVersion], [id, version]);
        assert.closeTo(
          parts.reduce((total, { amount }) => total + amount, 0),
          score ?? 0,
          1e-9,
          id,
        );
      }
    }).pipe(inMemory),
  );

  it.effect("takes parameters by name, and names those it cannot take", () =>
    Effect.gen(function* () {
      const { summary } = yield* setting;
      const one = yield* summary({ formula: "who-150", parameters: { weeks: 1, target: 60 } });
      assert.deepStrictEqual([one.score, one.unit, one.parts.length], [1, "moderate-equivalent minutes", 1]);
      const unknown = yield* Effect.flip(summary({ formula: "who-150", parameters: { week: 1 } }));
      assert.deepStrictEqual(unknown._tag === "InvalidCommand" && unknown.errors.map(({ path }) => path), [
        "/parameters/week",
      ]);
      const impossible = yield* Effect.flip(summary({ formula: "who-150", parameters: { weeks: 0, target: "many" } }));
      assert.sameMembers(impossible._tag === "InvalidCommand" ? impossible.errors.map(({ path }) => path) : [], [
        "/parameters/weeks",
        "/parameters/target",
      ]);
      const nobodys = yield* Effect.flip(summary({ parameters: { weeks: 1 } }));
      assert.strictEqual(nobodys._tag, "InvalidCommand");
    }).pipe(inMemory),
  );

  it.effect("does not find a formula, or a version of it, that is not there", () =>
    Effect.gen(function* () {
      const { summary } = yield* setting;
      assert.strictEqual((yield* Effect.flip(summary({ formula: "who-151" })))._tag, "NotFound");
      assert.strictEqual((yield* Effect.flip(summary({ formula: "who-150", version: 2 })))._tag, "NotFound");
    }).pipe(inMemory),
  );

  it.effect("explains each movement, counted or not, as data and as text", () =>
    Effect.gen(function* () {
      const { summary, record } = yield* setting;
      yield* record({ occurredAt: "2026-03-11", durationMinutes: 20, source: "device", externalId: "unknown" });
      yield* record({ occurredAt: "2026-02-10", intensity: "moderate", source: "import", externalId: "before" });
      yield* TestClock.setTime(at("2026-03-17T12:00:00Z"));
      yield* record({ occurredAt: "2026-03-17", intensity: "moderate", source: "device", externalId: "after" });
      const plain = yield* summary({ formula: "who-150" });
      assert.notProperty(plain, "explanation");
      const { explanation, score, parts, periods } = yield* summary({ formula: "who-150", explain: true });
      assert.deepStrictEqual(
        explanation?.facts.map(({ civilDate, counted, reason }) => [CivilDate.toIso(civilDate), counted, reason]),
        [
          ["2026-02-10", 0, "before_the_start"],
          ["2026-03-10", 60, undefined],
          ["2026-03-11", 0, "unknown_intensity"],
          ["2026-03-12", 0, "worth_nothing"],
          ["2026-03-17", 0, "after_as_of"],
        ],
      );
      assert.include(explanation?.text ?? [], "  2026-03-11: not counted, because its intensity is not known");
      assert.include(explanation?.text ?? [], "  2026-03-10: counted as 60 moderate-equivalent minutes");
      assert.closeTo(score ?? 0, 0.1, 1e-12);
      assert.deepStrictEqual(
        parts.map(({ amount }) => amount),
        [0, 0, 0, 0.1],
      );
      assert.deepStrictEqual(
        periods.map(({ leftOut }) => leftOut),
        [undefined, undefined, undefined, undefined, "not_over"],
      );
    }).pipe(inMemory),
  );

  it.effect("names its formula, its day, its instant and the tz database it was computed with", () =>
    Effect.gen(function* () {
      const { summary } = yield* setting;
      const { formula, formulaVersion, asOf: on, knownAt, timezone, timezoneDatabase } = yield* summary();
      assert.deepStrictEqual(
        { formula, formulaVersion, on, knownAt, timezone, timezoneDatabase },
        {
          formula: "zmos-v1",
          formulaVersion: 1,
          on: asOf,
          knownAt: at("2026-03-15T12:00:00Z"),
          timezone: "Africa/Nairobi",
          timezoneDatabase: "2026b",
        },
      );
    }).pipe(Effect.provide(Zmos.layerMemory.pipe(Layer.provide(Layer.succeed(TimeZoneDatabase, "2026b"))))),
  );
});

describe("adherence as known at an instant", () => {
  it.effect("is what was known then: corrections, withdrawals, late arrivals and excuses came later", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, record, summary } = yield* setting;
      const then = at("2026-03-15T12:00:00Z");
      const before = yield* summary();
      yield* TestClock.setTime(at("2026-03-20T12:00:00Z"));
      yield* record({
        occurredAt: "2026-03-10",
        source: "device",
        externalId: "hard",
        version: 2,
        isEnteredInError: true,
      });
      yield* record({
        occurredAt: "2026-03-13",
        source: "device",
        externalId: "easy",
        version: 2,
        durationMinutes: 90,
      });
      yield* record({ occurredAt: "2026-03-04", source: "import", externalId: "late" });
      yield* asOwner(
        pulseLoop.grantExcuse({ memberId: amina.id, from: day("2026-02-16"), to: day("2026-03-01"), reason: "travel" }),
      );
      const now = yield* summary();
      assert.notDeepEqual(now, before);
      assert.deepStrictEqual(yield* summary({ knownAt: then }), before);
      const { knownAt, ...rest } = yield* summary({ knownAt: at("2026-04-01T00:00:00Z") });
      assert.deepStrictEqual({ ...rest, knownAt }, now);
    }).pipe(inMemory),
  );

  it.effect("holds for streaks too", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina, record } = yield* setting;
      yield* TestClock.setTime(at("2026-03-20T12:00:00Z"));
      yield* record({ occurredAt: "2026-03-11", source: "import", externalId: "late" });
      const ask = (more: object) =>
        asOwner(pulseLoop.getStreak({ memberId: amina.id, asOf: day("2026-03-12"), ...more }));
      const streak = (more: object) => Effect.map(ask(more), ({ current }) => current.length);
      assert.notProperty(yield* ask({}), "knownAt");
      assert.strictEqual((yield* ask({ knownAt: at("2026-03-16T00:00:00Z") })).knownAt, at("2026-03-16T00:00:00Z"));
      assert.strictEqual(yield* streak({}), 3);
      assert.strictEqual(yield* streak({ knownAt: at("2026-03-20T11:59:59.999Z") }), 1);
      assert.strictEqual(yield* streak({ knownAt: at("2026-03-20T12:00:00Z") }), 3);
    }).pipe(inMemory),
  );
});

describe("a tenant's own formulas", () => {
  it.effect("get a version each time they are defined, and scores name it", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, summary } = yield* setting;
      const define = (perPeriod: number) =>
        asOwner(pulseLoop.defineFormula({ ...clubFormula, target: { kind: "constant", perPeriod } }));
      const first = yield* define(2);
      assert.deepInclude(first, { id: "our-club", version: 1, isShipped: false });
      assert.strictEqual((yield* define(1)).version, 2);
      const latest = yield* summary({ formula: "our-club" });
      assert.deepStrictEqual([latest.formulaVersion, latest.score], [2, 0.25]);
      const earlier = yield* summary({ formula: "our-club", version: 1, parameters: { weeks: 1 } });
      assert.deepStrictEqual([earlier.formulaVersion, earlier.score], [1, 1]);
      assert.deepStrictEqual(yield* asOwner(pulseLoop.getFormula({ formula: "our-club", version: 1 })), first);
    }).pipe(inMemory),
  );

  it.effect("are listed by id among those that come with ZMOS, page by page", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop } = yield* setting;
      yield* asOwner(pulseLoop.defineFormula(clubFormula));
      yield* asOwner(pulseLoop.defineFormula({ ...clubFormula, id: "a-first" }));
      const all = yield* asOwner(pulseLoop.listFormulas({}));
      const ids = all.items.map(({ id }) => id);
      assert.deepStrictEqual(
        ids,
        [...ShippedFormulas.shippedFormulas.map(({ id }) => id), "a-first", "our-club"].toSorted(),
      );
      const paged: Array<string> = [];
      let page = yield* asOwner(pulseLoop.listFormulas({ limit: 3 }));
      for (;;) {
        paged.push(...page.items.map(({ id }) => id));
        if (page.nextCursor === undefined) break;
        page = yield* asOwner(pulseLoop.listFormulas({ limit: 3, cursor: page.nextCursor }));
      }
      assert.deepStrictEqual(paged, ids);
    }).pipe(inMemory),
  );

  it.effect("cannot take the id of one that comes with ZMOS, nor name parameters that are nowhere", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop } = yield* setting;
      const shipped = yield* Effect.flip(asOwner(pulseLoop.defineFormula(draft)));
      assert.strictEqual(shipped._tag, "FormulaIsShipped");
      const parameters = [...clubFormula.parameters, { name: "cap", path: ["measure", "dayAtMost"] }];
      const nowhere = yield* Effect.flip(asOwner(pulseLoop.defineFormula({ ...clubFormula, parameters })));
      assert.deepStrictEqual(nowhere._tag === "InvalidCommand" && nowhere.errors.map(({ path }) => path), [
        "/parameters/3/path",
      ]);
    }).pipe(inMemory),
  );

  it("are checked by their schema: every field that is wrong is named at once", () => {
    const read = Schema.decodeUnknownResult(FormulaDefinition, { errors: "all", onExcessProperty: "error" });
    const result = read({ ...clubFormula, name: "", excused: "maybe", version: 7 });
    assert.strictEqual(result._tag, "Failure");
    for (const field of ["name", "excused", "version"]) assert.include(String(Object(result).failure), field);
  });
});

describe("scoring rules", () => {
  const simple = {
    activeDay: { measure: "events", atLeast: 1 },
    weeklyTarget: { measure: "events", amount: 3 },
    weeks: 4,
  } as const;

  it.effect("may name any formula with its parameters, which scores and standings then go by", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, summary } = yield* setting;
      const adherence = { formula: "who-150", parameters: { weeks: 1, target: 60 } };
      yield* asOwner(pulseLoop.setScoringRules({ ...simple, adherence }));
      const { formula, score, rulesVersion } = yield* summary();
      assert.deepStrictEqual([formula, score, rulesVersion], ["who-150", 1, 1]);
      const { items } = yield* asOwner(pulseLoop.getStandings({ asOf }));
      assert.deepInclude(items[0], { score: 1, week: 0, month: 2 });
    }).pipe(inMemory),
  );

  it.effect("cannot name a formula that is not there, or give it what it cannot take", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop } = yield* setting;
      const set = (adherence: { readonly formula: string; readonly parameters?: Readonly<Record<string, number>> }) =>
        Effect.flip(asOwner(pulseLoop.setScoringRules({ ...simple, adherence })));
      assert.strictEqual((yield* set({ formula: "who-151" }))._tag, "NotFound");
      assert.strictEqual((yield* set({ formula: "who-150", parameters: { weeks: -1 } }))._tag, "InvalidCommand");
    }).pipe(inMemory),
  );

  it.effect("may hold any streak rule: weeks in a row with two movements, in the tenant's weeks", () =>
    Effect.gen(function* () {
      const { asOwner, pulseLoop, amina } = yield* setting;
      yield* asOwner(
        pulseLoop.setScoringRules({
          ...simple,
          streak: { period: { kind: "week" }, thresholds: [{ metric: { measure: "events" }, atLeast: 2 }] },
        }),
      );
      const streak = yield* asOwner(pulseLoop.getStreak({ memberId: amina.id, asOf }));
      assert.deepInclude(streak, { period: "week", status: "at_risk" });
      assert.strictEqual(streak.current.length, 1);
      assert.deepInclude(streak.keepsAliveNext, { measure: "events", atLeast: 2, have: 0, from: day("2026-03-16") });
    }).pipe(inMemory),
  );
});
