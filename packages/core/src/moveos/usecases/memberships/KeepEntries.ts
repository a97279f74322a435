import * as Effect from "effect/Effect";
import { newId } from "../../../kernel/IdSource.ts";
import { LedgerEntryId } from "../../../kernel/Ids.ts";
import type { LedgerEntry, NewEntry } from "../../domain/CreditLedger.ts";
import { EntitlementStore } from "../../ports/EntitlementStore.ts";

/** Gives entries their ids, in order, and keeps them. */
export const keepEntries = Effect.fnUntraced(function* (entries: ReadonlyArray<NewEntry>) {
  if (entries.length === 0) return [];
  const kept: Array<LedgerEntry> = [];
  for (const entry of entries) kept.push({ ...entry, id: yield* newId(LedgerEntryId) });
  yield* EntitlementStore.use((store) => store.append(kept));
  return kept;
});
