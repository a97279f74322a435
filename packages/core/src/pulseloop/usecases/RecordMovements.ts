import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { FieldError } from "../../kernel/InvalidCommand.ts";
import { MovementEventId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import { UnitOfWork } from "../../kernel/UnitOfWork.ts";
import { useCase } from "../../kernel/UseCase.ts";
import { authorizeTelling, RecordMovement } from "./RecordMovement.ts";
import { type FactRefusal, recordFacts } from "./recordFacts.ts";

/** How many movements may be told at once. */
export const MAXIMUM_BATCH = 1_000;

/** Several movements to record together. **Shape** with `dryRun`, everything is checked and nothing is kept. */
export const RecordMovements = Schema.Struct({
  events: Schema.Array(RecordMovement).check(Schema.isMinLength(1), Schema.isMaxLength(MAXIMUM_BATCH)),
  dryRun: Schema.optionalKey(Schema.Boolean),
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
export const recordMovements = useCase(
  "RecordMovements",
  { command: RecordMovements, answer: MovementsRecorded },
  function* ({ events, dryRun = false }) {
    for (const event of events) yield* authorizeTelling(event);
    const { tenantId } = yield* Principal;
    const units = yield* UnitOfWork;
    const work = Effect.gen(function* () {
      const { refusals, standing, recorded } = yield* recordFacts(tenantId, events);
      if (refusals.length > 0) return yield* new MovementsRefused({ errors: refusals.map(fieldError) });
      const answer = {
        recorded: recorded.length,
        known: events.length - recorded.length,
        movementEventIds: standing.map(({ id }) => id),
      };
      return dryRun ? yield* Effect.fail(new DryRun(answer)) : answer;
    });
    return yield* units.run(tenantId, work).pipe(
      Effect.catchIf(
        (error) => error instanceof DryRun,
        (rehearsal) => Effect.succeed(rehearsal.answer),
      ),
    );
  },
);

/** Ends a rehearsal: failing is what makes the unit of work keep nothing. */
class DryRun {
  readonly _tag = "DryRun";
  readonly answer: typeof MovementsRecorded.Type;
  constructor(answer: typeof MovementsRecorded.Type) {
    this.answer = answer;
  }
}

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
