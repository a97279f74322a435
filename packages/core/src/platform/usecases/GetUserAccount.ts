import * as Schema from "effect/Schema";
import { UserAccountId } from "../../kernel/Ids.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { UserAccount } from "../domain/UserAccount.ts";
import { UserAccountStore } from "../ports/UserAccountStore.ts";
import { authorize } from "./Authorize.ts";

export const GetUserAccount = Schema.Struct({ userAccountId: UserAccountId }).annotate({
  identifier: "GetUserAccount",
});

/** One account of staff. */
export const getUserAccount = UseCase.query(
  "GetUserAccount",
  { command: GetUserAccount, answer: UserAccount, first: () => authorize("staff:read") },
  function* ({ userAccountId }, { tenantId }) {
    return yield* UserAccountStore.use((accounts) => accounts.find(tenantId, userAccountId));
  },
);
