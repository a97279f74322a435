import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import { ExternalId } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Member } from "../domain/Member.ts";
import { MemberStore } from "../ports/MemberStore.ts";
import { authorize } from "./Authorize.ts";

export const ListMembers = Schema.Struct({ externalPartyId: Schema.optionalKey(ExternalId), ...pageFields }).annotate({
  identifier: "ListMembers",
});

/** The tenant's members, oldest first; or those a partner knows by `externalPartyId`. */
export const listMembers = UseCase.query(
  "ListMembers",
  { command: ListMembers, answer: Page(Member), first: () => authorize("member:read") },
  function* (command, { tenantId }) {
    return toPage(yield* MemberStore.use((members) => members.list(tenantId, command, pageRequest(command))));
  },
);
