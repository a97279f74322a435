/** `zmos waitlist join | leave | accept | decline | promote`: the line for a session's seats. */
import { BookingId, SessionInstanceId, type WaitlistEntry } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { findMember } from "../FindMember.ts";
import { bookingSentence } from "../output/BookingSentence.ts";
import { print, styled } from "../output/Terminal.ts";
import { readId } from "../ReadId.ts";
import type { Settings } from "../Settings.ts";

interface JoinOptions {
  readonly acknowledge?: boolean;
  readonly priority?: number;
}

/** `zmos waitlist join SESSION MEMBER` */
export const join = Effect.fn("join")(function* (
  settings: Settings,
  session: string,
  member: string,
  { acknowledge, priority }: JoinOptions,
) {
  const sessionInstanceId = yield* readId(SessionInstanceId, session, "a session");
  const api = yield* openApi(settings);
  const memberId = yield* findMember(api, member);
  const { answer, text } = yield* withText(
    api.rosters.joinWaitlist({
      params: { sessionInstanceId },
      payload: {
        memberId,
        ...(acknowledge === true && { acknowledged: true }),
        ...(priority !== undefined && { priority }),
      },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : placeSentence(answer));
});

/** `zmos waitlist leave PLACE` */
export const leave = Effect.fn("leave")(function* (settings: Settings, place: string) {
  const waitlistEntryId = yield* readId(BookingId, place, "a place in line");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.rosters.leaveWaitlist({ params: { waitlistEntryId }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : placeSentence(answer));
});

/** `zmos waitlist accept PLACE` */
export const accept = Effect.fn("accept")(function* (settings: Settings, place: string) {
  const waitlistEntryId = yield* readId(BookingId, place, "a place in line");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.rosters.acceptOffer({ params: { waitlistEntryId }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : bookingSentence(answer));
});

/** `zmos waitlist decline PLACE` */
export const decline = Effect.fn("decline")(function* (settings: Settings, place: string) {
  const waitlistEntryId = yield* readId(BookingId, place, "a place in line");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.rosters.declineOffer({ params: { waitlistEntryId }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : placeSentence(answer));
});

/** `zmos waitlist promote PLACE` */
export const promote = Effect.fn("promote")(function* (
  settings: Settings,
  place: string,
  { reason }: { readonly reason: string },
) {
  const waitlistEntryId = yield* readId(BookingId, place, "a place in line");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.rosters.promoteFromWaitlist({
      params: { waitlistEntryId },
      payload: { reason },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : bookingSentence(answer));
});

const placeSentence = ({ id, status }: WaitlistEntry): string => `${styled("bold", status)}: place in line ${id}`;
