import * as Schema from "effect/Schema";
import { SessionTypeId } from "../../kernel/Ids.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { SessionType } from "../domain/SessionType.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";

export const GetSessionType = Schema.Struct({ sessionTypeId: SessionTypeId }).annotate({
  identifier: "GetSessionType",
});

/** One kind of session. */
export const getSessionType = useCase(
  "GetSessionType",
  { command: GetSessionType, answer: SessionType },
  function* (command) {
    const { tenantId } = yield* authorize("session:read");
    const store = yield* SessionTypeStore;
    const units = yield* UnitOfWork;
    return yield* units.read(tenantId, store.find(tenantId, command.sessionTypeId));
  },
);
