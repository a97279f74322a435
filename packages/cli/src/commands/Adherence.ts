import { type AdherenceSummary, CivilDate } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { amount, percent, words } from "../output/Words.ts";
import { readInstant } from "../ReadInstant.ts";
import { BadInput } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";
import { asOfQuery } from "./AsOf.ts";
import { findMember } from "../FindMember.ts";

interface AdherenceOptions {
  readonly asOf?: string;
  readonly knownAt?: string;
  readonly formula?: string;
  readonly param?: ReadonlyArray<string>;
  readonly explain?: boolean;
}

/** `zmos adherence MEMBER`: the score, and the periods that make it; explained, every movement that does or does not. */
export const adherence = Effect.fn("adherence")(function* (
  settings: Settings,
  named: string,
  options: AdherenceOptions,
) {
  const query = { ...(yield* asOfQuery(options.asOf)), ...(yield* formulaQuery(options)) };
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, named);
  const { answer, text } = yield* withText(
    api.members.getAdherenceSummary({ params: { memberId }, query, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : tellAdherence(named, answer));
});

/** The query of a question by a formula. **Errors** `BadInput` for an instant that is none, and a parameter that is not `key=value`. */
const formulaQuery = Effect.fnUntraced(function* ({ knownAt, formula, param = [], explain }: AdherenceOptions) {
  const parameters: Record<string, string | number> = {};
  for (const text of param) {
    const [, key, value] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (key === undefined || value === undefined) {
      return yield* new BadInput({ detail: `${text} is not a parameter like weeks=8. Change --param.` });
    }
    parameters[key] = Number.isFinite(Number(value)) ? Number(value) : value;
  }
  const known = knownAt === undefined ? undefined : yield* readInstant(knownAt, "--known-at");
  return {
    ...(formula !== undefined && { formula }),
    ...(param.length > 0 && { parameters }),
    ...(explain === true && { explain }),
    ...(known !== undefined && { knownAt: known }),
  };
});

type Period = AdherenceSummary["periods"][number];

const tellAdherence = (named: string, summary: AdherenceSummary): string => {
  const { asOf, formula, sentence, score, band, periods, explanation } = summary;
  const share = score === undefined || score > 2 ? amount(score ?? 0) : percent(score);
  const result = score === undefined ? "no period counts yet" : `${share}${band ? `, ${words(band)}` : ""}`;
  const heading = `${styled("bold", named)}, as of ${CivilDate.toIso(asOf)}: ${styled("bold", result)} (${formula}: ${sentence}).`;
  const columns = [
    {
      title: "Period",
      of: ({ from, to }: Period) =>
        from === to ? CivilDate.toIso(from) : `${CivilDate.toIso(from)} to ${CivilDate.toIso(to)}`,
    },
    { title: "Actual", align: "right" as const, of: ({ actual }: Period) => amount(actual) },
    { title: "Target", align: "right" as const, of: ({ target }: Period) => amount(target) },
    { title: "Share", align: "right" as const, of: ({ ratio }: Period) => percent(ratio) },
    {
      title: "",
      of: ({ status, leftOut }: Period) => (leftOut === undefined ? words(status) : `${words(leftOut)}, not counted`),
    },
  ];
  const parts = [heading];
  if (periods.length > 0) parts.push(table(columns, periods));
  if (explanation !== undefined) parts.push(explanation.text.join("\n"));
  return parts.join("\n\n");
};
