import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { UserAccountId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { UserAccount } from "../domain/UserAccount.ts";
import { UserAccountStore } from "../ports/UserAccountStore.ts";
import { authorize } from "./Authorize.ts";

export const DeactivateUserAccount = Schema.Struct({ userAccountId: UserAccountId }).annotate({
  identifier: "DeactivateUserAccount",
});

/**
 * Ends what an account may do: from now on it signs in nobody and is given no sessions. Those it has stay its own until somebody is put in.
 * Done again, it changes nothing. An owner's account takes an owner.
 */
export const deactivateUserAccount = UseCase.command(
  "DeactivateUserAccount",
  { command: DeactivateUserAccount, answer: UserAccount, first: () => authorize("staff:manage") },
  function* ({ userAccountId }, { tenantId }) {
    const accounts = yield* UserAccountStore;
    const account = yield* accounts.lock(tenantId, userAccountId);
    if (account.role === "owner") yield* authorize("tenant:manage");
    if (!account.isActive) return account;
    const deactivated: UserAccount = { ...account, isActive: false, updatedAt: yield* now };
    yield* accounts.change(deactivated);
    yield* record({
      type: "UserAccountDeactivated",
      entityType: "UserAccount",
      entityId: userAccountId,
      data: { role: account.role },
    });
    return deactivated;
  },
);
