import * as Context from "effect/Context";
import type * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { TenantId } from "./Ids.ts";

/** A key that a caller gives a command so that sending it again does it once. **Source** IETF draft Idempotency-Key header 07. */
export const IdempotencyKey = Schema.String.check(
  Schema.isPattern(/^[\x21-\x7E]{1,200}$/, { expected: "1 to 200 visible ASCII characters" }),
);

/** The key of the command at hand, where its caller gave one. */
export class CurrentIdempotencyKey extends Context.Reference<string | undefined>(
  "@zmos/core/kernel/CurrentIdempotencyKey",
  { defaultValue: () => undefined },
) {}

/** The key was used before, with another command. */
export class IdempotencyKeyReused extends Schema.TaggedError<IdempotencyKeyReused>()("IdempotencyKeyReused", {
  key: Schema.String,
}) {
  override get message() {
    return `The idempotency key ${this.key} was used with another request. Send a new request with a new key.`;
  }
}

/** A command with this key is being carried out at this moment. */
export class IdempotencyKeyInFlight extends Schema.TaggedError<IdempotencyKeyInFlight>()("IdempotencyKeyInFlight", {
  key: Schema.String,
}) {
  override get message() {
    return `A request with the idempotency key ${this.key} is still being carried out. Send it again in a moment.`;
  }
}

/** Whose key, and for what. **Shape** `request`: the command's name and content, as text that is equal for equal commands. */
export interface KeyedRequest {
  readonly tenantId: TenantId;
  readonly actorId: string;
  readonly key: string;
  readonly request: string;
}

/** The answer that an earlier command with the key got, as plain JSON. */
export interface EarlierAnswer {
  readonly answer: unknown;
}

/**
 * Which commands were carried out under which key, and what they answered. A key belongs to one actor of one tenant.
 *
 * **Contract**
 * - `find` answers the earlier answer, or none. Another request under the same key is `IdempotencyKeyReused`.
 * - `claim`, inside a unit of work, does the same, and where there is none makes everybody else who would claim the key wait until
 *   the unit ends (or be told `IdempotencyKeyInFlight`).
 * - `keep`, inside the same unit of work, keeps the answer. A unit that fails leaves the key free.
 * - `findAll` and `keepAll` do the same for commands that are decided together: what each found, in order; and their answers, of which each
 *   that another unit of work has kept meanwhile makes this one begin again.
 */
export class IdempotencyKeys extends Context.Service<
  IdempotencyKeys,
  {
    readonly find: (request: KeyedRequest) => Effect.Effect<EarlierAnswer | undefined, IdempotencyKeyReused>;
    readonly claim: (
      request: KeyedRequest,
    ) => Effect.Effect<EarlierAnswer | undefined, IdempotencyKeyReused | IdempotencyKeyInFlight>;
    readonly keep: (request: KeyedRequest, answer: unknown) => Effect.Effect<void>;
    readonly findAll: (
      requests: ReadonlyArray<KeyedRequest>,
    ) => Effect.Effect<ReadonlyArray<EarlierAnswer | IdempotencyKeyReused | undefined>>;
    readonly keepAll: (
      answers: ReadonlyArray<EarlierAnswer & { readonly request: KeyedRequest }>,
    ) => Effect.Effect<void>;
  }
>()("@zmos/core/kernel/IdempotencyKeys") {}
