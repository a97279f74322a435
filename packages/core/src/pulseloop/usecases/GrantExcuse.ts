import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { ExcuseId, MemberId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Prose } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize, MemberStore } from "../../platform/index.ts";
import { ExcuseEndImpossible, ExcuseReason, GrantedExcuse } from "../domain/GrantedExcuse.ts";
import { keepExcuse } from "./KeepExcuse.ts";

/** Days to excuse a member from. **Shape** without `to`, until it is ended. **Units** civil days, both included; past ones too. */
export const GrantExcuse = Schema.Struct({
  memberId: MemberId,
  from: CivilDateFromString,
  to: Schema.optionalKey(CivilDateFromString),
  reason: ExcuseReason,
  note: Schema.optionalKey(Prose),
}).annotate({ identifier: "GrantExcuse" });

/** Excuses a member from some days, also backwards in time. Staff grant it: who may excuse itself has no target. */
export const grantExcuse = UseCase.command(
  "GrantExcuse",
  { command: GrantExcuse, answer: GrantedExcuse, first: () => authorize("movement:record") },
  function* (command, { tenantId, actorId }) {
    const { memberId, from, to } = command;
    yield* MemberStore.use((members) => members.find(tenantId, memberId));
    if (to !== undefined && to < from) return yield* new ExcuseEndImpossible({ from, to });
    const excuse: GrantedExcuse = {
      ...command,
      id: yield* newId(ExcuseId),
      tenantId,
      version: 1,
      grantedBy: actorId,
      isEnteredInError: false,
      createdAt: yield* now,
    };
    yield* keepExcuse(excuse);
    yield* record({ type: "ExcuseGranted", entityType: "Excuse", entityId: excuse.id, data: encode(excuse) });
    return excuse;
  },
);

const encode = Schema.encodeSync(GrantedExcuse);
