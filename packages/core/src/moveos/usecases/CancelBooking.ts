import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Booking } from "../domain/Booking.ts";
import { defaultPolicy } from "../domain/BookingPolicy.ts";
import { decide } from "../domain/Roster.ts";
import { RosterStore } from "../ports/RosterStore.ts";
import { findOwnBooking } from "./FindOwnBooking.ts";
import { keepDecision } from "./KeepDecision.ts";

export const CancelBooking = Schema.Struct({ bookingId: BookingId }).annotate({ identifier: "CancelBooking" });

/** Gives a seat back. **Errors** `NotFound`, `NotPermitted`, then the roster's, in the order its rules state them. */
export const cancelBooking = UseCase.command(
  "CancelBooking",
  { command: CancelBooking, answer: Booking, first: () => Principal },
  function* ({ bookingId }, { tenantId }) {
    const { sessionInstanceId } = yield* findOwnBooking("booking:manage", bookingId);
    const roster = yield* RosterStore.use((rosters) => rosters.lock(tenantId, sessionInstanceId, bookingId));
    const context = { now: yield* now, policy: defaultPolicy };
    const event = yield* Effect.fromResult(decide(roster, { _tag: "Cancel", bookingId }, context));
    return yield* keepDecision(roster, event);
  },
);
