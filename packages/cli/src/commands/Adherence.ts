import { type AdherenceSummary, CivilDate } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { amount, percent, unitOf, words } from "../output/Words.ts";
import type { Settings } from "../Settings.ts";
import { asOfQuery } from "./AsOf.ts";
import { findMember } from "../FindMember.ts";

/** `zmos adherence MEMBER`: the score, and the weeks that make it. */
export const adherence = Effect.fn("adherence")(function* (
  settings: Settings,
  named: string,
  options: { readonly asOf?: string },
) {
  const query = yield* asOfQuery(options.asOf);
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, named);
  const { answer, text } = yield* withText(
    api.members.getAdherenceSummary({ params: { memberId }, query, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : tellAdherence(named, answer));
});

type Week = AdherenceSummary["weeks"][number];

const tellAdherence = (named: string, { asOf, formula, measure, score, band, weeks }: AdherenceSummary): string => {
  const result = score === undefined ? "no full week counts yet" : `${percent(score)}${band ? `, ${words(band)}` : ""}`;
  const heading = `${styled("bold", named)}, as of ${CivilDate.toIso(asOf)}: ${styled("bold", result)} (${formula}, ${unitOf(measure)}).`;
  const columns = [
    { title: "Week", of: ({ from, to }: Week) => `${CivilDate.toIso(from)} to ${CivilDate.toIso(to)}` },
    { title: "Actual", align: "right" as const, of: ({ actual }: Week) => amount(actual) },
    { title: "Target", align: "right" as const, of: ({ target }: Week) => amount(target) },
    { title: "Share", align: "right" as const, of: ({ ratio }: Week) => percent(ratio) },
    {
      title: "",
      of: ({ status, leftOut }: Week) => (leftOut === undefined ? words(status) : `${words(leftOut)}, not counted`),
    },
  ];
  return weeks.length === 0 ? heading : `${heading}\n\n${table(columns, weeks)}`;
};
