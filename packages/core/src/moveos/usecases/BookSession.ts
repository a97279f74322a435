import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { newId } from "../../kernel/IdSource.ts";
import { BookingId, MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { defaultPolicy } from "../domain/BookingPolicy.ts";
import { cover } from "../domain/Entitlement.ts";
import { decide } from "../domain/Roster.ts";
import { Eligibility } from "../ports/Eligibility.ts";
import { RosterStore } from "../ports/RosterStore.ts";
import { keepDecision } from "./keepDecision.ts";
import { visitOf } from "./visitOf.ts";

export const BookSession = Schema.Struct({ memberId: MemberId, sessionInstanceId: SessionInstanceId }).annotate({
  identifier: "BookSession",
});

/**
 * Gives a member a seat in a session.
 *
 * **Errors** `NotPermitted`, `NotFound`, `NotEntitled`, `EntitlementUnknown`, then the roster's, in the order its rules state them.
 */
export const bookSession = useCase(
  "BookSession",
  { command: BookSession, answer: Booking },
  function* ({ memberId, sessionInstanceId }) {
    const { tenantId } = yield* authorize("booking:manage", memberId);
    const units = yield* UnitOfWork;
    const rosters = yield* RosterStore;
    const eligibility = yield* Eligibility;
    const policy = defaultPolicy;

    // Who covers the visit may be a partner far away: no roster stays locked while they are asked.
    const visit = yield* units.read(tenantId, visitOf(tenantId, memberId, sessionInstanceId));
    yield* Effect.fromResult(cover(yield* eligibility.check(visit), memberId, policy));

    const bookingId = yield* newId(BookingId);
    return yield* units.run(
      tenantId,
      Effect.gen(function* () {
        const roster = yield* rosters.lock(tenantId, sessionInstanceId);
        const context = { now: yield* now, policy };
        const event = yield* Effect.fromResult(decide(roster, { _tag: "Book", bookingId, memberId }, context));
        return yield* keepDecision(roster, event);
      }),
    );
  },
);
