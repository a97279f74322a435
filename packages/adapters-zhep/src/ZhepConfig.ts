import * as Config from "effect/Config";
import * as ConfigProvider from "effect/ConfigProvider";
import * as Effect from "effect/Effect";
import * as Option from "effect/Option";
import * as Redacted from "effect/Redacted";
import * as Schema from "effect/Schema";
import { defaults, type ZhepOptions } from "./ZhepOptions.ts";

/** The configuration does not say what ZHEP needs. Lists everything that is wrong at once, and no value of a secret. */
export class ZhepMisconfigured extends Schema.TaggedError<ZhepMisconfigured>()("ZhepMisconfigured", {
  problems: Schema.Array(Schema.String),
}) {
  override get message() {
    return `The ZHEP configuration is not usable:\n${this.problems.map((problem) => `- ${problem}`).join("\n")}`;
  }
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

const toUrl = (text: string): URL | undefined => {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOOPBACK.has(url.hostname));
  const isBare = url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  return isSafe && isBare ? url : undefined;
};

const wholeFrom = (minimum: number, maximum: number) => (text: string) => {
  const number = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= minimum && number <= maximum ? number : undefined;
};

/**
 * Reads which partners this deployment speaks to: nothing for `ZMOS_MODE=ZMOS_ONLY` (the default), else how to reach ZHEP.
 *
 * **Shape** `ZHEP_URL`, `ZHEP_API_KEY`, `ZHEP_API_SECRET`, and optionally `ZHEP_DEADLINE_MILLIS`, `ZHEP_RETRIES`, `ZHEP_BREAKER_FAILURES`,
 * `ZHEP_BREAKER_OPEN_SECONDS`, `ZHEP_MAX_ANSWER_BYTES`.
 */
export const read: Effect.Effect<ZhepOptions | undefined, ZhepMisconfigured> = Effect.gen(function* () {
  const provider = yield* ConfigProvider.ConfigProvider;
  const problems: Array<string> = [];

  const text = (name: string) =>
    Config.option(Config.NonEmptyString(name))
      .parse(provider)
      .pipe(
        Effect.map(Option.getOrUndefined),
        Effect.orElseSucceed(() => undefined),
      );
  /** The variable's value as `parse` understands it; `fallback` where it is not set, `undefined` with a problem noted otherwise. */
  const value = <A>(name: string, expected: string, parse: (text: string) => A | undefined, fallback?: A) =>
    Effect.map(text(name), (given) => {
      if (given === undefined && fallback !== undefined) return fallback;
      const parsed = given === undefined ? undefined : parse(given);
      if (parsed === undefined) {
        const state = given === undefined ? "is not set" : "is not usable";
        problems.push(`${name} ${state}: expected ${expected}`);
      }
      return parsed;
    });

  const modes = ["ZMOS_ONLY", "ZMOS_ZHEP"] as const;
  const mode = yield* value("ZMOS_MODE", modes.join(" or "), (given) => modes.find((m) => m === given), "ZMOS_ONLY");
  if (mode === undefined) return yield* new ZhepMisconfigured({ problems });
  if (mode === "ZMOS_ONLY") return undefined;

  const whole = (name: string, what: string, [minimum, maximum]: readonly [number, number], fallback: number) =>
    value(name, `${what}, ${minimum} to ${maximum}`, wholeFrom(minimum, maximum), fallback);
  const given = (text: string) => text;

  const url = yield* value(
    "ZHEP_URL",
    "ZHEP's base URL, https (or http on this machine), without user or query",
    toUrl,
  );
  // A colon would end the key early (RFC 7617).
  const apiKey = yield* value("ZHEP_API_KEY", "the key ZHEP gave us, without a colon", (key) =>
    key.includes(":") ? undefined : key,
  );
  const apiSecret = yield* value("ZHEP_API_SECRET", "the secret that goes with the key", given);
  const deadlineMillis = yield* whole("ZHEP_DEADLINE_MILLIS", "milliseconds", [1, 60_000], defaults.deadlineMillis);
  const retries = yield* whole("ZHEP_RETRIES", "a number of repeats", [0, 5], defaults.retries);
  const breakerFailures = yield* whole(
    "ZHEP_BREAKER_FAILURES",
    "failures in a row",
    [1, 1_000],
    defaults.breakerFailures,
  );
  const breakerOpenSeconds = yield* whole(
    "ZHEP_BREAKER_OPEN_SECONDS",
    "seconds",
    [1, 3_600],
    defaults.breakerOpenSeconds,
  );
  const maxAnswerBytes = yield* whole("ZHEP_MAX_ANSWER_BYTES", "bytes", [1_024, 10_485_760], defaults.maxAnswerBytes);
  if (
    url === undefined ||
    apiKey === undefined ||
    apiSecret === undefined ||
    deadlineMillis === undefined ||
    retries === undefined ||
    breakerFailures === undefined ||
    breakerOpenSeconds === undefined ||
    maxAnswerBytes === undefined
  ) {
    return yield* new ZhepMisconfigured({ problems });
  }
  return {
    url,
    apiKey,
    apiSecret: Redacted.make(apiSecret),
    deadlineMillis,
    retries,
    breakerFailures,
    breakerOpenSeconds,
    maxAnswerBytes,
  };
});
