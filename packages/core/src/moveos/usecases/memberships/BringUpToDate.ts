import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { CivilDate } from "../../../kernel/CivilDate.ts";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { CreditLotId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { WakeUps } from "../../../kernel/WakeUps.ts";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { type Account, afterEntries } from "../../domain/CreditLedger.ts";
import type { HeldMembership } from "../../domain/Entitlement.ts";
import type { Membership } from "../../domain/Membership.ts";
import { advance, type ClockEvent, entriesOf, grantsIn, nextDue } from "../../domain/MembershipClock.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { keepEntries } from "./KeepEntries.ts";
import { beginningOf, type MemberDay } from "./MemberDay.ts";

/** As wake-ups name memberships. */
export const MEMBERSHIP_WAKE_UP = "membership";

export const accountOf = ({ tenantId, memberId, id: membershipId }: Membership): Account => ({
  tenantId,
  memberId,
  membershipId,
});

/**
 * Keeps what the passing of days did to a membership, if anything, and answers it as it stands. The caller has locked the member.
 *
 * Its wake-up is left alone: it reminds at or before the day that is due.
 */
export const bringUpToDate = Effect.fn("bringUpToDate")(function* (held: HeldMembership, today: CivilDate) {
  const advanced = advance(held, today);
  if (advanced.events.length === 0) return held;
  const at = yield* now;
  const lotIds: Array<CreditLotId> = [];
  for (let granted = grantsIn(advanced); granted > 0; granted--) lotIds.push(yield* newId(CreditLotId));
  const account = accountOf(held.membership);
  const entries = yield* keepEntries(entriesOf(account, advanced, held.lots, lotIds, today, at));
  const membership: Membership = { ...advanced.membership, updatedAt: at };
  yield* EntitlementStore.use((store) => store.saveMembership(membership));
  yield* record(
    ...advanced.events.map((event) => ({
      type: event._tag,
      entityType: "Membership",
      entityId: membership.id,
      data: { memberId: membership.memberId, ...dataOf(event) },
    })),
  );
  return { ...held, membership, lots: afterEntries(held.lots, entries) };
});

/** Has the membership looked at again when something comes about next. */
export const wakeWhenDue = Effect.fnUntraced(function* (held: HeldMembership, day: MemberDay) {
  const { tenantId, id: entityId } = held.membership;
  const key = { kind: MEMBERSHIP_WAKE_UP, tenantId, entityId };
  const due = nextDue(held, day.today);
  const wakeUps = yield* WakeUps;
  yield* due === undefined ? wakeUps.clear([key]) : wakeUps.set([{ ...key, dueAt: beginningOf(day, due) }]);
});

const encodeDay = Schema.encodeSync(CivilDateFromString);

const dataOf = (event: ClockEvent) => {
  switch (event._tag) {
    case "MembershipPeriodBegun":
      return { on: encodeDay(event.on), ...(event.due !== undefined && { credits: event.due.credits }) };
    case "CreditsExpired":
      return { lotId: event.lotId, credits: event.credits };
    case "MembershipStatusChanged":
      return { status: event.status };
  }
};
