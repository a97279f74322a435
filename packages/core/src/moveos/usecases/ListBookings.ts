import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { RosterStore } from "../ports/RosterStore.ts";

export const ListBookings = Schema.Struct({
  memberId: Schema.optionalKey(MemberId),
  sessionInstanceId: Schema.optionalKey(SessionInstanceId),
  ...pageFields,
}).annotate({ identifier: "ListBookings" });

/** Bookings, oldest first: of a member, of a session, or of everybody. A member lists its own. */
export const listBookings = useCase(
  "ListBookings",
  { command: ListBookings, answer: Page(Booking) },
  function* (command) {
    const { tenantId } = yield* authorize("booking:read", command.memberId);
    const rosters = yield* RosterStore;
    const units = yield* UnitOfWork;
    return yield* units.read(
      tenantId,
      Effect.map(rosters.listBookings(tenantId, command, pageRequest(command)), toPage),
    );
  },
);
