import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { SessionType } from "../domain/SessionType.ts";
import { SessionTypeStore } from "../ports/SessionTypeStore.ts";

export const ListSessionTypes = Schema.Struct(pageFields).annotate({ identifier: "ListSessionTypes" });

/** What the tenant offers, oldest first. */
export const listSessionTypes = UseCase.query(
  "ListSessionTypes",
  { command: ListSessionTypes, answer: Page(SessionType), first: () => authorize("session:read") },
  function* (command, { tenantId }) {
    return toPage(yield* SessionTypeStore.use((sessionTypes) => sessionTypes.list(tenantId, pageRequest(command))));
  },
);
