/** `zmos evaluate …`: scores from files, without a database. */
import { CivilDate, ZoneRules } from "@zmos/core/kernel";
import { FormulaSchema, ShippedFormulas, StreakRuleSchema, toFormula, toStreakRule } from "@zmos/core/pulseloop";
import * as Effect from "effect/Effect";
import type { Answers, Wanted } from "../evaluate/Answers.ts";
import { adherenceAnswers } from "../evaluate/AdherenceAnswers.ts";
import { challengeAnswers, ChallengeFile } from "../evaluate/ChallengeAnswers.ts";
import { HeaderNotUnderstood } from "../evaluate/HeaderColumns.ts";
import { journeyAnswers, JourneyFile } from "../evaluate/JourneyAnswers.ts";
import { readRule, shippedFormula, withParameters } from "../evaluate/RuleFiles.ts";
import { streakAnswers } from "../evaluate/StreakAnswers.ts";
import { readStudy, type Study } from "../evaluate/Study.ts";
import { writeJson, writeText } from "../evaluate/WriteAnswers.ts";
import { tell } from "../output/Terminal.ts";
import { BadInput, NoSuch } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";

export interface EvaluateOptions {
  readonly events: string;
  readonly excused?: string;
  readonly members?: string;
  readonly rule?: string;
  readonly formula?: string;
  readonly param?: ReadonlyArray<string>;
  readonly member?: string;
  readonly zone?: string;
  readonly from?: string;
  readonly asOf: string;
  readonly series?: boolean;
  readonly explain?: boolean;
  readonly skipBad?: boolean;
}

/** `zmos evaluate streak` */
export const evaluateStreak = Effect.fn("evaluateStreak")(function* (settings: Settings, options: EvaluateOptions) {
  const rule =
    options.rule === undefined ? undefined : yield* readRule(options.rule, StreakRuleSchema, "a streak rule");
  yield* withStudy(settings, options, (study, wanted) => streakAnswers(study, rule && toStreakRule(rule), wanted));
});

/** `zmos evaluate adherence` */
export const evaluateAdherence = Effect.fn("evaluateAdherence")(function* (
  settings: Settings,
  options: EvaluateOptions,
) {
  if (options.rule !== undefined && options.formula !== undefined) {
    return yield* new BadInput({ detail: "Give either --formula or --rule: a score has one formula." });
  }
  const base =
    options.rule !== undefined
      ? toFormula(yield* readRule(options.rule, FormulaSchema, "a formula"))
      : yield* shippedFormula(options.formula ?? ShippedFormulas.zmosV1.id);
  const formula = yield* withParameters(base, options.param ?? []);
  yield* withStudy(settings, options, (study, wanted) => adherenceAnswers(study, formula, wanted));
});

/** `zmos evaluate challenge` */
export const evaluateChallenge = Effect.fn("evaluateChallenge")(function* (
  settings: Settings,
  options: EvaluateOptions,
) {
  const path = yield* ruleFile(options, "a challenge");
  const challenge = yield* readRule(path, ChallengeFile, "a challenge");
  if (challenge.to < challenge.from)
    return yield* new BadInput({ detail: `${path} is not a challenge: it ends before it begins.` });
  yield* withStudy(settings, options, (study, wanted) => challengeAnswers(study, challenge, wanted));
});

/** `zmos evaluate journey` */
export const evaluateJourney = Effect.fn("evaluateJourney")(function* (settings: Settings, options: EvaluateOptions) {
  const journey = yield* readRule(yield* ruleFile(options, "a journey"), JourneyFile, "a journey");
  yield* withStudy(settings, options, (study, wanted) => journeyAnswers(study, journey, wanted));
});

const ruleFile = ({ rule }: EvaluateOptions, what: string): Effect.Effect<string, BadInput> =>
  rule === undefined
    ? Effect.fail(new BadInput({ detail: `Say which: --rule FILE names a JSON file with ${what}.` }))
    : Effect.succeed(rule);

/** Reads the files and answers; lines that cannot be taken are named first, and end it unless they are to be skipped. */
const withStudy = Effect.fn("withStudy")(function* <Answer>(
  settings: Settings,
  options: EvaluateOptions,
  evaluate: (study: Study, wanted: Wanted) => Answers<Answer>,
) {
  const { zone, member, skipBad = false, series = false, explain = false } = options;
  const asOf = yield* dayOf(options.asOf, "--as-of");
  const from = options.from === undefined ? undefined : yield* dayOf(options.from, "--from");
  if (zone !== undefined && !ZoneRules.isZone(zone)) {
    return yield* new BadInput({ detail: `${zone} is no IANA time zone, like Africa/Nairobi. Change --zone.` });
  }
  const study = yield* Effect.tryPromise({
    try: (signal) =>
      readStudy({
        events: options.events,
        ...(options.excused !== undefined && { excused: options.excused }),
        ...(options.members !== undefined && { members: options.members }),
        asOf,
        ...(from !== undefined && { from }),
        ...(member !== undefined && { member }),
        ...(zone !== undefined && { zone }),
        json: settings.json,
        tell: (text) => void process.stderr.write(text),
        signal,
      }),
    catch: (cause) => new BadInput({ detail: reasonOf(cause) }),
  });
  if (study.badLines > 0 && !skipBad) {
    const [lines, them] = study.badLines === 1 ? ["One line", "it"] : [`${study.badLines} lines`, "them"];
    return yield* new BadInput({
      detail: `${lines} cannot be taken, so nothing was evaluated. Mend ${them}, or leave ${them} out with --skip-bad.`,
    });
  }
  if (study.strangers.facts > 0) {
    const { facts, people } = study.strangers;
    yield* note(
      settings,
      `${facts} events of ${people} people who are not in ${options.members ?? ""} are not counted.`,
    );
  }
  if (member !== undefined && study.size === 0) return yield* new NoSuch({ thing: "member", name: member });
  const answers = evaluate(study, { series, explain });
  yield* settings.json ? writeJson(answers) : writeText(answers, member !== undefined || series || explain);
});

const note = ({ json }: Settings, text: string) => tell(json ? JSON.stringify({ note: text }) : text);

const dayOf = (text: string, option: string): Effect.Effect<CivilDate.CivilDate, BadInput> => {
  const day = CivilDate.fromIso(text);
  return day === undefined
    ? Effect.fail(new BadInput({ detail: `${text} is not a calendar day like 2026-03-07. Change ${option}.` }))
    : Effect.succeed(day);
};

const unreadable: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "this user may not read it",
  EISDIR: "it is a folder",
};

const reasonOf = (cause: unknown): string => {
  if (cause instanceof HeaderNotUnderstood) return cause.message;
  if (!(cause instanceof Error)) return String(cause);
  const code = "code" in cause ? String(cause.code) : "";
  const path = "path" in cause ? String(cause.path) : "A file";
  const reason = unreadable[code];
  return reason === undefined
    ? `A file cannot be read: ${cause.message}`
    : `${path} cannot be read: ${reason}. Name a CSV file.`;
};
