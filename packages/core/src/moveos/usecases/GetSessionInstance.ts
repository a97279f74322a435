import * as Schema from "effect/Schema";
import { SessionInstanceId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { SessionInstance } from "../domain/SessionInstance.ts";
import { SessionInstanceStore } from "../ports/SessionInstanceStore.ts";

export const GetSessionInstance = Schema.Struct({ sessionInstanceId: SessionInstanceId }).annotate({
  identifier: "GetSessionInstance",
});

/** One session of the timetable. */
export const getSessionInstance = UseCase.query(
  "GetSessionInstance",
  { command: GetSessionInstance, answer: SessionInstance, first: () => authorize("session:read") },
  function* ({ sessionInstanceId }, { tenantId }) {
    return yield* SessionInstanceStore.use((sessions) => sessions.find(tenantId, sessionInstanceId));
  },
);
