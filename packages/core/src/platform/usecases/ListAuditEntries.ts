import * as Schema from "effect/Schema";
import { EventLog } from "../../kernel/EventLog.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { AuditEntry, auditEntryOf } from "../domain/AuditEntry.ts";
import { authorize } from "./Authorize.ts";

export const ListAuditEntries = Schema.Struct(pageFields).annotate({ identifier: "ListAuditEntries" });

/** What was done with the tenant's things, newest first. */
export const listAuditEntries = UseCase.query(
  "ListAuditEntries",
  { command: ListAuditEntries, answer: Page(AuditEntry), first: () => authorize("audit:read") },
  function* (command, { tenantId }) {
    const { rows, ...more } = yield* EventLog.use((log) => log.audit(tenantId, pageRequest(command)));
    return toPage({ ...more, rows: rows.map(auditEntryOf) });
  },
);
