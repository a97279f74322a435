/** Pausing, resuming, blocking, unblocking, cancelling and renewing: one decision each, kept with its event. */
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type * as CivilDate from "../../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../../kernel/CivilDateFromString.ts";
import { record } from "../../../kernel/EventLog.ts";
import { newId } from "../../../kernel/IdSource.ts";
import { CreditLotId, MembershipId } from "../../../kernel/Ids.ts";
import { now } from "../../../kernel/Instant.ts";
import { Name } from "../../../kernel/Text.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { afterEntries, grant } from "../../domain/CreditLedger.ts";
import type { HeldMembership } from "../../domain/Entitlement.ts";
import { decide, evolve, Membership, type MembershipCommand } from "../../domain/Membership.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { accountOf, bringUpToDate, wakeWhenDue } from "./BringUpToDate.ts";
import { keepEntries } from "./KeepEntries.ts";
import { keepPauseExcuse } from "./KeepPauseExcuse.ts";
import { lockHeld } from "./LockHeld.ts";

const named = { membershipId: MembershipId };
const day = Schema.optionalKey(CivilDateFromString);

/** **Shape** without `from`, from today where the member lives; without `to`, until it is resumed. Past days, too. */
export const PauseMembership = Schema.Struct({ ...named, from: day, to: day }).annotate({
  identifier: "PauseMembership",
});

/** **Shape** without `on`, today where the member lives, or the first day of a pause to come: the first day that counts again. */
export const ResumeMembership = Schema.Struct({ ...named, on: day }).annotate({ identifier: "ResumeMembership" });

export const BlockMembership = Schema.Struct({ ...named, reason: Name }).annotate({ identifier: "BlockMembership" });

export const UnblockMembership = Schema.Struct(named).annotate({ identifier: "UnblockMembership" });

/** **Shape** without `lastDay`, today where the member lives. */
export const CancelMembership = Schema.Struct({ ...named, lastDay: day }).annotate({ identifier: "CancelMembership" });

/** **Shape** without `until`, for one period more; a pack for as long as its new credits last. */
export const RenewMembership = Schema.Struct({ ...named, until: day }).annotate({ identifier: "RenewMembership" });

/** Loads, decides, keeps; what time has done meanwhile comes first. */
const change = Effect.fnUntraced(function* (
  membershipId: MembershipId,
  command: (today: CivilDate.CivilDate, membership: Membership) => MembershipCommand,
) {
  const { held, day } = yield* lockHeld(membershipId);
  const { membership: before, plan } = held;
  const { today } = day;
  const event = yield* Effect.fromResult(decide(before, plan, command(today, before), today));
  const at = yield* now;
  const changed = yield* keepPauseExcuse(before, { ...evolve(before, event, today), updatedAt: at });
  yield* EntitlementStore.use((store) => store.saveMembership(changed));
  yield* record({
    type: event._tag,
    entityType: "Membership",
    entityId: changed.id,
    data: { memberId: changed.memberId, status: changed.status },
  });
  let after: HeldMembership = { ...held, membership: changed };
  if (event._tag === "MembershipRenewed" && event.due !== undefined) {
    const lotId = yield* newId(CreditLotId);
    const entries = yield* keepEntries(grant(accountOf(changed), lotId, event.due, today, at));
    after = { ...after, lots: afterEntries(after.lots, entries) };
  }
  // What the change itself makes due: a renewal that reaches back begins the periods in between.
  const current = yield* bringUpToDate(after, today);
  yield* wakeWhenDue(current, day);
  return current.membership;
});

/** Lets a membership stand still, and excuses the member on these days. **Errors** `NotFound`, then the membership's. */
export const pauseMembership = UseCase.command(
  "PauseMembership",
  { command: PauseMembership, answer: Membership, first: () => authorize("membership:manage") },
  function* ({ membershipId, from, to }) {
    return yield* change(membershipId, (today) => ({
      _tag: "Pause",
      from: from ?? today,
      ...(to !== undefined && { to }),
    }));
  },
);

/** Goes on after a pause, or calls off one to come. **Errors** `NotFound`, then the membership's. */
export const resumeMembership = UseCase.command(
  "ResumeMembership",
  { command: ResumeMembership, answer: Membership, first: () => authorize("membership:manage") },
  function* ({ membershipId, on }) {
    return yield* change(membershipId, (today, { pauses }) => {
      const first = pauses.at(-1)?.from ?? today;
      return { _tag: "Resume", on: on ?? (first > today ? first : today) };
    });
  },
);

/** Stops a membership until staff lift it: it pays for nothing. **Errors** `NotFound`, `MembershipStatusForbids`. */
export const blockMembership = UseCase.command(
  "BlockMembership",
  { command: BlockMembership, answer: Membership, first: () => authorize("membership:manage") },
  function* ({ membershipId, reason }) {
    return yield* change(membershipId, () => ({ _tag: "Block", reason }));
  },
);

/** Lifts a block. **Errors** `NotFound`. */
export const unblockMembership = UseCase.command(
  "UnblockMembership",
  { command: UnblockMembership, answer: Membership, first: () => authorize("membership:manage") },
  function* ({ membershipId }) {
    return yield* change(membershipId, () => ({ _tag: "Unblock" }));
  },
);

/** Ends a membership on a day; it pays to that day. **Errors** `NotFound`, then the membership's. */
export const cancelMembership = UseCase.command(
  "CancelMembership",
  { command: CancelMembership, answer: Membership, first: () => authorize("membership:manage") },
  function* ({ membershipId, lastDay }) {
    return yield* change(membershipId, (today) => ({ _tag: "Cancel", lastDay: lastDay ?? today }));
  },
);

/** Lets a membership go on after its end, on its anchor day; a pack is filled again. **Errors** `NotFound`, then the membership's. */
export const renewMembership = UseCase.command(
  "RenewMembership",
  { command: RenewMembership, answer: Membership, first: () => authorize("membership:manage") },
  function* ({ membershipId, until }) {
    return yield* change(membershipId, () => ({ _tag: "Renew", ...(until !== undefined && { until }) }));
  },
);
