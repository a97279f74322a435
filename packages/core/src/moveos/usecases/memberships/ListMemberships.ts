import * as Schema from "effect/Schema";
import { MemberId } from "../../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../../kernel/Page.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { authorize } from "../../../platform/index.ts";
import { Membership } from "../../domain/Membership.ts";
import { MembershipStatus } from "../../domain/MembershipStatus.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

export const ListMemberships = Schema.Struct({
  memberId: Schema.optionalKey(MemberId),
  status: Schema.optionalKey(MembershipStatus),
  ...pageFields,
}).annotate({ identifier: "ListMemberships" });

/** Memberships, oldest first: of a member, or of everybody. A member lists its own. */
export const listMemberships = UseCase.query(
  "ListMemberships",
  {
    command: ListMemberships,
    answer: Page(Membership),
    first: ({ memberId }) => authorize("membership:read", memberId),
  },
  function* (command, { tenantId }) {
    return toPage(
      yield* EntitlementStore.use((store) => store.listMemberships(tenantId, command, pageRequest(command))),
    );
  },
);
