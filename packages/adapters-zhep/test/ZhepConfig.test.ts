import { inspect } from "node:util";
import { assert, describe, it } from "@effect/vitest";
import * as ConfigProvider from "effect/ConfigProvider";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import { ZhepConfig } from "../src/index.ts";

const given = (environment: Record<string, string>) =>
  ZhepConfig.read.pipe(Effect.provide(ConfigProvider.layer(ConfigProvider.fromUnknown(environment))));

const complete = {
  ZMOS_MODE: "ZMOS_ZHEP",
  ZHEP_URL: "https://api.zhep.example/v1/",
  ZHEP_API_KEY: "zmos",
  ZHEP_API_SECRET: "hush-hush",
};

describe("which partners a deployment speaks to", () => {
  it.effect("is nobody's but our own when nothing is said, and when ZMOS_ONLY is said, whatever else is", () =>
    Effect.gen(function* () {
      assert.isUndefined(yield* given({}));
      assert.isUndefined(yield* given({ ZMOS_MODE: "" }));
      assert.isUndefined(yield* given({ ...complete, ZMOS_MODE: "ZMOS_ONLY", ZHEP_URL: "nonsense" }));
    }),
  );

  it.effect("is ZHEP with 800 ms of patience when its address and our key are given", () =>
    Effect.gen(function* () {
      const options = yield* given(complete);
      assert.strictEqual(options?.url.href, "https://api.zhep.example/v1/");
      assert.strictEqual(options?.apiKey, "zmos");
      assert.strictEqual(options?.deadlineMillis, 800);
      assert.strictEqual(Redacted.value(options?.apiSecret ?? Redacted.make("")), "hush-hush");
      assert.notInclude(`${JSON.stringify(options)} ${inspect(options)}`, "hush-hush");
    }),
  );

  it.effect("fails with everything that is missing at once", () =>
    Effect.gen(function* () {
      const { problems } = yield* Effect.flip(given({ ZMOS_MODE: "ZMOS_ZHEP", ZHEP_RETRIES: "many" }));
      assert.deepStrictEqual(
        problems.map((problem) => problem.split(":")[0]),
        ["ZHEP_URL is not set", "ZHEP_API_KEY is not set", "ZHEP_API_SECRET is not set", "ZHEP_RETRIES is not usable"],
      );
    }),
  );

  it.effect("fails for a mode that does not exist, and names the two that do", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(given({ ...complete, ZMOS_MODE: "zhep" }));
      assert.include(error.message, "ZMOS_MODE is not usable: expected ZMOS_ONLY or ZMOS_ZHEP");
    }),
  );

  const unusable: ReadonlyArray<readonly [string, string]> = [
    ["ZHEP_URL", "http://api.zhep.example"],
    ["ZHEP_URL", "ftp://localhost"],
    ["ZHEP_URL", "api.zhep.example"],
    ["ZHEP_URL", "https://user:pass@api.zhep.example"],
    ["ZHEP_URL", "https://api.zhep.example/?key=1"],
    ["ZHEP_API_KEY", "a:b"],
    ["ZHEP_DEADLINE_MILLIS", "0"],
    ["ZHEP_DEADLINE_MILLIS", "60001"],
    ["ZHEP_DEADLINE_MILLIS", "1e3"],
    ["ZHEP_RETRIES", "6"],
    ["ZHEP_RETRIES", "-1"],
    ["ZHEP_BREAKER_FAILURES", "0"],
    ["ZHEP_BREAKER_OPEN_SECONDS", "0.5"],
    ["ZHEP_MAX_ANSWER_BYTES", "1023"],
  ];
  it.effect.each(unusable)("fails for %s=%s, without repeating the value", ([name, value]) =>
    Effect.gen(function* () {
      const { problems } = yield* Effect.flip(given({ ...complete, [name]: value }));
      assert.strictEqual(problems.length, 1);
      assert.match(problems[0] ?? "", new RegExp(`^${name} is not usable: expected `));
    }),
  );

  const usable: ReadonlyArray<readonly [string, string]> = [
    ["ZHEP_URL", "http://localhost:8080"],
    ["ZHEP_URL", "http://[::1]:8080/api"],
    ["ZHEP_DEADLINE_MILLIS", "1"],
    ["ZHEP_DEADLINE_MILLIS", "60000"],
    ["ZHEP_RETRIES", "0"],
    ["ZHEP_RETRIES", "5"],
  ];
  it.effect.each(usable)("takes %s=%s", ([name, value]) =>
    Effect.gen(function* () {
      assert.isDefined(yield* given({ ...complete, [name]: value }));
    }),
  );
});
