import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import type { TenantId } from "./Ids.ts";
import type { Instant } from "./Instant.ts";

/** What is to be looked at when its time comes. **Shape** `kind`: what the entity is, as its handler is called: `roster`, `membership`. */
export interface WakeUpKey {
  readonly kind: string;
  readonly tenantId: TenantId;
  readonly entityId: string;
}

/** The moment at which something changes by itself next. */
export interface WakeUp extends WakeUpKey {
  readonly dueAt: Instant;
}

/** A wake-up that one server has taken upon itself. **Shape** `claim`: what tells this taking from any other. `attempt`: from 1. */
export interface ClaimedWakeUp extends WakeUp {
  readonly claim: string;
  readonly attempt: number;
}

/** **Shape** `kinds`: those the claimer can handle. **Units** `leaseSeconds`: how long they are the claimer's alone. */
export interface Claiming {
  readonly now: Instant;
  readonly kinds: ReadonlyArray<string>;
  readonly limit: number;
  readonly leaseSeconds: number;
}

/**
 * When things that change with time must be looked at next: at most one moment for each thing.
 *
 * A wake-up decides nothing. It is a reminder to perform a command that, under the thing's own lock, does whatever is due and says when
 * to come again; so a reminder too many does nothing, and only one too few would be a fault.
 *
 * **Contract**
 * - `set` and `clear`, inside the unit of work of the change, are kept or undone with it. `set` replaces what was set for the same
 *   thing, frees it of any claim and forgets its failures; of one thing named twice, the last counts.
 * - `claim`, outside any unit of work and for all tenants, takes up to `limit` wake-ups of `kinds` that are due at `now`, longest
 *   waiting first. Each goes to one claimer, however many ask at once; one whose change is just being made is left out. What is
 *   neither `done` nor postponed when the lease ends may be claimed again.
 * - `done` forgets a wake-up, unless it was set, or claimed by somebody else, since this claim.
 * - `postpone` gives up the claim and hides the wake-up until a moment, with the same exception. The attempts go on counting.
 * - `next` answers the earliest moment at which one of `kinds` may be claimed.
 */
export class WakeUps extends Context.Service<
  WakeUps,
  {
    readonly set: (wakeUps: ReadonlyArray<WakeUp>) => Effect.Effect<void>;
    readonly clear: (keys: ReadonlyArray<WakeUpKey>) => Effect.Effect<void>;
    readonly claim: (claiming: Claiming) => Effect.Effect<ReadonlyArray<ClaimedWakeUp>>;
    readonly done: (claimed: ClaimedWakeUp) => Effect.Effect<void>;
    readonly postpone: (claimed: ClaimedWakeUp, until: Instant) => Effect.Effect<void>;
    readonly next: (kinds: ReadonlyArray<string>) => Effect.Effect<Instant | undefined>;
  }
>()("@zmos/core/kernel/WakeUps") {}
