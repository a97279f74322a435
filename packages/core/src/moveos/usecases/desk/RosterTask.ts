import type * as Effect from "effect/Effect";
import type * as Result from "effect/Result";
import type * as Schema from "effect/Schema";
import type { KeyedRequest } from "../../../kernel/IdempotencyKeys.ts";
import type { BookingId, MemberId } from "../../../kernel/Ids.ts";
import type { Instant } from "../../../kernel/Instant.ts";
import type { PrincipalClaims } from "../../../kernel/Principal.ts";
import type { Entitlement } from "../../domain/Entitlement.ts";
import type { Roster, RosterCommand, RosterEvent } from "../../domain/Roster.ts";
import type { RosterRequest } from "../../ports/RosterStore.ts";

/** What a command may look at before it asks the roster. **Shape** `newId`: for the booking or the place in line that it may make. */
export interface AtTheDesk {
  readonly roster: Roster;
  readonly principal: PrincipalClaims;
  readonly now: Instant;
  readonly newId: BookingId;
}

/**
 * A command about one roster, ready to be decided together with others.
 *
 * **Shape** `memberId`: who is concerned, where the command names somebody. `partner`: what a partner said of the member, where one was asked.
 * `ask` says what is asked of the roster, or refuses. `answer` is what the command is answered, from the roster after it and what happened. `key`: under which it is
 * done once.
 */
export interface RosterTask<Answer, E, R> {
  readonly principal: PrincipalClaims;
  readonly request: RosterRequest;
  readonly memberId?: MemberId;
  readonly partner?: Entitlement;
  readonly newId: BookingId;
  readonly ask: (at: AtTheDesk) => Result.Result<RosterCommand, E>;
  readonly answer: (
    after: Roster,
    command: RosterCommand,
    events: ReadonlyArray<RosterEvent>,
  ) => Effect.Effect<Answer, never, R>;
  readonly schema: Schema.Codec<Answer, unknown>;
  readonly key?: KeyedRequest;
}

/** A task whose types have served. */
export type AnyTask = RosterTask<unknown, unknown, unknown>;
