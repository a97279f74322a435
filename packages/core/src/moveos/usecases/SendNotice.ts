import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, Messaging } from "../../platform/index.ts";
import { noticeData, noticeOf } from "../domain/Notice.ts";
import { RosterStore } from "../ports/RosterStore.ts";

export const SendNotice = Schema.Struct({ bookingId: BookingId }).annotate({ identifier: "SendNotice" });

/** The message was not handed over: it is to be sent again. Its key makes the repeats one. */
export class NoticeNotDelivered extends Schema.TaggedError<NoticeNotDelivered>()("NoticeNotDelivered", {
  bookingId: BookingId,
}) {
  override get message() {
    return `The member of ${this.bookingId} may not have been told yet; it is told again.`;
  }
}

/**
 * Tells a member what has become of its booking or its place in line: offered a seat, given one, called off. The clockwork asks this; by the key of
 * the message, what was told is not told twice. **Errors** `NotPermitted`, `NoticeNotDelivered`.
 */
export const sendNotice = UseCase.make(
  "SendNotice",
  { command: SendNotice, answer: Schema.Void },
  function* ({ bookingId }) {
    const { tenantId } = yield* authorize("session:manage");
    const units = yield* UnitOfWork;
    const rosters = yield* RosterStore;
    const [found] = yield* units.read(tenantId, rosters.look([{ tenantId, bookingId }], yield* now));
    if (found === undefined) return;
    const { session, bookings, waitlist } = found.roster;
    const booking = bookings.get(bookingId);
    const entry = waitlist.find(({ id }) => id === bookingId);
    const template = noticeOf(session, booking, entry);
    const memberId = booking?.memberId ?? entry?.memberId;
    if (template === undefined || memberId === undefined) return;
    const key = `${bookingId}/${template}/${entry?.offerExpiresAt ?? ""}`;
    const data = noticeData(session, entry);
    const delivery = yield* Messaging.use((messaging) => messaging.send({ tenantId, memberId, template, data, key }));
    if (delivery === "unknown") yield* new NoticeNotDelivered({ bookingId });
  },
);
