import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import {
  CurrentIdempotencyKey,
  type EarlierAnswer,
  type IdempotencyKeyReused,
  IdempotencyKeys,
  type KeyedRequest,
} from "../../../kernel/IdempotencyKeys.ts";
import { now } from "../../../kernel/Instant.ts";
import { NotFound } from "../../../kernel/NotFound.ts";
import { Principal } from "../../../kernel/Principal.ts";
import { UnitOfWork } from "../../../kernel/UnitOfWork.ts";
import { accessKey } from "../../ports/EntitlementStore.ts";
import { RosterStore } from "../../ports/RosterStore.ts";
import { keepDecisions } from "./KeepDecisions.ts";
import { lockMembers } from "./MembersConcerned.ts";
import { type Decided, OpenSheets } from "./OpenSheets.ts";
import type { AnyTask } from "./RosterTask.ts";

/**
 * Decides about tasks in one unit of work, in order, each from what those before it left: every roster is locked once, everything is read once, and
 * written once. What is refused whoever asks is refused as things were found: it was asked at the same moment. Answers a result for each; a refusal
 * of one is nothing to the others.
 */
export const decideTogether = Effect.fn("decideTogether")(function* (tasks: ReadonlyArray<AnyTask>) {
  const rosters = yield* RosterStore;
  const keys = yield* IdempotencyKeys;
  const units = yield* UnitOfWork;
  const at = yield* now;

  const requests = tasks.map(({ request }) => request);
  const open = new OpenSheets(yield* rosters.lock(requests, at), at);
  const refused = new Map<AnyTask, unknown>();
  for (const task of tasks) {
    const refusal = open.refusalAtSight(task);
    if (refusal !== undefined) refused.set(task, refusal);
  }
  const doubtful = tasks.filter((task) => !refused.has(task));
  const named = [...refused.keys()].flatMap(({ principal: { tenantId }, memberId }) =>
    memberId === undefined ? [] : [{ tenantId, memberId }],
  );
  // Who else asked under a key had the roster before us: only now is what was answered there to be seen.
  const keyed = tasks.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const [earlier, concerned, known] = yield* Effect.all(
    [
      keys.findAll(keyed),
      lockMembers(open.concerns(doubtful), at),
      named.length === 0 ? Effect.succeed([]) : rosters.knownMembers(named),
    ],
    { concurrency: "unbounded" },
  );
  const isKnown = new Set(known.map(accessKey));
  const earlierOf = new Map<KeyedRequest, (typeof earlier)[number]>(keyed.map((key, index) => [key, earlier[index]]));
  open.seat(concerned);

  const refusalOf = (task: AnyTask): unknown => {
    const { memberId, principal } = task;
    return memberId === undefined || isKnown.has(accessKey({ tenantId: principal.tenantId, memberId }))
      ? refused.get(task)
      : new NotFound({ entityType: "Member", entityId: memberId });
  };
  const results: Array<Result.Result<unknown, unknown>> = [];
  const accepted: Array<Decided & { readonly index: number }> = [];
  for (const [index, task] of tasks.entries()) {
    const before = task.key && earlierOf.get(task.key);
    if (before === undefined) {
      const decided = refused.has(task) ? Result.fail(refusalOf(task)) : open.decide(task);
      results.push(decided);
      if (Result.isSuccess(decided)) accepted.push({ index, ...decided.success });
    } else {
      results.push(yield* answeredBefore(before, task));
    }
  }

  if (accepted.length === 0) return results;
  yield* keepDecisions(open, accepted, at);
  const answers = [];
  for (const decided of accepted) {
    const { task, index } = decided;
    const answer = yield* answerOf(decided);
    results[index] = Result.succeed(answer);
    if (task.key !== undefined) {
      answers.push({ request: task.key, answer: yield* Effect.orDie(Schema.encodeUnknownEffect(task.schema)(answer)) });
    }
  }
  if (answers.length > 0) yield* Effect.asVoid(units.inPassing(keys.keepAll(answers)));
  return results;
});

/** What was answered under the key, if for the same. */
const answeredBefore = Effect.fnUntraced(function* (before: EarlierAnswer | IdempotencyKeyReused, { schema }: AnyTask) {
  const result: Result.Result<unknown, IdempotencyKeyReused> =
    "answer" in before
      ? Result.succeed(yield* Effect.orDie(Schema.decodeUnknownEffect(schema)(before.answer)))
      : Result.fail(before);
  return result;
});

/** The task's answer, with whatever belongs to it in the same unit of work: a check-in's movement. */
const answerOf = ({ task, after, command, events }: Decided) =>
  task
    .answer(after, command, events)
    .pipe(
      Effect.provideService(Principal, task.principal),
      Effect.provideService(CurrentIdempotencyKey, undefined),
    ) as Effect.Effect<unknown>;
