import type { CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import {
  changeSchedule,
  createSchedule,
  extendSchedules,
  getSchedule,
  listScheduledBlocks,
  listSchedules,
  previewSchedule,
} from "./UseCases.ts";

const spin = {
  sessionTypeId: "01a0a1f4-0000-7000-8000-000000000002",
  locationId: "01a0a1f4-0000-7000-8000-000000000001",
  roomId: "01a0a1f4-0000-7000-8000-000000000007",
  instructorId: "01a0a1f4-0000-7000-8000-000000000008",
  startsOn: "2026-12-01",
  startsAt: "06:30",
  rrule: "FREQ=WEEKLY;BYDAY=MO,TH",
};

/** Sessions that recur. */
export const Schedules = HttpApiGroup.make("schedules").add(
  HttpApiEndpoint.post("createSchedule", "/schedules", {
    payload: createSchedule.command,
    success: created(createSchedule.answer),
    error: changing(
      "NotFound",
      "RecurrenceInvalid",
      "TooFarAhead",
      "InstructorInactive",
      "RoomElsewhere",
      "RoomTooSmall",
      "ScheduleConflict",
      "RecurrenceNotInstalled",
    ),
  }).annotateMerge(
    aboutCommand(
      "Schedule a series",
      "Recurs by an RRULE (RFC 5545) at a time of the wall clock. Its sessions are made eight weeks ahead, all or none.",
      spin,
    ),
  ),
  HttpApiEndpoint.post("previewSchedule", "/schedules/preview", {
    payload: previewSchedule.command,
    success: previewSchedule.answer,
    error: changing(
      "NotFound",
      "RecurrenceInvalid",
      "TooFarAhead",
      "InstructorInactive",
      "RoomElsewhere",
      "RoomTooSmall",
      "RecurrenceNotInstalled",
    ),
  }).annotateMerge(
    aboutCommand("Preview a series", "The sessions it would have, and what is in their way. Keeps nothing.", spin),
  ),
  HttpApiEndpoint.post("extendSchedules", "/schedules/extend", {
    payload: extendSchedules.command,
    success: extendSchedules.answer,
    error: changing("RecurrenceInvalid", "TooFarAhead", "RecurrenceNotInstalled"),
  }).annotateMerge(
    aboutCommand(
      "Extend all series",
      "Puts every series on the timetable up to a day, eight weeks from today unless told. Done again, it adds nothing.",
      {},
    ),
  ),
  HttpApiEndpoint.get("listSchedules", "/schedules", {
    query: listSchedules.command,
    success: listSchedules.answer,
    error: reading(),
  }).annotateMerge(about("List series", "The tenant's series, oldest first; or those of a location.")),
  HttpApiEndpoint.get("getSchedule", "/schedules/:scheduleId", {
    params: getSchedule.command,
    success: getSchedule.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a series", "One series.")),
  HttpApiEndpoint.post("changeSchedule", "/schedules/:scheduleId/changes", {
    params: changeSchedule.command.mapFields(Struct.pick(["scheduleId"])),
    payload: changeSchedule.command.mapFields(Struct.omit(["scheduleId"])),
    success: changeSchedule.answer,
    error: changing(
      "NotFound",
      "RecurrenceInvalid",
      "NoSuchOccurrence",
      "InstructorInactive",
      "RoomElsewhere",
      "RoomTooSmall",
      "SessionHasBookings",
      "ScheduleConflict",
      "RecurrenceNotInstalled",
    ),
  }).annotateMerge(
    aboutCommand(
      "Change a series",
      "All sessions to come, or those `following` a day, which then are a series of their own. Bookings move along.",
      { scope: "following", from: "2026-12-14", startsAt: "07:00", instructorId: spin.instructorId },
    ),
  ),
  HttpApiEndpoint.get("listScheduledBlocks", "/scheduled-blocks", {
    query: listScheduledBlocks.command,
    success: listScheduledBlocks.answer,
    error: reading(),
  }).annotateMerge(
    about("List scheduled blocks", "When an instructor or a room is taken; two weeks from now unless told."),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
