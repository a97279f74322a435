import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { lineOf } from "../domain/Roster.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { WaitlistEntry } from "../domain/WaitlistEntry.ts";
import { lookAtRoster } from "./desk/LookAtRoster.ts";

export const GetRoster = Schema.Struct({ sessionInstanceId: SessionInstanceId }).annotate({ identifier: "GetRoster" });

/** The session, who holds a seat (and whose late cancellation may yet be forgiven), and who waits, in order. */
export const RosterAnswer = Schema.Struct({
  session: SessionInstance,
  bookings: Schema.Array(Booking),
  waitlist: Schema.Array(WaitlistEntry),
}).annotate({ identifier: "Roster" });

/** Who comes to a session, and who waits. For staff. **Errors** `NotPermitted`, `NotFound`. */
export const getRoster = UseCase.query(
  "GetRoster",
  { command: GetRoster, answer: RosterAnswer, first: () => authorize("booking:read") },
  function* ({ sessionInstanceId }, { tenantId }) {
    const { roster } = yield* lookAtRoster(tenantId, sessionInstanceId);
    const bookings = [...roster.bookings.values()].toSorted(
      (left, right) => left.createdAt - right.createdAt || (left.id < right.id ? -1 : 1),
    );
    return { session: roster.session, bookings, waitlist: lineOf(roster) };
  },
);
