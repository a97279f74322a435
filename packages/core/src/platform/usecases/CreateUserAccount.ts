import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { newId } from "../../kernel/IdSource.ts";
import { UserAccountId } from "../../kernel/Ids.ts";
import { now } from "../../kernel/Instant.ts";
import { Email, ExternalId, Name, PhoneNumber } from "../../kernel/Text.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { EmailInUse } from "../domain/EmailInUse.ts";
import { StaffRole, UserAccount } from "../domain/UserAccount.ts";
import { UserAccountStore } from "../ports/UserAccountStore.ts";
import { authorize } from "./Authorize.ts";

export const CreateUserAccount = Schema.Struct({
  firstName: Name,
  lastName: Name,
  email: Email,
  phone: Schema.optionalKey(PhoneNumber),
  role: StaffRole,
  externalPartyId: Schema.optionalKey(ExternalId),
}).annotate({ identifier: "CreateUserAccount" });

/** Whoever may manage staff may make any account but an owner's: that takes what only owners may do. */
const authorizeRole = Effect.fnUntraced(function* ({ role }: typeof CreateUserAccount.Type) {
  const principal = yield* authorize("staff:manage");
  return role === "owner" ? yield* authorize("tenant:manage") : principal;
});

/** Makes somebody staff. The audit entry names the role, and no personal data. **Errors** `NotPermitted`, `EmailInUse`. */
export const createUserAccount = UseCase.command(
  "CreateUserAccount",
  { command: CreateUserAccount, answer: UserAccount, first: authorizeRole },
  function* (command, { tenantId }) {
    const accounts = yield* UserAccountStore;
    if ((yield* accounts.byEmail(tenantId, command.email)) !== undefined) {
      return yield* new EmailInUse({ email: command.email });
    }
    const at = yield* now;
    const account: UserAccount = {
      ...command,
      id: yield* newId(UserAccountId),
      tenantId,
      isActive: true,
      createdAt: at,
      updatedAt: at,
    };
    yield* accounts.insert(account);
    yield* record({
      type: "UserAccountCreated",
      entityType: "UserAccount",
      entityId: account.id,
      data: { role: account.role },
    });
    return account;
  },
);
