import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { SessionInstanceId, type TenantId } from "../../kernel/Ids.ts";
import { MAXIMUM_LIMIT, type Position } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { lineOf } from "../domain/Roster.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { WaitlistEntry } from "../domain/WaitlistEntry.ts";
import { RosterStore } from "../ports/RosterStore.ts";
import { lookAtRoster } from "./desk/LookAtRoster.ts";

export const GetRoster = Schema.Struct({ sessionInstanceId: SessionInstanceId }).annotate({ identifier: "GetRoster" });

/** The session; who holds a seat, did not come, or cancelled at a cost; and who waits, in order. */
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
    const bookings = yield* allBookings(tenantId, sessionInstanceId);
    return { session: roster.session, bookings: bookings.filter(isOfNote), waitlist: lineOf(roster) };
  },
);

/** Who gave a seat back in time is nobody whom the desk has to think of. */
const isOfNote = ({ status, penalty }: Booking): boolean => status !== "cancelled" || penalty !== undefined;

/** Every booking of a session, oldest first: a roster, for deciding, has only those that still matter to its seats. */
const allBookings = Effect.fnUntraced(function* (tenantId: TenantId, sessionInstanceId: SessionInstanceId) {
  const rosters = yield* RosterStore;
  const bookings: Array<Booking> = [];
  let after: Position | undefined;
  do {
    const page = { limit: MAXIMUM_LIMIT, ...(after !== undefined && { after }) };
    const found = yield* rosters.listBookings(tenantId, { sessionInstanceId }, page);
    bookings.push(...found.rows);
    after = found.next;
  } while (after !== undefined);
  return bookings;
});
