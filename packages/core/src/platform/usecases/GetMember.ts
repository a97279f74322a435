import * as Schema from "effect/Schema";
import { MemberId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Member } from "../domain/Member.ts";
import { MemberStore } from "../ports/MemberStore.ts";
import { authorize } from "./Authorize.ts";

export const GetMember = Schema.Struct({ memberId: MemberId }).annotate({ identifier: "GetMember" });

/** One member; a member may see itself. */
export const getMember = UseCase.query(
  "GetMember",
  { command: GetMember, answer: Member, first: ({ memberId }) => authorize("member:read", memberId) },
  function* ({ memberId }, { tenantId }) {
    return yield* MemberStore.use((members) => members.find(tenantId, memberId));
  },
);
