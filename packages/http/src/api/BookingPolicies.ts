import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { getBookingPolicy, overrideBookingPolicy, setBookingPolicy } from "./UseCases.ts";

/** Who may book, cancel, wait and come, when, and what it costs. */
export const BookingPolicies = HttpApiGroup.make("booking-policy").add(
  HttpApiEndpoint.get("getBookingPolicy", "/booking-policy", {
    success: getBookingPolicy.answer,
    error: reading(),
  }).annotateMerge(
    about("Get the booking policy", "The tenant's policy, or the default one, and what kinds of session do otherwise."),
  ),
  HttpApiEndpoint.post("setBookingPolicy", "/booking-policy", {
    payload: setBookingPolicy.command,
    success: created(setBookingPolicy.answer),
    error: changing(),
  }).annotateMerge(
    aboutCommand(
      "Set the booking policy",
      "The whole policy, from now on; what was decided before stays. A test of it offline: `zmos policy check FILE`.",
      {
        access: "memberships",
        booking: { opens: { weeksBefore: 1, weekday: 1, at: "12:00" }, closes: { minutesBeforeStart: 0 } },
        seatsKeptForDesk: 2,
        overlap: "refuse",
        cancellation: {
          freeUntil: { daysBefore: 1, at: "20:00" },
          closes: { minutesBeforeStart: 0 },
          late: { credit: "lose" },
          isForgivenIfRefilled: true,
        },
        noShow: {
          automaticMinutesAfterStart: 15,
          consequence: { credit: "lose", fee: { minorUnits: 50_000, currency: "KES" } },
        },
        waitlist: {
          limit: 10,
          joinUntil: { minutesBeforeStart: 0 },
          promoteUntil: { minutesBeforeStart: 60 },
          promotion: { kind: "offer", minutesToAccept: 30 },
          creditOn: "promotion",
          unentitled: "skip",
          standby: "first_come",
        },
        checkIn: { opensMinutesBeforeStart: 30, closesMinutesAfterEnd: 120 },
        whenCapacityLowered: "last_booked_waits",
        contraindications: "acknowledge",
        whenEligibilityUnknown: "refuse",
      },
    ),
  ),
  HttpApiEndpoint.post("overrideBookingPolicy", "/session-types/:sessionTypeId/booking-policy", {
    params: overrideBookingPolicy.command.mapFields(Struct.pick(["sessionTypeId"])),
    payload: overrideBookingPolicy.command.mapFields(Struct.omit(["sessionTypeId"])),
    success: created(overrideBookingPolicy.answer),
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand(
      "Let a kind of session do otherwise",
      "Whole sections of the policy, each in place of the tenant's; with an empty override, the tenant's policy holds again.",
      { override: { seatsKeptForDesk: 0, contraindications: "refuse" } },
    ),
  ),
);
