/** What decisions need to know of members: what covers them, where else they are expected, and what they have declared. */
import * as Result from "effect/Result";
import type { MemberId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import { civilDateOf, offsetSecondsAt } from "../../../kernel/ZoneRules.ts";
import type { PaidBy } from "../../domain/Booking.ts";
import {
  choose,
  cover,
  daysAround,
  type Entitlement,
  type MemberAccess,
  type MembershipCover,
} from "../../domain/Entitlement.ts";
import type { Situation } from "../../domain/Roster.ts";
import type { SessionInstance } from "../../domain/SessionInstance.ts";
import { accessKey, type AccessQuery } from "../../ports/EntitlementStore.ts";
import type { ConcernedMember, PoliciedRoster } from "../../ports/RosterStore.ts";

const MINUTES_PER_DAY = 1_440;
const SECONDS_PER_MINUTE = 60;
const MILLIS_PER_MINUTE = 60_000;

/** Members and what they hold, each by `accessKey`, as they stand. */
export interface Members {
  readonly members: ReadonlyMap<string, ConcernedMember>;
  readonly access: ReadonlyMap<string, MemberAccess>;
}

/** **Shape** `partner`: what a partner said of a member. `isWalkIn`: the visit takes place now. */
export interface Asked {
  readonly now: Instant;
  readonly isWalkIn: boolean;
  readonly partner?: { readonly memberId: MemberId; readonly said: Entitlement };
}

/** What has to be known of a member's memberships to decide about a session; nothing where none is needed. */
export const accessQuery = (
  { roster: { session }, policy, weekStart }: PoliciedRoster,
  memberId: MemberId,
  now: Instant,
): AccessQuery | undefined => {
  if (policy.access !== "memberships") return undefined;
  const { tenantId, timezone, civilDate } = session;
  return { tenantId, memberId, today: civilDateOf(timezone, now), ...daysAround(civilDate, weekStart) };
};

/** Finds out each member's situation once. **Shape** `covers`: which membership would pay for whom, as far as it was asked. */
export const situations = (sheet: PoliciedRoster, { members, access }: Members, asked: Asked) => {
  const { session } = sheet.roster;
  const known = new Map<MemberId, Situation>();
  const covers = new Map<MemberId, MembershipCover>();
  const coverOf = (memberId: MemberId): Situation["cover"] => {
    if (asked.partner?.memberId === memberId) {
      const word = cover(asked.partner.said, memberId, sheet.policy);
      return Result.map(word, (name): PaidBy => ({ source: "partner", because: name }));
    }
    if (sheet.policy.access === "open") return Result.succeed({ source: "open" });
    const chosen = choose(
      access.get(accessKey({ tenantId: session.tenantId, memberId })) ?? { memberId, memberships: [] },
      visitAt(session),
      { today: civilDateOf(session.timezone, asked.now), weekStart: sheet.weekStart, isWalkIn: asked.isWalkIn },
    );
    if (Result.isSuccess(chosen)) covers.set(memberId, chosen.success);
    return Result.map(chosen, ({ membershipId, because, credits }): PaidBy => ({
      source: "membership",
      membershipId,
      spends: credits,
      because,
    }));
  };
  const find = (memberId: MemberId): Situation => {
    const member = members.get(accessKey({ tenantId: session.tenantId, memberId }));
    const declared = new Set(member?.constraints.map((constraint) => constraint.toLowerCase()));
    return {
      cover: coverOf(memberId),
      elsewhere: (member?.commitments ?? []).filter(({ sessionInstanceId }) => sessionInstanceId !== session.id),
      advisedAgainst: sheet.contraindications.filter((name) => declared.has(name.toLowerCase())),
      waitlistPriority: covers.get(memberId)?.waitlistPriority ?? 0,
      penalties: member?.penalties ?? [],
    };
  };
  const situationOf = (memberId: MemberId): Situation => {
    const situation = known.get(memberId) ?? find(memberId);
    known.set(memberId, situation);
    return situation;
  };
  return { situationOf, covers };
};

const visitAt = ({ sessionTypeId, locationId, startTime, civilDate, timezone }: SessionInstance) => {
  const minutesUtc = Math.floor(startTime / MILLIS_PER_MINUTE);
  const minutesThere = minutesUtc + offsetSecondsAt(timezone, startTime) / SECONDS_PER_MINUTE;
  const minuteOfDay = ((minutesThere % MINUTES_PER_DAY) + MINUTES_PER_DAY) % MINUTES_PER_DAY;
  return { sessionTypeId, locationId, startTime, civilDate, minuteOfDay };
};
