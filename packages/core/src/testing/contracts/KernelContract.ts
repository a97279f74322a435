import * as Effect from "effect/Effect";
import type { DomainEvent } from "../../kernel/DomainEvent.ts";
import { EventLog } from "../../kernel/EventLog.ts";
import { IdempotencyKeys, type KeyedRequest } from "../../kernel/IdempotencyKeys.ts";
import { IdSource } from "../../kernel/IdSource.ts";
import type { TenantId } from "../../kernel/Ids.ts";
import { clausesOf, same } from "./Clause.ts";
import { addTenant, EPOCH, inTenant } from "./World.ts";

const event = Effect.fnUntraced(function* (tenantId: TenantId, type: string) {
  const id = yield* IdSource.use((ids) => ids.next);
  const happened: DomainEvent = {
    id,
    tenantId,
    type,
    entityType: "Booking",
    entityId: id,
    actorId: "owner-1",
    actorType: "user_account",
    occurredAt: EPOCH,
    data: { seat: 3, note: null, nested: { list: [1, "two", null] } },
  };
  return happened;
});

const append = (...events: ReadonlyArray<DomainEvent>) => EventLog.use((log) => log.append(events));
const outbox = (tenantId: TenantId, limit = 50) =>
  inTenant(
    tenantId,
    EventLog.use((log) => log.outbox(tenantId, { limit })),
  );
const audit = (tenantId: TenantId, limit = 50) =>
  inTenant(
    tenantId,
    EventLog.use((log) => log.audit(tenantId, { limit })),
  );

/** What every event log promises: for each event one audit entry and one outbox event, or neither. */
export const eventLogContract = clausesOf("EventLog")({
  "keeps each event once for the audit and once for the outbox": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const one = yield* event(id, "SeatBooked");
    const two = yield* event(id, "BookingCancelled");
    yield* inTenant(id, append(one, two));
    yield* same("the outbox, oldest first", (yield* outbox(id)).rows, [one, two]);
    yield* same("the audit, newest first", (yield* audit(id)).rows, [two, one]);
  }),

  "keeps neither when the unit of work fails": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const one = yield* event(id, "SeatBooked");
    yield* Effect.flip(inTenant(id, Effect.andThen(append(one), Effect.fail("refused"))));
    yield* same("the outbox", (yield* outbox(id)).rows, []);
    yield* same("the audit", (yield* audit(id)).rows, []);
  }),

  "keeps whatever is said of whatever is named": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const name = 'a,b "quoted" {braces} back\\slash NULL ß🏃';
    const odd = {
      ...(yield* event(id, "SeatBooked")),
      entityId: name,
      actorId: name,
      data: { [name]: [name, null, []] },
    };
    const plain = yield* event(id, "SeatBooked");
    yield* inTenant(id, append(odd, plain));
    yield* same("the outbox", (yield* outbox(id)).rows, [odd, plain]);
    yield* same("the audit", (yield* audit(id)).rows, [plain, odd]);
  }),

  "takes no event at all": Effect.gen(function* () {
    const { id } = yield* addTenant();
    yield* inTenant(id, append());
    yield* same("the outbox", (yield* outbox(id)).rows, []);
  }),

  "is read page by page": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const events = [yield* event(id, "A"), yield* event(id, "B"), yield* event(id, "C")];
    yield* inTenant(id, append(...events));
    const first = yield* audit(id, 2);
    yield* same(
      "the first page",
      first.rows.map(({ type }) => type),
      ["C", "B"],
    );
    const after = first.next ?? [];
    const second = yield* inTenant(
      id,
      EventLog.use((log) => log.audit(id, { limit: 2, after })),
    );
    yield* same("the second page", second, { rows: events.slice(0, 1) });
  }),

  "shows another tenant nothing": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const other = yield* addTenant();
    yield* inTenant(id, Effect.flatMap(event(id, "SeatBooked"), append));
    yield* same("the outbox", (yield* outbox(other.id)).rows, []);
    yield* same("the audit", (yield* audit(other.id)).rows, []);
  }),
});

const requestOf = (tenantId: TenantId, more: Partial<KeyedRequest> = {}): KeyedRequest => ({
  tenantId,
  actorId: "owner-1",
  key: "key-1",
  request: 'BookSession {"memberId":"m"}',
  ...more,
});
const claim = (request: KeyedRequest) => IdempotencyKeys.use((keys) => keys.claim(request));
const find = (request: KeyedRequest) =>
  inTenant(
    request.tenantId,
    IdempotencyKeys.use((keys) => keys.find(request)),
  );
const carryOut = (request: KeyedRequest, answer: unknown) =>
  inTenant(
    request.tenantId,
    Effect.andThen(
      claim(request),
      IdempotencyKeys.use((keys) => keys.keep(request, answer)),
    ),
  );

/** What every store of idempotency keys promises: a command is carried out once, and its answer comes again. */
export const idempotencyKeysContract = clausesOf("IdempotencyKeys")({
  "knows nothing of a key that was not used": Effect.gen(function* () {
    const { id } = yield* addTenant();
    yield* same("the answer", yield* find(requestOf(id)), undefined);
  }),

  "answers the same request as before": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const answer = { id: "b-1", seats: [1, 2] };
    yield* carryOut(requestOf(id), answer);
    yield* same("found", yield* find(requestOf(id)), { answer });
    yield* same("claimed again", yield* inTenant(id, claim(requestOf(id))), { answer });
  }),

  "refuses another request under the same key": Effect.gen(function* () {
    const { id } = yield* addTenant();
    yield* carryOut(requestOf(id), {});
    const other = requestOf(id, { request: 'BookSession {"memberId":"other"}' });
    yield* same("found", (yield* Effect.flip(find(other)))._tag, "IdempotencyKeyReused");
    yield* same("claimed", (yield* Effect.flip(inTenant(id, claim(other))))._tag, "IdempotencyKeyReused");
  }),

  "leaves the key free when the unit of work fails": Effect.gen(function* () {
    const { id } = yield* addTenant();
    yield* Effect.flip(inTenant(id, Effect.andThen(claim(requestOf(id)), Effect.fail("refused"))));
    yield* same("the answer", yield* find(requestOf(id)), undefined);
  }),

  "keeps the keys of two actors and two tenants apart": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const other = yield* addTenant();
    yield* carryOut(requestOf(id), "mine");
    yield* same("another actor", yield* find(requestOf(id, { actorId: "coach-1" })), undefined);
    yield* same("another tenant", yield* find(requestOf(other.id)), undefined);
  }),

  "lets one of many simultaneous requests carry it out, and answers the others alike": Effect.gen(function* () {
    const { id } = yield* addTenant();
    const once = (runner: number) =>
      inTenant(
        id,
        Effect.gen(function* () {
          const earlier = yield* claim(requestOf(id));
          if (earlier !== undefined) return { answer: earlier.answer, isFirst: false };
          yield* IdempotencyKeys.use((keys) => keys.keep(requestOf(id), runner));
          return { answer: runner, isFirst: true };
        }),
      );
    const runners = Array.from({ length: 12 }, (_, runner) => runner);
    const answers = yield* Effect.forEach(runners, once, { concurrency: "unbounded" });
    yield* same("carried out", answers.filter(({ isFirst }) => isFirst).length, 1);
    yield* same("answers", new Set(answers.map(({ answer }) => answer)).size, 1);
  }),
});
