import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { MovementEvent } from "../domain/MovementEvent.ts";
import { MovementStore } from "../ports/MovementStore.ts";

/** Whose movements, and on which days. **Units** `from`, `to`: civil days, both included. */
export const ListMovementEvents = Schema.Struct({
  memberId: MemberId,
  from: Schema.optionalKey(CivilDateFromString),
  to: Schema.optionalKey(CivilDateFromString),
  ...pageFields,
}).annotate({ identifier: "ListMovementEvents" });

/** A member's movements that stand, in order of civil day. */
export const listMovementEvents = UseCase.query(
  "ListMovementEvents",
  {
    command: ListMovementEvents,
    answer: Page(MovementEvent),
    first: ({ memberId }) => authorize("movement:read", memberId),
  },
  function* (command, { tenantId }) {
    return toPage(yield* MovementStore.use((movements) => movements.list(tenantId, command, pageRequest(command))));
  },
);
