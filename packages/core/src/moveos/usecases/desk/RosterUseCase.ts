import type * as Effect from "effect/Effect";
import type * as Result from "effect/Result";
import { newId } from "../../../kernel/IdSource.ts";
import { BookingId } from "../../../kernel/Ids.ts";
import { Principal, type PrincipalClaims } from "../../../kernel/Principal.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import type { Channel } from "../../domain/Booking.ts";
import type { RefusalOf, Roster, RosterCommand, RosterEvent } from "../../domain/Roster.ts";
import type { RosterRequest } from "../../ports/RosterStore.ts";
import { RosterDesk } from "./RosterDesk.ts";
import type { AtTheDesk, RosterTask } from "./RosterTask.ts";

/** Which roster, and who is concerned. */
export type About = Omit<RosterRequest, "tenantId"> &
  Pick<RosterTask<unknown, unknown, unknown>, "memberId" | "partner">;

/**
 * How a command about a roster is asked and answered.
 *
 * **Shape** `first` happens before the roster is locked: who may do this, what partners say. `ask` says what is asked of the roster, once it is
 * known. `answerFrom` is the answer, from the roster after it, in the same unit of work. `afterwards` happens once everything is kept.
 */
interface Declaration<
  Command extends UseCase.Wire,
  Answer extends UseCase.Wire,
  Asked extends RosterCommand,
  First,
  E1,
  R1,
  E2,
  R2,
  R3,
> {
  readonly command: Command;
  readonly answer: Answer;
  readonly first: (command: Command["Type"]) => Effect.Effect<First, E1, R1>;
  readonly about: (command: Command["Type"], first: First) => About;
  readonly ask: (command: Command["Type"], at: AtTheDesk, first: First) => Result.Result<Asked, E2>;
  readonly answerFrom: (
    after: Roster,
    asked: RosterCommand,
    events: ReadonlyArray<RosterEvent>,
  ) => Effect.Effect<Answer["Type"], never, R2>;
  readonly afterwards?: (answer: Answer["Type"]) => Effect.Effect<void, never, R3>;
}

/** A use case that asks something of one roster, at the desk. **Errors** its own, then those of the rule it asks, in the order that states them. */
export const rosterUseCase = <
  Command extends UseCase.Wire,
  Answer extends UseCase.Wire,
  Asked extends RosterCommand,
  First,
  E1,
  R1,
  E2 = never,
  R2 = never,
  R3 = never,
>(
  name: string,
  declaration: Declaration<Command, Answer, Asked, First, E1, R1, E2, R2, R3>,
) => {
  const { first, about, ask, answerFrom, afterwards } = declaration;
  const keyed = UseCase.keyedRequest(name, declaration.command);
  return UseCase.make(name, declaration, function* (command) {
    const principal = yield* Principal;
    const prepared = yield* first(command);
    const { memberId, partner, ...request } = about(command, prepared);
    const key = yield* keyed(command);
    const desk = yield* RosterDesk;
    const task: RosterTask<Answer["Type"], E2 | RefusalOf<Asked["_tag"]>, R2> = {
      principal,
      request: { tenantId: principal.tenantId, ...request, ...(memberId !== undefined && { memberId }) },
      newId: yield* newId(BookingId),
      ask: (at) => ask(command, at, prepared),
      answer: answerFrom,
      schema: declaration.answer,
      ...(memberId !== undefined && { memberId }),
      ...(partner !== undefined && { partner }),
      ...(key !== undefined && { key }),
    };
    const answer = yield* desk.submit(task);
    if (afterwards !== undefined) yield* afterwards(answer);
    return answer;
  });
};

/** A member takes its seat itself, also by way of a host platform; staff and the clock act at the desk. */
export const channelOf = ({ actorType }: PrincipalClaims): Channel =>
  actorType === "member" || actorType === "host" ? "online" : "desk";
