import * as Schema from "effect/Schema";
import { MemberId } from "../../kernel/Ids.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { Member } from "../domain/Member.ts";
import { MemberStore } from "../ports/MemberStore.ts";
import { authorize } from "./authorize.ts";

export const GetMember = Schema.Struct({ memberId: MemberId }).annotate({ identifier: "GetMember" });

/** One member; a member may see itself. */
export const getMember = useCase("GetMember", { command: GetMember, answer: Member }, function* ({ memberId }) {
  const { tenantId } = yield* authorize("member:read", memberId);
  const members = yield* MemberStore;
  const units = yield* UnitOfWork;
  return yield* units.read(tenantId, members.find(tenantId, memberId));
});
