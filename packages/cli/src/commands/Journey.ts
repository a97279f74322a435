/** `zmos journey list | create | enroll | enrollments | summary`: programmes of movement and who is on them. */
import {
  CivilDate,
  CreateJourney,
  type EnrollmentLine,
  JourneyEnrollmentId,
  type JourneySummary,
  type MovementJourney,
  MovementJourneyId,
} from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { readRule } from "../evaluate/RuleFiles.ts";
import { findMember } from "../FindMember.ts";
import { type Column, table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { amount, percent, words } from "../output/Words.ts";
import { readId } from "../ReadId.ts";
import { BadInput } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";
import { asOfQuery } from "./AsOf.ts";

/** `zmos journey list` */
export const listJourneys = Effect.fn("listJourneys")(function* (settings: Settings) {
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.journeys.listJourneys({ query: { limit: 100 }, responseMode: "decoded-and-response" }),
  );
  if (settings.json) return yield* print(text);
  if (answer.items.length === 0) return yield* print("No journey has been written yet.");
  yield* print(
    table<MovementJourney>(
      [
        { title: "Journey", of: ({ name }) => name },
        { title: "Weeks", align: "right", of: ({ durationWeeks }) => String(durationWeeks) },
        { title: "Status", of: ({ status }) => status },
        { title: "Id", of: ({ id }) => id, isWhole: true },
      ],
      answer.items,
    ),
  );
});

/** `zmos journey create FILE` */
export const createJourney = Effect.fn("createJourney")(function* (settings: Settings, file: string) {
  const payload = yield* readRule(file, CreateJourney, "a journey");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.journeys.createJourney({ payload, responseMode: "decoded-and-response" }),
  );
  const { id, name, durationWeeks } = answer;
  yield* print(settings.json ? text : `${styled("bold", name)}, ${weeks(durationWeeks)}: journey ${id}`);
});

/** `zmos journey enroll JOURNEY MEMBER` */
export const enroll = Effect.fn("enroll")(function* (
  settings: Settings,
  journey: string,
  member: string,
  { from }: { readonly from?: string },
) {
  const journeyId = yield* readId(MovementJourneyId, journey, "a journey");
  const startDate = from === undefined ? undefined : CivilDate.fromIso(from);
  if (from !== undefined && startDate === undefined) {
    return yield* new BadInput({ detail: `${from} is not a calendar day like 2026-03-07. Change --from.` });
  }
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, member);
  const { answer, text } = yield* withText(
    api.journeys.enrolMember({
      params: { journeyId },
      payload: { memberId, ...(startDate !== undefined && { startDate }) },
      responseMode: "decoded-and-response",
    }),
  );
  const { id, startDate: startsOn } = answer;
  yield* print(
    settings.json ? text : `${styled("bold", "enrolled")} from ${CivilDate.toIso(startsOn)}: enrolment ${id}`,
  );
});

/** `zmos journey enrollments JOURNEY` */
export const listEnrollments = Effect.fn("listEnrollments")(function* (
  settings: Settings,
  journey: string,
  { asOf }: { readonly asOf?: string },
) {
  const journeyId = yield* readId(MovementJourneyId, journey, "a journey");
  const query = yield* asOfQuery(asOf);
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.journeys.listEnrollments({
      params: { journeyId },
      query: { limit: 100, ...query },
      responseMode: "decoded-and-response",
    }),
  );
  if (settings.json) return yield* print(text);
  yield* print(answer.items.length === 0 ? "Nobody is on it yet." : table(enrollmentColumns, answer.items));
});

/** `zmos journey summary JOURNEY ENROLMENT` */
export const summary = Effect.fn("summary")(function* (
  settings: Settings,
  journey: string,
  enrollment: string,
  { asOf }: { readonly asOf?: string },
) {
  const journeyId = yield* readId(MovementJourneyId, journey, "a journey");
  const enrollmentId = yield* readId(JourneyEnrollmentId, enrollment, "an enrolment");
  const query = yield* asOfQuery(asOf);
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.journeys.getEnrollmentSummary({
      params: { journeyId, enrollmentId },
      query,
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : tellSummary(answer));
});

const weeks = (count: number): string => (count === 1 ? "1 week" : `${count} weeks`);

const enrollmentColumns: ReadonlyArray<Column<EnrollmentLine>> = [
  { title: "Member", of: ({ member }) => `${member.firstName} ${member.lastName}` },
  { title: "Status", of: ({ enrollment }) => enrollment.status },
  {
    title: "Week",
    align: "right",
    of: ({ currentWeek, completion }) => `${currentWeek ?? "–"} of ${completion.weeksTotal}`,
  },
  { title: "Score", align: "right", of: ({ score }) => percent(score) },
  { title: "Standing", of: ({ standing }) => (standing === undefined ? "" : words(standing)) },
  { title: "Streak", align: "right", of: ({ weekStreak }) => String(weekStreak.current) },
  { title: "Flags", of: ({ proposedFlags }) => proposedFlags.map(({ kind }) => words(kind)).join(", ") },
  { title: "Id", of: ({ enrollment }) => enrollment.id, isWhole: true },
];

type Week = JourneySummary["weeks"][number];

const weekColumns: ReadonlyArray<Column<Week>> = [
  { title: "Week", align: "right", of: ({ number }) => String(number) },
  { title: "From", of: ({ from }) => CivilDate.toIso(from) },
  { title: "To", of: ({ to }) => CivilDate.toIso(to) },
  {
    title: "Goals",
    of: ({ goals }) =>
      goals.map(({ goal, actual, target }) => `${amount(actual)} of ${amount(target)} ${goal}`).join(", "),
  },
  { title: "Adherence", align: "right", of: ({ adherence }) => percent(adherence) },
  { title: "", of: ({ status }) => status },
];

const tellSummary = (told: JourneySummary): string => {
  const { journeyName, status, asOf, explanation, dueNext } = told;
  return [
    `${styled("bold", journeyName)}, ${status}, as of ${CivilDate.toIso(asOf)}`,
    explanation,
    "",
    table(weekColumns, told.weeks),
    ...(dueNext.length === 0 ? [] : ["", `Next   ${dueNext.map(({ dueOn }) => CivilDate.toIso(dueOn)).join(", ")}`]),
  ].join("\n");
};
