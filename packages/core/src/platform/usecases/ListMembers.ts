import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import { ExternalId } from "../../kernel/Text.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { Member } from "../domain/Member.ts";
import { MemberStore } from "../ports/MemberStore.ts";
import { authorize } from "./authorize.ts";

export const ListMembers = Schema.Struct({ externalPartyId: Schema.optionalKey(ExternalId), ...pageFields }).annotate({
  identifier: "ListMembers",
});

/** The tenant's members, oldest first; or those a partner knows by `externalPartyId`. */
export const listMembers = useCase(
  "ListMembers",
  { command: ListMembers, answer: Page(Member) },
  function* ({ limit, cursor, ...filter }) {
    const { tenantId } = yield* authorize("member:read");
    const members = yield* MemberStore;
    const units = yield* UnitOfWork;
    const page = pageRequest({ ...(limit && { limit }), ...(cursor && { cursor }) });
    return yield* units.read(tenantId, Effect.map(members.list(tenantId, filter, page), toPage));
  },
);
