import * as Effect from "effect/Effect";
import { record } from "../../kernel/EventLog.ts";
import { bookingAfter, evolve, type Roster, type RosterEvent } from "../domain/Roster.ts";
import { RosterStore } from "../ports/RosterStore.ts";

/** Keeps what was decided about a roster, with its event, in the unit of work at hand. Answers the booking it was about. */
export const keepDecision = Effect.fnUntraced(function* (roster: Roster, event: RosterEvent) {
  const after = evolve(roster, event);
  const booking = bookingAfter(after, event);
  yield* RosterStore.use((rosters) => rosters.save(after, [booking]));
  yield* record({
    type: event._tag,
    entityType: "Booking",
    entityId: booking.id,
    data: { memberId: booking.memberId, sessionInstanceId: booking.sessionInstanceId, status: booking.status },
  });
  return booking;
});
