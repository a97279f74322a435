/** What the HTTP door itself refuses, before any use case is asked. */
import * as Schema from "effect/Schema";

/** Nothing is served at this address. */
export class RouteNotFound extends Schema.TaggedError<RouteNotFound>()("RouteNotFound", {}) {
  override get message() {
    return "Nothing is served at this address. What is served is listed in /openapi.json.";
  }
}

/** The address exists, but not with this method. **Shape** `allowed`: the methods it has. */
export class MethodNotAllowed extends Schema.TaggedError<MethodNotAllowed>()("MethodNotAllowed", {
  allowed: Schema.Array(Schema.String),
}) {
  override get message() {
    return `This address takes ${this.allowed.join(", ")}.`;
  }
}

/** The client wants an answer in a form that is not spoken here. */
export class NotAcceptable extends Schema.TaggedError<NotAcceptable>()("NotAcceptable", {}) {
  override get message() {
    return "Answers are application/json; the Accept header excludes that.";
  }
}

/** The body is not declared to be JSON. */
export class UnsupportedMediaType extends Schema.TaggedError<UnsupportedMediaType>()("UnsupportedMediaType", {}) {
  override get message() {
    return "A body must be JSON and say so: Content-Type: application/json.";
  }
}

/** The body is larger than is read. **Units** `limitBytes`: bytes. */
export class BodyTooLarge extends Schema.TaggedError<BodyTooLarge>()("BodyTooLarge", { limitBytes: Schema.Int }) {
  override get message() {
    return `A body may have ${this.limitBytes} bytes at most. Send large imports in several batches.`;
  }
}

/** The body cannot be read as JSON. **Shape** `reason` says why, without quoting it. */
export class MalformedBody extends Schema.TaggedError<MalformedBody>()("MalformedBody", { reason: Schema.String }) {
  override get message() {
    return `The body cannot be read: ${this.reason}`;
  }
}

/** A POST came without an idempotency key. */
export class IdempotencyKeyMissing extends Schema.TaggedError<IdempotencyKeyMissing>()("IdempotencyKeyMissing", {}) {
  override get message() {
    return "Every POST needs an Idempotency-Key header, such as a new UUID: sent again with the same key, it is done once.";
  }
}

/** The client asks too often. **Units** `retryAfterSeconds`: seconds. */
export class TooManyRequests extends Schema.TaggedError<TooManyRequests>()("TooManyRequests", {
  retryAfterSeconds: Schema.Int,
}) {
  override get message() {
    return `Too many attempts. Try again in ${this.retryAfterSeconds} s.`;
  }
}

/** Something went wrong that should not have. What it was is in the log, under the request id, and nowhere else. */
export class InternalError extends Schema.TaggedError<InternalError>()("InternalError", {}) {
  override get message() {
    return "Something went wrong on our side. Quote the instance of this problem when you ask about it.";
  }
}
