import * as Schema from "effect/Schema";
import { SessionTypeId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { SessionType } from "../domain/SessionType.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";

export const GetSessionType = Schema.Struct({ sessionTypeId: SessionTypeId }).annotate({
  identifier: "GetSessionType",
});

/** One kind of session. */
export const getSessionType = UseCase.query(
  "GetSessionType",
  { command: GetSessionType, answer: SessionType, first: () => authorize("session:read") },
  function* ({ sessionTypeId }, { tenantId }) {
    return yield* SessionTypeStore.use((sessionTypes) => sessionTypes.find(tenantId, sessionTypeId));
  },
);
