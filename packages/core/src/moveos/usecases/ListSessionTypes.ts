import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { SessionType } from "../domain/SessionType.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";

export const ListSessionTypes = Schema.Struct(pageFields).annotate({ identifier: "ListSessionTypes" });

/** What the tenant offers, oldest first. */
export const listSessionTypes = useCase(
  "ListSessionTypes",
  { command: ListSessionTypes, answer: Page(SessionType) },
  function* (command) {
    const { tenantId } = yield* authorize("session:read");
    const sessionTypes = yield* SessionTypeStore;
    const units = yield* UnitOfWork;
    return yield* units.read(tenantId, Effect.map(sessionTypes.list(tenantId, pageRequest(command)), toPage));
  },
);
