import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Booking } from "../domain/Booking.ts";
import { findOwnBooking } from "./FindOwnBooking.ts";

export const GetBooking = Schema.Struct({ bookingId: BookingId }).annotate({ identifier: "GetBooking" });

/** One booking; a member sees its own. */
export const getBooking = UseCase.query(
  "GetBooking",
  { command: GetBooking, answer: Booking, first: () => Principal },
  function* ({ bookingId }) {
    return yield* findOwnBooking("booking:read", bookingId);
  },
);
