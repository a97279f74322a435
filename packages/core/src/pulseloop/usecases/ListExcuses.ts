import * as Schema from "effect/Schema";
import { MemberId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { GrantedExcuse } from "../domain/GrantedExcuse.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";

export const ListExcuses = Schema.Struct({ memberId: MemberId, ...pageFields }).annotate({ identifier: "ListExcuses" });

/** The days a member is excused from, in the order they were granted. What was withdrawn is not among them. */
export const listExcuses = UseCase.query(
  "ListExcuses",
  {
    command: ListExcuses,
    answer: Page(GrantedExcuse),
    first: ({ memberId }) => authorize("movement:read", memberId),
  },
  function* (command, { tenantId }) {
    return toPage(yield* ExcuseStore.use((excuses) => excuses.list(tenantId, command.memberId, pageRequest(command))));
  },
);
