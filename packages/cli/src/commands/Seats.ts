/** `zmos book` and `zmos cancel`: taking a seat and giving it back. */
import { BookingId, SessionInstanceId } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { findMember } from "../FindMember.ts";
import { bookingSentence } from "../output/BookingSentence.ts";
import { print } from "../output/Terminal.ts";
import { readId } from "../ReadId.ts";
import type { Settings } from "../Settings.ts";

export interface SeatOptions {
  readonly acknowledge?: boolean;
  readonly override?: string;
}

/** What of a request the options say. */
export const saidOf = ({ acknowledge, override }: SeatOptions) => ({
  ...(acknowledge === true && { acknowledged: true }),
  ...(override !== undefined && { override }),
});

/** `zmos book SESSION MEMBER` */
export const book = Effect.fn("book")(function* (
  settings: Settings,
  session: string,
  member: string,
  options: SeatOptions,
) {
  const sessionInstanceId = yield* readId(SessionInstanceId, session, "a session");
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, member);
  const { answer, text } = yield* withText(
    api.bookings.bookSession({
      payload: { memberId, sessionInstanceId, ...saidOf(options) },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : bookingSentence(answer));
});

/** `zmos cancel BOOKING` */
export const cancel = Effect.fn("cancel")(function* (settings: Settings, booking: string, options: SeatOptions) {
  const bookingId = yield* readId(BookingId, booking, "a booking");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.bookings.cancelBooking({
      params: { bookingId },
      payload: options.override === undefined ? {} : { override: options.override },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : bookingSentence(answer));
});
