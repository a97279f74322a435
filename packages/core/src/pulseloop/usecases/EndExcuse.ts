import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { record } from "../../kernel/EventLog.ts";
import { ExcuseId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { InvalidCommand } from "../../kernel/InvalidCommand.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { end, GrantedExcuse } from "../domain/GrantedExcuse.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";
import { keepExcuse } from "./KeepExcuse.ts";

/** **Shape** `to`: the last excused day; or `isEnteredInError`: it was never to be granted. One of the two. */
export const EndExcuse = Schema.Struct({
  excuseId: ExcuseId,
  to: Schema.optionalKey(CivilDateFromString),
  isEnteredInError: Schema.optionalKey(Schema.Literal(true)),
}).annotate({ identifier: "EndExcuse" });

/** Ends excused days, or withdraws them. What they were before stays on record. */
export const endExcuse = UseCase.command(
  "EndExcuse",
  { command: EndExcuse, answer: GrantedExcuse, first: () => authorize("movement:record") },
  function* ({ excuseId, to, isEnteredInError }, { tenantId, actorId }) {
    if ((to === undefined) === (isEnteredInError === undefined)) {
      const message = "Expected the last excused day, or isEnteredInError: one of the two";
      return yield* new InvalidCommand({ errors: [{ path: "/to", message }] });
    }
    const excuse = yield* ExcuseStore.use((excuses) => excuses.find(tenantId, excuseId));
    const ended = yield* Effect.fromResult(end(excuse, to === undefined ? { isEnteredInError: true } : { to }));
    if (ended.version === excuse.version) return excuse;
    const kept: GrantedExcuse = { ...ended, endedBy: actorId, createdAt: yield* now };
    yield* keepExcuse(kept, excuse);
    yield* record({
      type: kept.isEnteredInError ? "ExcuseWithdrawn" : "ExcuseEnded",
      entityType: "Excuse",
      entityId: excuseId,
      data: encode(kept),
    });
    return kept;
  },
);

const encode = Schema.encodeSync(GrantedExcuse);
