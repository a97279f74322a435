/** `zmos policy show | set | check`: the rules under which sessions are booked. */
import { BookingPolicy, PolicyOverride, SessionTypeId } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { readRule } from "../evaluate/RuleFiles.ts";
import { policySentences } from "../output/PolicySentences.ts";
import { print, styled } from "../output/Terminal.ts";
import { readId } from "../ReadId.ts";
import type { Settings } from "../Settings.ts";

interface SetOptions {
  readonly sessionType?: string;
}

/** `zmos policy show` */
export const showPolicy = Effect.fn("showPolicy")(function* (settings: Settings) {
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api["booking-policy"].getBookingPolicy({ responseMode: "decoded-and-response" }),
  );
  if (settings.json) return yield* print(text);
  const parts = [told(answer.isDefault ? "The policy of who has set none" : "The booking policy", answer.policy)];
  for (const { sessionTypeId, override } of answer.overrides) {
    const { name } = yield* api["session-types"].getSessionType({ params: { sessionTypeId } });
    parts.push(told(`Otherwise for ${name}`, override));
  }
  yield* print(parts.join("\n\n"));
});

/** `zmos policy set FILE`: the tenant's, or what a kind of session does otherwise. */
export const setPolicy = Effect.fn("setPolicy")(function* (settings: Settings, file: string, options: SetOptions) {
  const sessionTypeId =
    options.sessionType === undefined ? undefined : yield* readId(SessionTypeId, options.sessionType, "a session type");
  if (sessionTypeId === undefined) {
    const payload = yield* readRule(file, BookingPolicy, "a booking policy");
    const api = yield* openApi(settings);
    const { answer, text } = yield* withText(
      api["booking-policy"].setBookingPolicy({ payload, responseMode: "decoded-and-response" }),
    );
    return yield* print(settings.json ? text : told("From now on", answer));
  }
  const override = yield* readRule(file, PolicyOverride, "part of a booking policy");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api["booking-policy"].overrideBookingPolicy({
      params: { sessionTypeId },
      payload: { override },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : told("From now on, for this kind of session", answer));
});

/** `zmos policy check FILE`: whether a file holds a policy, and what it says; needs no database. */
export const checkPolicy = Effect.fn("checkPolicy")(function* (
  settings: Settings,
  file: string,
  options: { readonly override?: boolean },
) {
  const policy =
    options.override === true
      ? yield* readRule(file, PolicyOverride, "part of a booking policy")
      : yield* readRule(file, BookingPolicy, "a booking policy");
  const sentences = policySentences(policy);
  yield* print(settings.json ? JSON.stringify({ ok: true, sentences }) : told(file, policy));
});

const told = (title: string, policy: PolicyOverride): string =>
  [`${styled("bold", title)}:`, ...policySentences(policy).map((line) => `  ${line}`)].join("\n");
