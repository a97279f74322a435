import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { CivilDate } from "../../kernel/CivilDate.ts";
import { CivilDateFromString } from "../../kernel/CivilDateFromString.ts";
import { MovementJourneyId, type TenantId } from "../../kernel/Ids.ts";
import { MAXIMUM_LIMIT, Page, pageFields, pageRequest, type Position, toPage } from "../../kernel/Page.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorize } from "../../platform/index.ts";
import { FlagStatus, FollowUpFlag, ProposedFlag } from "../domain/FollowUpFlag.ts";
import type { MovementJourney } from "../domain/MovementJourney.ts";
import { EnrollmentStore } from "../ports/EnrollmentStore.ts";
import { FollowUpFlagStore } from "../ports/FollowUpFlagStore.ts";
import { JourneyStore } from "../ports/JourneyStore.ts";
import { linesOf } from "./LinesOf.ts";

/** **Shape** without `asOf`, proposals are as of today where each member lives. */
export const ListFlags = Schema.Struct({
  journeyId: MovementJourneyId,
  status: Schema.optionalKey(FlagStatus),
  asOf: Schema.optionalKey(CivilDateFromString),
  ...pageFields,
}).annotate({ identifier: "ListFlags" });

/** **Shape** `proposed`: what the evaluation would raise and nobody has raised or dealt with; on the first page alone. */
export const Flags = Schema.Struct({
  ...Page(FollowUpFlag).fields,
  proposed: Schema.Array(ProposedFlag),
}).annotate({ identifier: "Flags" });

/** Who on a journey needs looking after: flags raised and resolved, oldest first, and those that are proposed. */
export const listFlags = UseCase.query(
  "ListFlags",
  { command: ListFlags, answer: Flags, first: () => authorize("flag:read") },
  function* (command, { tenantId }) {
    const journey = yield* JourneyStore.use((journeys) => journeys.find(tenantId, command.journeyId));
    const page = toPage(yield* FollowUpFlagStore.use((flags) => flags.list(tenantId, command, pageRequest(command))));
    const proposed = command.cursor === undefined ? yield* proposals(tenantId, journey, command.asOf) : [];
    return { ...page, proposed };
  },
);

const proposals = Effect.fnUntraced(function* (tenantId: TenantId, journey: MovementJourney, asOf?: CivilDate) {
  const enrollments = yield* EnrollmentStore;
  const proposed: Array<ProposedFlag> = [];
  const filter = { journeyId: journey.id, status: "active" } as const;
  let after: Position | undefined;
  do {
    const { rows, next }: Effect.Success<ReturnType<typeof enrollments.list>> = yield* enrollments.list(
      tenantId,
      filter,
      { limit: MAXIMUM_LIMIT, ...(after && { after }) },
    );
    for (const line of yield* linesOf(tenantId, journey, rows, asOf)) proposed.push(...line.proposedFlags);
    after = next;
  } while (after !== undefined);
  return proposed;
});
