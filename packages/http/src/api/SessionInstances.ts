import type { CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { changeSession, getSessionInstance, listSessionInstances, scheduleSession } from "./UseCases.ts";

/** The timetable: one dated occurrence of a session type each. */
export const SessionInstances = HttpApiGroup.make("session-instances").add(
  HttpApiEndpoint.post("scheduleSession", "/session-instances", {
    payload: scheduleSession.command,
    success: created(scheduleSession.answer),
    error: changing(
      "NotFound",
      "SessionTimesImpossible",
      "InstructorInactive",
      "RoomElsewhere",
      "RoomTooSmall",
      "ScheduleConflict",
    ),
  }).annotateMerge(
    aboutCommand(
      "Schedule a session",
      "Puts one session on the timetable; end and capacity follow its type unless told.",
      {
        sessionTypeId: "01a0a1f4-0000-7000-8000-000000000002",
        locationId: "01a0a1f4-0000-7000-8000-000000000001",
        startTime: "2026-12-01T06:00:00+03:00",
      },
    ),
  ),
  HttpApiEndpoint.get("listSessionInstances", "/session-instances", {
    query: listSessionInstances.command,
    success: listSessionInstances.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about(
      "Read the timetable",
      "Sessions in order of start, from `from` on and before `to`. With `memberId`, each says whether the member may book it or wait for it, and why not.",
    ),
  ),
  HttpApiEndpoint.get("getSessionInstance", "/session-instances/:sessionInstanceId", {
    params: getSessionInstance.command,
    success: getSessionInstance.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a session", "One session of the timetable, with its seats taken.")),
  HttpApiEndpoint.post("changeSession", "/session-instances/:sessionInstanceId/changes", {
    params: changeSession.command.mapFields(Struct.pick(["sessionInstanceId"])),
    payload: changeSession.command.mapFields(Struct.omit(["sessionInstanceId"])),
    success: changeSession.answer,
    error: changing(
      "NotFound",
      "SessionNotScheduled",
      "SessionTimesImpossible",
      "InstructorInactive",
      "RoomElsewhere",
      "RoomTooSmall",
      "ScheduleConflict",
    ),
  }).annotateMerge(
    aboutCommand(
      "Change a session",
      "Its time, its room, its instructor (a substitute); `null` takes the room or the instructor away. Bookings stay.",
      {
        startTime: "2026-12-01T06:30:00+03:00",
        instructorId: "01a0a1f4-0000-7000-8000-000000000008",
        roomId: "01a0a1f4-0000-7000-8000-000000000007",
      },
    ),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
