import * as Schema from "effect/Schema";
import { Page, pageFields, pageRequest, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { Challenge } from "../domain/Challenge.ts";
import { ChallengeStore } from "../ports/ChallengeStore.ts";

export const ListChallenges = Schema.Struct(pageFields).annotate({ identifier: "ListChallenges" });

/** The tenant's challenges, oldest first. */
export const listChallenges = UseCase.query(
  "ListChallenges",
  { command: ListChallenges, answer: Page(Challenge), first: () => authorize("challenge:read") },
  function* (command, { tenantId }) {
    return toPage(yield* ChallengeStore.use((challenges) => challenges.list(tenantId, pageRequest(command))));
  },
);
