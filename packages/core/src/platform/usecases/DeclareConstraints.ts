import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { MemberId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Name } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { Member } from "../domain/Member.ts";
import { MemberStore } from "../ports/MemberStore.ts";
import { authorize } from "./Authorize.ts";

/** **Shape** `constraints`: all that hold from now on, in the words of the session types' contraindications. */
export const DeclareConstraints = Schema.Struct({
  memberId: MemberId,
  constraints: Schema.Array(Name).check(Schema.isMaxLength(50)),
}).annotate({ identifier: "DeclareConstraints" });

/** A member says what a session may not be good for; staff may write it down for it. **Errors** `NotPermitted`, `NotFound`. */
export const declareConstraints = UseCase.command(
  "DeclareConstraints",
  {
    command: DeclareConstraints,
    answer: Member,
    first: ({ memberId }) => authorize("member:declare", memberId),
  },
  function* ({ memberId, constraints }, { tenantId }) {
    const members = yield* MemberStore;
    const member = yield* members.find(tenantId, memberId);
    const declared: Member = { ...member, constraints, updatedAt: yield* now };
    yield* members.saveConstraints(declared);
    // What it is is the member's own: the audit says only that something was declared.
    yield* record({
      type: "ConstraintsDeclared",
      entityType: "Member",
      entityId: memberId,
      data: { count: constraints.length },
    });
    return declared;
  },
);
