import * as Schema from "effect/Schema";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { ChallengeId } from "../../kernel/Ids.ts";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";
import { StandingStore } from "../ports/StandingStore.ts";

export const ListWouldChange = Schema.Struct({ challengeId: ChallengeId, ...pageFields }).annotate({
  identifier: "ListWouldChange",
});

/** A line whose final result facts that came too late would change. **Units** as the challenge's target. */
export const WouldChange = Schema.Struct({
  entrantId: Schema.String,
  name: Schema.String,
  value: Schema.Finite,
  reachedOn: Schema.optionalKey(CivilDateFromString),
  nowValue: Schema.Finite,
  nowReachedOn: Schema.optionalKey(CivilDateFromString),
}).annotate({ identifier: "WouldChange" });

/** What facts that came after a challenge was finalised would change in its result. For staff. */
export const listWouldChange = UseCase.query(
  "ListWouldChange",
  { command: ListWouldChange, answer: Page(WouldChange), first: () => authorize("challenge:manage") },
  function* (command, { tenantId }) {
    const { id } = yield* ChallengeStore.use((store) => store.find(tenantId, command.challengeId));
    const { rows, next } = yield* StandingStore.use((store) => store.changed(tenantId, id, pageRequest(command)));
    const items = rows.map(({ entrantId, name, value, reachedOn, nowValue, nowReachedOn }) => ({
      entrantId,
      name,
      value,
      ...(reachedOn !== undefined && { reachedOn }),
      nowValue,
      ...(nowReachedOn !== undefined && { nowReachedOn }),
    }));
    return toPage({ rows: items, ...(next !== undefined && { next }) });
  },
);
