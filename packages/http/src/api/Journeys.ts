import type { CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import {
  archiveJourney,
  completeEnrollment,
  createJourney,
  dropEnrollment,
  enrolMember,
  getEnrollmentSummary,
  getJourney,
  listEnrollments,
  listFlags,
  listJourneys,
  listMemberEnrollments,
  pauseEnrollment,
  raiseFlag,
  resolveFlag,
  resumeEnrollment,
} from "./UseCases.ts";

/** What a change of an enrolment may refuse. */
const byTheEnrollment = ["NotFound", "EnrollmentStatusForbids", "EnrollmentDayImpossible"] as const;

/** Programmes of movement: what they ask for, who is on them, how it goes, who needs looking after. */
export const Journeys = HttpApiGroup.make("journeys").add(
  HttpApiEndpoint.post("createJourney", "/journeys", {
    payload: createJourney.command,
    success: created(createJourney.answer),
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand(
      "Write a journey",
      "Weeks that ask for sessions, minutes and prescribed items; `phases`, where given, add up to `durationWeeks`.",
      {
        name: "Back to the hills",
        description: "Eight weeks from the sofa to Ngong",
        durationWeeks: 8,
        targetGoals: { sessionsPerWeek: 3, minutesPerWeek: 150, focusAreas: ["endurance"] },
        phases: [
          { weeks: 2, sessionsPerWeek: 2, minutesPerWeek: 60 },
          {
            weeks: 6,
            prescriptions: [
              { dayOfWeek: 3, sessionTypeId: "01a0a1f4-0000-7000-8000-000000000002" },
              { dayOfWeek: 6, tileId: "01a0a1f4-0000-7000-8000-000000000009" },
            ],
          },
        ],
        standingThresholds: { onTrackFrom: 0.8, atRiskFrom: 0.5 },
      },
    ),
  ),
  HttpApiEndpoint.get("listJourneys", "/journeys", {
    query: listJourneys.command,
    success: listJourneys.answer,
    error: reading(),
  }).annotateMerge(about("List journeys", "The tenant's journeys, oldest first.")),
  HttpApiEndpoint.get("getJourney", "/journeys/:journeyId", {
    params: getJourney.command,
    success: getJourney.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a journey", "One journey, with what each of its phases asks for.")),
  HttpApiEndpoint.post("archiveJourney", "/journeys/:journeyId/archive", {
    params: archiveJourney.command,
    success: archiveJourney.answer,
    error: changing("NotFound"),
  }).annotateMerge(aboutCommand("Archive a journey", "It takes no new members; who is on it goes on.")),
  HttpApiEndpoint.post("enrolMember", "/journeys/:journeyId/enrollments", {
    params: enrolMember.command.mapFields(Struct.pick(["journeyId"])),
    payload: enrolMember.command.mapFields(Struct.omit(["journeyId"])),
    success: created(enrolMember.answer),
    error: changing("NotFound", "JourneyNotActive", "AlreadyEnrolled"),
  }).annotateMerge(
    aboutCommand("Enrol a member", "From `startDate`, or today where the member lives. A member may enrol itself.", {
      memberId: "01a0a1f4-0000-7000-8000-000000000004",
      startDate: "2026-11-16",
    }),
  ),
  HttpApiEndpoint.get("listEnrollments", "/journeys/:journeyId/enrollments", {
    params: listEnrollments.command.mapFields(Struct.pick(["journeyId"])),
    query: listEnrollments.command.mapFields(Struct.omit(["journeyId"])),
    success: listEnrollments.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("List enrolments", "Who is on the journey: standing, adherence, current week, streaks, flags. For coaches."),
  ),
  HttpApiEndpoint.get("getEnrollmentSummary", "/journeys/:journeyId/enrollments/:enrollmentId/summary", {
    params: getEnrollmentSummary.command.mapFields(Struct.pick(["journeyId", "enrollmentId"])),
    query: getEnrollmentSummary.command.mapFields(Struct.omit(["journeyId", "enrollmentId"])),
    success: getEnrollmentSummary.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about(
      "Get a journey summary",
      "Each week's targets, what was done and its share of the score; standing, what is due next, and why. A member sees its own.",
    ),
  ),
  HttpApiEndpoint.post("pauseEnrollment", "/journeys/:journeyId/enrollments/:enrollmentId/pause", {
    params: pauseEnrollment.command.mapFields(Struct.pick(["journeyId", "enrollmentId"])),
    payload: pauseEnrollment.command.mapFields(Struct.omit(["journeyId", "enrollmentId"])),
    success: pauseEnrollment.answer,
    error: changing(...byTheEnrollment),
  }).annotateMerge(
    aboutCommand("Pause an enrolment", "From `from`, today or earlier; the weeks that remain move back. Staff only.", {
      from: "2026-11-20",
    }),
  ),
  HttpApiEndpoint.post("resumeEnrollment", "/journeys/:journeyId/enrollments/:enrollmentId/resume", {
    params: resumeEnrollment.command.mapFields(Struct.pick(["journeyId", "enrollmentId"])),
    payload: resumeEnrollment.command.mapFields(Struct.omit(["journeyId", "enrollmentId"])),
    success: resumeEnrollment.answer,
    error: changing(...byTheEnrollment),
  }).annotateMerge(
    aboutCommand("Resume an enrolment", "`on` is the first day that counts again, today or earlier. Staff only.", {
      on: "2026-11-27",
    }),
  ),
  HttpApiEndpoint.post("completeEnrollment", "/journeys/:journeyId/enrollments/:enrollmentId/complete", {
    params: completeEnrollment.command.mapFields(Struct.pick(["journeyId", "enrollmentId"])),
    payload: completeEnrollment.command.mapFields(Struct.omit(["journeyId", "enrollmentId"])),
    success: completeEnrollment.answer,
    error: changing(...byTheEnrollment),
  }).annotateMerge(
    aboutCommand("Complete an enrolment", "`on` is its last day, today or earlier; the score is kept. Staff only.", {
      on: "2026-11-20",
    }),
  ),
  HttpApiEndpoint.post("dropEnrollment", "/journeys/:journeyId/enrollments/:enrollmentId/drop", {
    params: dropEnrollment.command.mapFields(Struct.pick(["journeyId", "enrollmentId"])),
    payload: dropEnrollment.command.mapFields(Struct.omit(["journeyId", "enrollmentId"])),
    success: dropEnrollment.answer,
    error: changing(...byTheEnrollment),
  }).annotateMerge(
    aboutCommand("Drop an enrolment", "`on` is its last day, today or earlier. A member may drop out itself.", {
      on: "2026-11-20",
    }),
  ),
  HttpApiEndpoint.get("listMemberEnrollments", "/members/:memberId/enrollments", {
    params: listMemberEnrollments.command.mapFields(Struct.pick(["memberId"])),
    query: listMemberEnrollments.command.mapFields(Struct.omit(["memberId"])),
    success: listMemberEnrollments.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("List a member's enrolments", "The journeys a member is or was on; a member lists its own.")),
  HttpApiEndpoint.post("raiseFlag", "/journeys/:journeyId/enrollments/:enrollmentId/flags", {
    params: raiseFlag.command.mapFields(Struct.pick(["journeyId", "enrollmentId"])),
    payload: raiseFlag.command.mapFields(Struct.omit(["journeyId", "enrollmentId"])),
    success: created(raiseFlag.answer),
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand("Raise a flag", "Somebody should look after this member. `kind` names a proposal that is taken up.", {
      kind: "no_movement",
      reason: "Has not come for two weeks; call her.",
    }),
  ),
  HttpApiEndpoint.get("listFlags", "/journeys/:journeyId/flags", {
    params: listFlags.command.mapFields(Struct.pick(["journeyId"])),
    query: listFlags.command.mapFields(Struct.omit(["journeyId"])),
    success: listFlags.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("List flags", "Flags raised and resolved, oldest first; and, on the first page, those that are proposed."),
  ),
  HttpApiEndpoint.post("resolveFlag", "/journeys/:journeyId/flags/:flagId/resolve", {
    params: resolveFlag.command.mapFields(Struct.pick(["journeyId", "flagId"])),
    payload: resolveFlag.command.mapFields(Struct.omit(["journeyId", "flagId"])),
    success: resolveFlag.answer,
    error: changing("NotFound", "FlagAlreadyResolved"),
  }).annotateMerge(
    aboutCommand("Resolve a flag", "Somebody looked after it.", { resolution: "Called; she is back on Monday." }),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
