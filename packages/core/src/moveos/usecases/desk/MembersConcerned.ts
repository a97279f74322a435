import * as Effect from "effect/Effect";
import type { MemberId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import { Principal } from "../../../kernel/Principal.ts";
import type { MemberAccess } from "../../domain/Entitlement.ts";
import { isDue } from "../../domain/MembershipClock.ts";
import { penaltiesFrom } from "../../domain/roster/Standing.ts";
import { accessKey, type AccessQuery, EntitlementStore, mergeQueries } from "../../ports/EntitlementStore.ts";
import { type ConcernedMember, type MemberKey, type PoliciedRoster, RosterStore } from "../../ports/RosterStore.ts";
import { bringUpToDate } from "../memberships/BringUpToDate.ts";
import { accessQuery } from "./Situations.ts";

/** A member whom a decision about a roster concerns. */
export interface Concern {
  readonly sheet: PoliciedRoster;
  readonly memberId: MemberId;
}

/** The members concerned and what they hold, with a lock or without: asked at once, of all of them. What was found may be brought up to date. */
const read = Effect.fnUntraced(function* (concerns: ReadonlyArray<Concern>, now: Instant, isLocking: boolean) {
  const rosters = yield* RosterStore;
  const entitlements = yield* EntitlementStore;
  const keys = new Map<string, MemberKey>();
  const asked: Array<AccessQuery> = [];
  for (const { sheet, memberId } of concerns) {
    const { session } = sheet.roster;
    const key = { tenantId: session.tenantId, memberId };
    const since = [penaltiesFrom(sheet.policy, session, now), keys.get(accessKey(key))?.penaltiesFrom];
    const from = since.filter((instant) => instant !== undefined).toSorted((left, right) => left - right)[0];
    keys.set(accessKey(key), from === undefined ? key : { ...key, penaltiesFrom: from });
    const query = accessQuery(sheet, memberId, now);
    if (query !== undefined) asked.push(query);
  }
  const queries = mergeQueries(asked);
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
      queries.length === 0 ? Effect.succeed(nothing) : entitlements.access(queries),
    ],
    { concurrency: "unbounded" },
  );
  return {
    members: new Map(members.map((member) => [accessKey(member), member])),
    access: isLocking ? yield* withWhatIsDue(access, queries) : new Map(access),
  };
});

/** What the passing of days did to memberships counts, though no clockwork has looked at them yet. */
const withWhatIsDue = Effect.fnUntraced(function* (
  access: ReadonlyMap<string, MemberAccess>,
  queries: ReadonlyArray<AccessQuery>,
) {
  const upToDate = new Map(access);
  for (const query of queries) {
    const { tenantId, today } = query;
    const key = accessKey(query);
    const found = access.get(key);
    if (found === undefined || !found.memberships.some((held) => isDue(held, today))) continue;
    const memberships = yield* Effect.provideService(
      Effect.forEach(found.memberships, (held) => bringUpToDate(held, today)),
      Principal,
      Principal.of({ tenantId, actorId: "zmos", actorType: "system", roles: [] }),
    );
    upToDate.set(key, { ...found, memberships });
  }
  return upToDate;
});

/** For who decides: everybody else who would decide about these members waits. */
export const lockMembers = (concerns: ReadonlyArray<Concern>, now: Instant) => read(concerns, now, true);

/** For who only looks. */
export const lookAtMembers = (concerns: ReadonlyArray<Concern>, now: Instant) => read(concerns, now, false);
