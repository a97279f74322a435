/** `zmos session capacity | cancel | complete`: what staff does with a session that is on the timetable. */
import { SessionInstanceId } from "@zmos/core";
import type { SessionInstance } from "@zmos/core";
import * as Effect from "effect/Effect";
import { openApi, withText } from "../Api.ts";
import { print, styled } from "../output/Terminal.ts";
import { readId } from "../ReadId.ts";
import type { Settings } from "../Settings.ts";

interface Because {
  readonly reason: string;
}

/** `zmos session capacity SESSION SEATS` */
export const capacity = Effect.fn("capacity")(function* (
  settings: Settings,
  session: string,
  seats: number,
  { reason }: Because,
) {
  const sessionInstanceId = yield* readId(SessionInstanceId, session, "a session");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.rosters.changeCapacity({
      params: { sessionInstanceId },
      payload: { capacity: seats, reason },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : tellSession(answer));
});

/** `zmos session cancel SESSION` */
export const cancelSession = Effect.fn("cancelSession")(function* (
  settings: Settings,
  session: string,
  { reason }: Because,
) {
  const sessionInstanceId = yield* readId(SessionInstanceId, session, "a session");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.rosters.cancelSession({
      params: { sessionInstanceId },
      payload: { reason },
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : tellSession(answer));
});

/** `zmos session complete SESSION` */
export const completeSession = Effect.fn("completeSession")(function* (settings: Settings, session: string) {
  const sessionInstanceId = yield* readId(SessionInstanceId, session, "a session");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api.rosters.completeSession({ params: { sessionInstanceId }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : tellSession(answer));
});

const tellSession = ({ id, status, seatsTaken, capacity: seats, waitlistLength }: SessionInstance): string =>
  `${styled("bold", status)}: session ${id}; ${seatsTaken} of ${seats} seats taken${waitlistLength === 0 ? "" : `, ${waitlistLength} waiting`}`;
