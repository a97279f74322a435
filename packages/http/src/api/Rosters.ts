import type { CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { byTheRoster } from "./ByTheRoster.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import {
  acceptOffer,
  cancelSession,
  changeCapacity,
  completeSession,
  declineOffer,
  getRoster,
  getWaitlist,
  joinWaitlist,
  leaveWaitlist,
  promoteFromWaitlist,
  walkIn,
} from "./UseCases.ts";

/** One session's seats, the line for them, and the door. */
export const Rosters = HttpApiGroup.make("rosters").add(
  HttpApiEndpoint.get("getRoster", "/session-instances/:sessionInstanceId/roster", {
    params: getRoster.command,
    success: getRoster.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("Read a roster", "Who holds a seat, how it is paid and what it cost, and who waits, in order. For staff."),
  ),
  HttpApiEndpoint.post("walkIn", "/session-instances/:sessionInstanceId/walk-ins", {
    params: walkIn.command.mapFields(Struct.pick(["sessionInstanceId"])),
    payload: walkIn.command.mapFields(Struct.omit(["sessionInstanceId"])),
    success: created(walkIn.answer),
    error: changing(...byTheRoster.WalkIn),
  }).annotateMerge(
    aboutCommand(
      "Let a member in without a booking",
      "Seat, check-in and movement at once, if the door is open and a seat is free that nobody before in line may claim.",
      { memberId: "01a0a1f4-0000-7000-8000-000000000004", nonce: "door-2:000482" },
    ),
  ),
  HttpApiEndpoint.post("changeCapacity", "/session-instances/:sessionInstanceId/capacity", {
    params: changeCapacity.command.mapFields(Struct.pick(["sessionInstanceId"])),
    payload: changeCapacity.command.mapFields(Struct.omit(["sessionInstanceId"])),
    success: changeCapacity.answer,
    error: changing(...byTheRoster.ChangeCapacity),
  }).annotateMerge(
    aboutCommand(
      "Change how many may come",
      "More seats go to who waits; fewer than are taken are refused, or who booked last waits again, as the policy says.",
      { capacity: 14, reason: "Two more mats." },
    ),
  ),
  HttpApiEndpoint.post("cancelSession", "/session-instances/:sessionInstanceId/cancel", {
    params: cancelSession.command.mapFields(Struct.pick(["sessionInstanceId"])),
    payload: cancelSession.command.mapFields(Struct.omit(["sessionInstanceId"])),
    success: cancelSession.answer,
    error: changing(...byTheRoster.CancelSession),
  }).annotateMerge(
    aboutCommand(
      "Call a session off",
      "Every booking is cancelled and costs nothing, the line is closed, and everybody is told.",
      { reason: "The coach is ill." },
    ),
  ),
  HttpApiEndpoint.post("completeSession", "/session-instances/:sessionInstanceId/complete", {
    params: completeSession.command,
    success: completeSession.answer,
    error: changing(...byTheRoster.CompleteSession),
  }).annotateMerge(
    aboutCommand(
      "Complete a session",
      "The session is over, once its end has come; by itself it is completed when its door closes.",
    ),
  ),
  HttpApiEndpoint.get("getWaitlist", "/session-instances/:sessionInstanceId/waitlist", {
    params: getWaitlist.command,
    success: getWaitlist.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("Read a waitlist", "Who waits, in order, each with the reason for having no seat yet, in words. For staff."),
  ),
  HttpApiEndpoint.post("joinWaitlist", "/session-instances/:sessionInstanceId/waitlist", {
    params: joinWaitlist.command.mapFields(Struct.pick(["sessionInstanceId"])),
    payload: joinWaitlist.command.mapFields(Struct.omit(["sessionInstanceId"])),
    success: created(joinWaitlist.answer),
    error: changing(...byTheRoster.JoinWaitlist),
  }).annotateMerge(
    aboutCommand(
      "Join a waitlist",
      "Puts a member in line for a session that is full. `priority` (booking:override): lower goes first.",
      { memberId: "01a0a1f4-0000-7000-8000-000000000004" },
    ),
  ),
  HttpApiEndpoint.post("leaveWaitlist", "/waitlist-entries/:waitlistEntryId/leave", {
    params: leaveWaitlist.command,
    success: leaveWaitlist.answer,
    error: changing(...byTheRoster.LeaveWaitlist),
  }).annotateMerge(aboutCommand("Leave a waitlist", "Takes a member out of line.")),
  HttpApiEndpoint.post("acceptOffer", "/waitlist-entries/:waitlistEntryId/accept", {
    params: acceptOffer.command,
    success: acceptOffer.answer,
    error: changing(...byTheRoster.AcceptOffer),
  }).annotateMerge(
    aboutCommand("Accept an offered seat", "The seat is the member's, under the id that its place in line had."),
  ),
  HttpApiEndpoint.post("declineOffer", "/waitlist-entries/:waitlistEntryId/decline", {
    params: declineOffer.command,
    success: declineOffer.answer,
    error: changing(...byTheRoster.DeclineOffer),
  }).annotateMerge(aboutCommand("Decline an offered seat", "The seat goes to the next in line.")),
  HttpApiEndpoint.post("promoteFromWaitlist", "/waitlist-entries/:waitlistEntryId/promote", {
    params: promoteFromWaitlist.command.mapFields(Struct.pick(["waitlistEntryId"])),
    payload: promoteFromWaitlist.command.mapFields(Struct.omit(["waitlistEntryId"])),
    success: promoteFromWaitlist.answer,
    error: changing(...byTheRoster.Promote),
  }).annotateMerge(
    aboutCommand(
      "Give somebody in line a seat",
      "Out of turn, by staff, with a reason; where no seat is free, the capacity is raised by one.",
      { reason: "We had promised her the seat." },
    ),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
