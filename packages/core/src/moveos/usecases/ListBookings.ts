import * as Schema from "effect/Schema";
import { MemberId, SessionInstanceId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Booking } from "../domain/Booking.ts";
import { RosterStore } from "../ports/RosterStore.ts";

export const ListBookings = Schema.Struct({
  memberId: Schema.optionalKey(MemberId),
  sessionInstanceId: Schema.optionalKey(SessionInstanceId),
  ...pageFields,
}).annotate({ identifier: "ListBookings" });

/** Bookings, oldest first: of a member, of a session, or of everybody. A member lists its own. */
export const listBookings = UseCase.query(
  "ListBookings",
  {
    command: ListBookings,
    answer: Page(Booking),
    first: ({ memberId }) => authorize("booking:read", memberId),
  },
  function* (command, { tenantId }) {
    return toPage(yield* RosterStore.use((rosters) => rosters.listBookings(tenantId, command, pageRequest(command))));
  },
);
