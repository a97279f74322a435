import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { newId } from "../../kernel/IdSource.ts";
import { BookingId, MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { defaultPolicy } from "../domain/BookingPolicy.ts";
import { cover } from "../domain/Entitlement.ts";
import { decide } from "../domain/Roster.ts";
import { Eligibility } from "../ports/Eligibility.ts";
import { RosterStore } from "../ports/RosterStore.ts";
import { keepDecision } from "./KeepDecision.ts";
import { visitOf } from "./VisitOf.ts";

export const BookSession = Schema.Struct({ memberId: MemberId, sessionInstanceId: SessionInstanceId }).annotate({
  identifier: "BookSession",
});

/**
 * Gives a member a seat in a session.
 *
 * **Errors** `NotPermitted`, `NotFound`, `NotEntitled`, `EntitlementUnknown`, then the roster's, in the order its rules state them.
 */
export const bookSession = UseCase.command(
  "BookSession",
  { command: BookSession, answer: Booking, first: (command) => findCover(command) },
  function* ({ memberId, sessionInstanceId }) {
    const { tenantId } = yield* Principal;
    const roster = yield* RosterStore.use((rosters) => rosters.lock(tenantId, sessionInstanceId));
    const bookingId = yield* newId(BookingId);
    const context = { now: yield* now, policy: defaultPolicy };
    const event = yield* Effect.fromResult(decide(roster, { _tag: "Book", bookingId, memberId }, context));
    return yield* keepDecision(roster, event);
  },
);

/** Who covers the visit may be a partner far away: they are asked before any roster is locked. */
const findCover = Effect.fn("findCover")(function* ({ memberId, sessionInstanceId }: typeof BookSession.Type) {
  const { tenantId } = yield* authorize("booking:manage", memberId);
  const units = yield* UnitOfWork;
  const visit = yield* units.read(tenantId, visitOf(tenantId, memberId, sessionInstanceId));
  const entitlement = yield* Eligibility.use((eligibility) => eligibility.check(visit));
  return yield* Effect.fromResult(cover(entitlement, memberId, defaultPolicy));
});
