import * as Schema from "effect/Schema";
import { MovementEventId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorizeOwned } from "../../platform/index.ts";
import { MovementEvent } from "../domain/MovementEvent.ts";
import { MovementStore } from "../ports/MovementStore.ts";

export const GetMovementEvent = Schema.Struct({ movementEventId: MovementEventId }).annotate({
  identifier: "GetMovementEvent",
});

/** One movement, in the version that stands. A member sees its own, and does not learn that another's exists. */
export const getMovementEvent = UseCase.query(
  "GetMovementEvent",
  { command: GetMovementEvent, answer: MovementEvent, first: () => Principal },
  function* ({ movementEventId }, principal) {
    const event = yield* MovementStore.use((movements) => movements.find(principal.tenantId, movementEventId));
    const { memberId } = event;
    yield* authorizeOwned("movement:read", { memberId, entityType: "MovementEvent", entityId: movementEventId });
    return event;
  },
);
