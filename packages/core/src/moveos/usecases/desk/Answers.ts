/** What a command about a roster is answered, from the roster after it. A command that was carried out has left what it is about. */
import * as Effect from "effect/Effect";
import type { Booking } from "../../domain/Booking.ts";
import { bookingIn, entryIn, type Roster, type RosterCommand, seatOf } from "../../domain/Roster.ts";
import type { SessionInstance } from "../../domain/SessionInstance.ts";
import type { WaitlistEntry } from "../../domain/WaitlistEntry.ts";

/** The booking that was named, or that a named member now has. */
export const theBooking = (after: Roster, asked: RosterCommand): Effect.Effect<Booking> =>
  Effect.sync(() => {
    if ("memberId" in asked) return seatOf(after, asked.memberId) ?? notThere(asked);
    if ("bookingId" in asked) return bookingIn(after, asked.bookingId);
    return "entryId" in asked ? bookingIn(after, asked.entryId) : notThere(asked);
  });

/** The place in line that was named or taken. */
export const thePlace = (after: Roster, asked: RosterCommand): Effect.Effect<WaitlistEntry> =>
  Effect.sync(() => ("entryId" in asked ? entryIn(after, asked.entryId) : notThere(asked)));

/** The session. */
export const theSession = ({ session }: Roster): Effect.Effect<SessionInstance> => Effect.succeed(session);

const notThere = ({ _tag }: RosterCommand): never => {
  throw new Error(`${_tag} was carried out and left nothing to answer`);
};
