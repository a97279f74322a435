/** Who came and who did not: `zmos check-in`, `walk-in`, `no-show`, and taking them back. */
import { BookingId, type MovementEvent, SessionInstanceId } from "@zmos/core";
import type { Booking } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { findMember } from "../FindMember.ts";
import { bookingSentence } from "../output/BookingSentence.ts";
import { print } from "../output/Terminal.ts";
import { readId } from "../ReadId.ts";
import { readInstant } from "../ReadInstant.ts";
import type { Settings } from "../Settings.ts";
import { saidOf, type SeatOptions } from "./Seats.ts";

interface ArrivalOptions extends SeatOptions {
  readonly at?: string;
  readonly nonce?: string;
}

interface UndoOptions {
  readonly reason: string;
  readonly override?: string;
}

/** `zmos check-in BOOKING` */
export const checkIn = Effect.fn("checkIn")(function* (settings: Settings, booking: string, options: ArrivalOptions) {
  const bookingId = yield* readId(BookingId, booking, "a booking");
  const payload = yield* arrivalOf(options);
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.bookings.checkIn({ params: { bookingId }, payload, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : tellArrival(answer));
});

/** `zmos walk-in SESSION MEMBER` */
export const walkIn = Effect.fn("walkIn")(function* (
  settings: Settings,
  session: string,
  member: string,
  options: ArrivalOptions,
) {
  const sessionInstanceId = yield* readId(SessionInstanceId, session, "a session");
  const arrival = yield* arrivalOf(options);
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, member);
  const { answer, text } = yield* withText(
    api.rosters.walkIn({
      params: { sessionInstanceId },
      payload: { memberId, ...arrival },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : tellArrival(answer));
});

/** `zmos no-show BOOKING` */
export const noShow = Effect.fn("noShow")(function* (settings: Settings, booking: string) {
  const bookingId = yield* readId(BookingId, booking, "a booking");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.bookings.markNoShow({ params: { bookingId }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : bookingSentence(answer));
});

/** `zmos fee paid BOOKING` */
export const feePaid = Effect.fn("feePaid")(function* (settings: Settings, booking: string) {
  const bookingId = yield* readId(BookingId, booking, "a booking");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.bookings.recordFeePaid({ params: { bookingId }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : bookingSentence(answer));
});

/** `zmos undo check-in BOOKING` */
export const undoCheckIn = Effect.fn("undoCheckIn")(function* (
  settings: Settings,
  booking: string,
  { reason }: UndoOptions,
) {
  const bookingId = yield* readId(BookingId, booking, "a booking");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.bookings.undoCheckIn({ params: { bookingId }, payload: { reason }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : `${bookingSentence(answer)}; its movement is taken back`);
});

/** `zmos undo no-show BOOKING` */
export const undoNoShow = Effect.fn("undoNoShow")(function* (
  settings: Settings,
  booking: string,
  { reason, override }: UndoOptions,
) {
  const bookingId = yield* readId(BookingId, booking, "a booking");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.bookings.undoNoShow({
      params: { bookingId },
      payload: { reason, ...(override !== undefined && { override }) },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : bookingSentence(answer));
});

const arrivalOf = Effect.fnUntraced(function* ({ at, nonce, ...options }: ArrivalOptions) {
  return {
    ...(at !== undefined && { at: yield* readInstant(at, "--at") }),
    ...(nonce !== undefined && { nonce }),
    ...saidOf(options),
  };
});

const tellArrival = ({ booking, movementEvent }: { booking: Booking; movementEvent: MovementEvent }): string =>
  `${bookingSentence(booking)}; ${movementEvent.durationMinutes ?? 0} min of movement recorded`;
