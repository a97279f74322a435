import type { CivilDate } from "@zmos/core";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { bookSession, cancelBooking, checkIn, getBooking, listBookings } from "./UseCases.ts";

/** What a session's roster may refuse. */
const byTheRoster = [
  "NotFound",
  "AlreadyBooked",
  "BookingClosed",
  "BookingNotActive",
  "BookingNotOpen",
  "CancellationClosed",
  "CheckInClosed",
  "CheckInNotOpen",
  "SessionFull",
  "SessionNotScheduled",
] as const;

/** Who comes, and who came. */
export const Bookings = HttpApiGroup.make("bookings").add(
  HttpApiEndpoint.post("bookSession", "/bookings", {
    payload: bookSession.command,
    success: created(bookSession.answer),
    error: changing(...byTheRoster, "NotEntitled", "EntitlementUnknown"),
  }).annotateMerge(
    aboutCommand("Book a session", "Gives a member a seat. A member books for itself, staff for anybody.", {
      memberId: "01a0a1f4-0000-7000-8000-000000000004",
      sessionInstanceId: "01a0a1f4-0000-7000-8000-000000000003",
    }),
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
    params: checkIn.command,
    success: checkIn.answer,
    error: changing(...byTheRoster),
  }).annotateMerge(
    aboutCommand("Check a member in", "The member is here: the booking is checked in, and the movement is recorded."),
  ),
  HttpApiEndpoint.post("cancelBooking", "/bookings/:bookingId/cancel", {
    params: cancelBooking.command,
    success: cancelBooking.answer,
    error: changing(...byTheRoster),
  }).annotateMerge(aboutCommand("Cancel a booking", "Gives the seat back.")),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
