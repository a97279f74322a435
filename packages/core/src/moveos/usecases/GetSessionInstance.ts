import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { SessionInstanceStore } from "../ports/SessionInstanceStore.ts";

export const GetSessionInstance = Schema.Struct({ sessionInstanceId: SessionInstanceId }).annotate({
  identifier: "GetSessionInstance",
});

/** One session of the timetable. */
export const getSessionInstance = useCase(
  "GetSessionInstance",
  { command: GetSessionInstance, answer: SessionInstance },
  function* (command) {
    const { tenantId } = yield* authorize("session:read");
    const store = yield* SessionInstanceStore;
    const units = yield* UnitOfWork;
    return yield* units.read(tenantId, store.find(tenantId, command.sessionInstanceId));
  },
);
