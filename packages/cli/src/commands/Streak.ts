import { CivilDate, type StreakSummary } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { print, styled } from "../output/Terminal.ts";
import { amount, days, unitOf, words } from "../output/Words.ts";
import type { Settings } from "../Settings.ts";
import { asOfQuery } from "./AsOf.ts";
import { findMember } from "../FindMember.ts";

/** `zmos streak MEMBER`: active days in a row. */
export const streak = Effect.fn("streak")(function* (
  settings: Settings,
  named: string,
  options: { readonly asOf?: string },
) {
  const query = yield* asOfQuery(options.asOf);
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, named);
  const { answer, text } = yield* withText(
    api.members.getStreak({ params: { memberId }, query, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : tellStreak(named, answer));
});

const tellStreak = (named: string, { asOf, status, current, best, keepsAliveNext: next, brokenBy }: StreakSummary) =>
  [
    `${styled("bold", named)}, as of ${CivilDate.toIso(asOf)}: ${styled("bold", days(current.length))} in a row, ${words(status)}.`,
    ...(current.length > 0 ? [`Now    ${span(current)}`] : []),
    ...(best.length > 0 ? [`Best   ${span(best)}`] : []),
    ...(brokenBy === undefined ? [] : [`Broken by ${CivilDate.toIso(brokenBy.from)}`]),
    ...(next === undefined
      ? []
      : [
          `Next   ${CivilDate.toIso(next.from)}: ${amount(next.have)} of ${amount(next.atLeast)} ${unitOf(next.measure)}`,
        ]),
  ].join("\n");

const span = ({ length, start, end }: StreakSummary["best"]): string =>
  start === undefined || end === undefined
    ? days(length)
    : `${days(length)}, ${CivilDate.toIso(start)} to ${CivilDate.toIso(end)}`;
