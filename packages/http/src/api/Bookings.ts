import type { CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { byTheRoster } from "./ByTheRoster.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import {
  bookSession,
  cancelBooking,
  checkIn,
  getBooking,
  listBookings,
  markNoShow,
  recordFeePaid,
  undoCheckIn,
  undoNoShow,
} from "./UseCases.ts";

/** Who comes, and who came. */
export const Bookings = HttpApiGroup.make("bookings").add(
  HttpApiEndpoint.post("bookSession", "/bookings", {
    payload: bookSession.command,
    success: created(bookSession.answer),
    error: changing(...byTheRoster.Book),
  }).annotateMerge(
    aboutCommand(
      "Book a session",
      "Gives a member a seat. A member books for itself, staff for anybody. `acknowledged`: it comes knowing what the session is advised " +
        "against for. `override` (booking:override): why time, cover and capacity are set aside.",
      {
        memberId: "01a0a1f4-0000-7000-8000-000000000004",
        sessionInstanceId: "01a0a1f4-0000-7000-8000-000000000003",
      },
    ),
  ),
  HttpApiEndpoint.get("listBookings", "/bookings", {
    query: listBookings.command,
    success: listBookings.answer,
    error: reading(),
  }).annotateMerge(about("List bookings", "Bookings, oldest first: of a member, of a session, or all.")),
  HttpApiEndpoint.get("getBooking", "/bookings/:bookingId", {
    params: getBooking.command,
    success: getBooking.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get a booking", "One booking; a member sees its own.")),
  HttpApiEndpoint.post("checkIn", "/bookings/:bookingId/check-in", {
    params: checkIn.command.mapFields(Struct.pick(["bookingId"])),
    payload: checkIn.command.mapFields(Struct.omit(["bookingId"])),
    success: checkIn.answer,
    error: changing(...byTheRoster.CheckIn),
  }).annotateMerge(
    aboutCommand(
      "Check a member in",
      "The member is here: the booking is checked in, and the movement is recorded. A device that was offline says when it saw the member " +
        "(`at`), and names the arrival (`nonce`), so that telling it again does nothing more.",
      { nonce: "door-2:000481" },
    ),
  ),
  HttpApiEndpoint.post("undoCheckIn", "/bookings/:bookingId/undo-check-in", {
    params: undoCheckIn.command.mapFields(Struct.pick(["bookingId"])),
    payload: undoCheckIn.command.mapFields(Struct.omit(["bookingId"])),
    success: undoCheckIn.answer,
    error: changing(...byTheRoster.UndoCheckIn),
  }).annotateMerge(
    aboutCommand(
      "Take a check-in back",
      "The movement goes with it, and so do streaks and scores that it made; the booking stands again, and a walk-in is gone.",
      { reason: "It was her sister." },
    ),
  ),
  HttpApiEndpoint.post("markNoShow", "/bookings/:bookingId/no-show", {
    params: markNoShow.command,
    success: markNoShow.answer,
    error: changing(...byTheRoster.MarkNoShow),
  }).annotateMerge(
    aboutCommand(
      "Mark a no-show",
      "The member did not come, once the session has started: it costs what the policy says.",
    ),
  ),
  HttpApiEndpoint.post("undoNoShow", "/bookings/:bookingId/undo-no-show", {
    params: undoNoShow.command.mapFields(Struct.pick(["bookingId"])),
    payload: undoNoShow.command.mapFields(Struct.omit(["bookingId"])),
    success: undoNoShow.answer,
    error: changing(...byTheRoster.UndoNoShow),
  }).annotateMerge(
    aboutCommand(
      "Take a no-show back",
      "The seat is the member's again, and what it cost is given back. `override` (booking:override): though the session is full by now.",
      { reason: "She was there; the scanner was not." },
    ),
  ),
  HttpApiEndpoint.post("recordFeePaid", "/bookings/:bookingId/fee-paid", {
    params: recordFeePaid.command,
    success: recordFeePaid.answer,
    error: changing(...byTheRoster.RecordFeePaid),
  }).annotateMerge(
    aboutCommand(
      "Record that a fee is paid",
      "What a late cancellation or a no-show put on the member's account, or what was declined, is paid at the desk. Staff only.",
    ),
  ),
  HttpApiEndpoint.post("cancelBooking", "/bookings/:bookingId/cancel", {
    params: cancelBooking.command.mapFields(Struct.pick(["bookingId"])),
    payload: cancelBooking.command.mapFields(Struct.omit(["bookingId"])),
    success: cancelBooking.answer,
    error: changing(...byTheRoster.Cancel),
  }).annotateMerge(
    aboutCommand(
      "Cancel a booking",
      "Gives the seat back, to who waits; late, it costs what the policy says. `override` (booking:override): whatever the time, and for nothing.",
      {},
    ),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
