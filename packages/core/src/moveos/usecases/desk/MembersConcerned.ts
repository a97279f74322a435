import * as Effect from "effect/Effect";
import type { MemberId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import type { MemberAccess } from "../../domain/Entitlement.ts";
import { accessKey, type AccessQuery, EntitlementStore } from "../../ports/EntitlementStore.ts";
import { type ConcernedMember, type MemberKey, type PoliciedRoster, RosterStore } from "../../ports/RosterStore.ts";
import { accessQuery, bothQueries } from "./Situations.ts";

/** A member whom a decision about a roster concerns. */
export interface Concern {
  readonly sheet: PoliciedRoster;
  readonly memberId: MemberId;
}

/** The members concerned and what they hold, with a lock or without: asked at once, of all of them. What was found may be brought up to date. */
const read = Effect.fnUntraced(function* (concerns: ReadonlyArray<Concern>, now: Instant, isLocking: boolean) {
  const rosters = yield* RosterStore;
  const entitlements = yield* EntitlementStore;
  const keys = new Map<MemberId, MemberKey>();
  const queries = new Map<string, AccessQuery>();
  for (const { sheet, memberId } of concerns) {
    keys.set(memberId, { tenantId: sheet.roster.session.tenantId, memberId });
    const query = accessQuery(sheet, memberId, now);
    if (query === undefined) continue;
    const known = queries.get(accessKey(query));
    queries.set(accessKey(query), known === undefined ? query : bothQueries(known, query));
  }
  const wanted = [...keys.values()];
  const nobody: ReadonlyArray<ConcernedMember> = [];
  const nothing: ReadonlyMap<string, MemberAccess> = new Map();
  const [members, access] = yield* Effect.all(
    [
      wanted.length === 0
        ? Effect.succeed(nobody)
        : isLocking
          ? rosters.lockMembers(wanted, now)
          : rosters.lookAtMembers(wanted, now),
      queries.size === 0 ? Effect.succeed(nothing) : entitlements.access([...queries.values()]),
    ],
    { concurrency: "unbounded" },
  );
  return { members: new Map(members.map((member) => [member.memberId, member])), access: new Map(access) };
});

/** For who decides: everybody else who would decide about these members waits. */
export const lockMembers = (concerns: ReadonlyArray<Concern>, now: Instant) => read(concerns, now, true);

/** For who only looks. */
export const lookAtMembers = (concerns: ReadonlyArray<Concern>, now: Instant) => read(concerns, now, false);
