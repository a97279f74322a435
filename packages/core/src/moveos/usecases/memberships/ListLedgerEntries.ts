import * as Schema from "effect/Schema";
import { MembershipId } from "../../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../../kernel/Page.ts";
import { Principal } from "../../../kernel/Principal.ts";
import * as UseCase from "../../../kernel/UseCase.ts";
import { LedgerEntry } from "../../domain/CreditLedger.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";
import { findOwnMembership } from "./FindOwnMembership.ts";

export const ListLedgerEntries = Schema.Struct({ membershipId: MembershipId, ...pageFields }).annotate({
  identifier: "ListLedgerEntries",
});

/** Every line of a membership's ledger, oldest first. **Errors** `NotFound`. */
export const listLedgerEntries = UseCase.query(
  "ListLedgerEntries",
  { command: ListLedgerEntries, answer: Page(LedgerEntry), first: () => Principal },
  function* (command, { tenantId }) {
    const { membershipId } = command;
    yield* findOwnMembership(membershipId);
    return toPage(yield* EntitlementStore.use((store) => store.entries(tenantId, membershipId, pageRequest(command))));
  },
);
