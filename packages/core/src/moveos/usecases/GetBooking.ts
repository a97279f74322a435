import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { Booking } from "../domain/Booking.ts";
import { findOwnBooking } from "./findOwnBooking.ts";

export const GetBooking = Schema.Struct({ bookingId: BookingId }).annotate({ identifier: "GetBooking" });

/** One booking; a member sees its own. */
export const getBooking = useCase("GetBooking", { command: GetBooking, answer: Booking }, function* ({ bookingId }) {
  const { tenantId } = yield* Principal;
  const units = yield* UnitOfWork;
  return yield* units.read(tenantId, findOwnBooking("booking:read", bookingId));
});
