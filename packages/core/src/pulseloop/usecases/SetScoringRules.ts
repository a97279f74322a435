import * as Schema from "effect/Schema";
import { record } from "../../kernel/EventLog.ts";
import { now } from "../../kernel/Instant.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { defaultRules, ScoringRules, VersionedRules } from "../domain/ScoringRules.ts";
import { ScoringRulesStore } from "../ports/ScoringRulesStore.ts";
import { formulaFor } from "./FormulaFor.ts";

/** Sets what counts with this tenant from now on, as a new version. Scores say by which version they were computed. */
export const setScoringRules = UseCase.command(
  "SetScoringRules",
  { command: ScoringRules, answer: VersionedRules, first: () => authorize("tenant:manage") },
  function* (rules, { tenantId }) {
    if (rules.adherence !== undefined) yield* formulaFor(tenantId, rules.adherence);
    const store = yield* ScoringRulesStore;
    const { version } = (yield* store.latest(tenantId)) ?? defaultRules;
    const next: VersionedRules = { version: version + 1, rules, setAt: yield* now };
    yield* store.insert(tenantId, next);
    yield* record({
      type: "ScoringRulesSet",
      entityType: "Tenant",
      entityId: tenantId,
      data: { version: next.version, rules: encode(rules) },
    });
    return next;
  },
);

const encode = Schema.encodeSync(ScoringRules);

export const GetScoringRules = Schema.Struct({}).annotate({ identifier: "GetScoringRules" });

/** What counts with this tenant. */
export const getScoringRules = UseCase.query(
  "GetScoringRules",
  { command: GetScoringRules, answer: VersionedRules, first: () => authorize("session:read") },
  function* (_, { tenantId }) {
    return (yield* ScoringRulesStore.use((store) => store.latest(tenantId))) ?? defaultRules;
  },
);
