import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { FieldError } from "../../kernel/InvalidCommand.ts";
import { MovementEventId, type TenantId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { authorizeTelling, RecordMovement } from "./RecordMovement.ts";
import { type FactRefusal, recordFacts } from "./RecordFacts.ts";

/** How many movements may be told at once. */
export const MAXIMUM_BATCH = 1_000;

/** Several movements to record together. */
export const RecordMovements = Schema.Struct({
  events: Schema.Array(RecordMovement).check(Schema.isMinLength(1), Schema.isMaxLength(MAXIMUM_BATCH)),
}).annotate({ identifier: "RecordMovements" });

/** How a batch went. **Units** `recorded`: facts that were news; `known`: facts told before. **Shape** ids in the order told. */
export const MovementsRecorded = Schema.Struct({
  recorded: Schema.Int,
  known: Schema.Int,
  movementEventIds: Schema.Array(MovementEventId),
}).annotate({ identifier: "MovementsRecorded" });

/** Some movements of a batch cannot be taken, so none was; each is named by its place in the batch. */
export class MovementsRefused extends Schema.TaggedError<MovementsRefused>()("MovementsRefused", {
  errors: Schema.Array(FieldError),
}) {
  override get message() {
    return `${this.errors.length} of the movements cannot be taken; none was recorded.`;
  }
}

/** Records several movements, all or none. */
export const recordMovements = UseCase.command(
  "RecordMovements",
  { command: RecordMovements, answer: MovementsRecorded, first: (command) => authorizeTellings(command) },
  function* (command, tenantId) {
    return yield* recordAll(tenantId, command);
  },
);

/** Checks that several movements could be recorded together, and what would come of it. Keeps nothing. */
export const checkMovements = UseCase.make(
  "CheckMovements",
  { command: RecordMovements, answer: MovementsRecorded },
  function* (command) {
    const tenantId = yield* authorizeTellings(command);
    const units = yield* UnitOfWork;
    // Whether a fact conflicts shows only where it is recorded: so it is, in a unit of work that then fails and keeps nothing.
    const rehearsal = Effect.flatMap(recordAll(tenantId, command), (answer) => new Rehearsed({ answer }));
    return yield* units
      .run(tenantId, rehearsal)
      .pipe(Effect.catchTag("Rehearsed", ({ answer }) => Effect.succeed(answer)));
  },
);

class Rehearsed extends Schema.TaggedError<Rehearsed>()("Rehearsed", { answer: MovementsRecorded }) {}

const authorizeTellings = Effect.fnUntraced(function* ({ events }: typeof RecordMovements.Type) {
  for (const event of events) yield* authorizeTelling(event);
  const { tenantId } = yield* Principal;
  return tenantId;
});

const recordAll = Effect.fnUntraced(function* (tenantId: TenantId, { events }: typeof RecordMovements.Type) {
  const { refusals, standing, recorded } = yield* recordFacts(tenantId, events);
  if (refusals.length > 0) return yield* new MovementsRefused({ errors: refusals.map(fieldError) });
  return {
    recorded: recorded.length,
    known: events.length - recorded.length,
    movementEventIds: standing.map(({ id }) => id),
  } satisfies typeof MovementsRecorded.Type;
});

const fieldError = ({ index, error }: FactRefusal): FieldError => ({
  path: `/events/${index}${fieldOf(error)}`,
  message: error.message,
});

const fieldOf = (error: FactRefusal["error"]): string => {
  switch (error._tag) {
    case "NotFound":
      return `/${error.entityType.charAt(0).toLowerCase()}${error.entityType.slice(1)}Id`;
    case "MovementInFuture":
      return "/occurredAt";
    case "FactConflict":
      return "/version";
  }
};
