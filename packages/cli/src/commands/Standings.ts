import { CivilDate, type Standing } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { standingColumns } from "../output/StandingColumns.ts";
import { table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { unitOf } from "../output/Words.ts";
import type { Settings } from "../Settings.ts";
import { asOfQuery } from "./AsOf.ts";

/** `zmos standings`: everybody by the month's movement. */
export const standings = Effect.fn("standings")(function* (settings: Settings, options: { readonly asOf?: string }) {
  const query = yield* asOfQuery(options.asOf);
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(api.scoring.getStandings({ query, responseMode: "decoded-and-response" }));
  if (settings.json) return yield* print(text);
  const heading = `${styled("bold", `The month so far, as of ${CivilDate.toIso(answer.asOf)}`)}, in ${unitOf(answer.measure)}:`;
  yield* print(`${heading}\n\n${table<Standing>(standingColumns, answer.items)}`);
});
