import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { UserAccount } from "../domain/UserAccount.ts";
import { UserAccountStore } from "../ports/UserAccountStore.ts";
import { authorize } from "./Authorize.ts";

export const ListUserAccounts = Schema.Struct(pageFields).annotate({ identifier: "ListUserAccounts" });

/** The tenant's staff, oldest first. */
export const listUserAccounts = UseCase.query(
  "ListUserAccounts",
  { command: ListUserAccounts, answer: Page(UserAccount), first: () => authorize("staff:read") },
  function* (command, { tenantId }) {
    return toPage(yield* UserAccountStore.use((accounts) => accounts.list(tenantId, pageRequest(command))));
  },
);
