import { type FieldError, fieldErrors, InvalidCommand } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Schema from "effect/Schema";
import type * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import { nothingExpected, unknownFields } from "./FieldErrors.ts";
import { readBody } from "./ReadBody.ts";

type Fields = Readonly<Record<string, unknown>>;
type Read = Result.Result<unknown, ReadonlyArray<FieldError>>;

/** What a request brings. */
export interface RequestParts {
  readonly request: Request;
  readonly params: Fields;
  readonly query: Readonly<Record<string, ReadonlyArray<string>>>;
}

/** How many fields that cannot be taken are named at once. */
const MOST_ERRORS = 100;

/** Reads a part that an endpoint does not have: it must be empty. */
const readNothing = (input: unknown): Read => {
  const errors = nothingExpected(Object(input) as object);
  return errors.length === 0 ? Result.succeed({}) : Result.fail(errors);
};

const reader = (schema: Schema.Top | undefined): ((input: unknown) => Read) => {
  if (schema === undefined) return readNothing;
  const decode = Schema.decodeUnknownResult(schema as Schema.Codec<unknown, unknown>, {
    errors: "all",
    onExcessProperty: "error",
  });
  return (input) => Result.mapError(decode(input), ({ issue }) => fieldErrors(issue));
};

/** Of several shapes that a body may have, the one that knows most of its fields is what was meant. */
const anyReader =
  (readers: ReadonlyArray<(input: unknown) => Read>) =>
  (input: unknown): Read => {
    let closest: ReadonlyArray<FieldError> | undefined;
    for (const read of readers) {
      const result = read(input);
      if (Result.isSuccess(result)) return result;
      if (closest === undefined || unknownFields(result.failure) < unknownFields(closest)) closest = result.failure;
    }
    return Result.fail(closest ?? []);
  };

/**
 * Reads the command of an endpoint from a request: path parameters, query and body together.
 *
 * **Errors** what is wrong with the body as such, then `InvalidCommand` with every field that cannot be taken.
 */
export const commandReader = (endpoint: HttpApiEndpoint.Top) => {
  const readParams = reader(endpoint.params);
  const readQuery = reader(endpoint.query);
  const payloads = [...endpoint.payload.values()].flatMap(({ schemas }) => [...schemas]);
  const hasPayload = payloads.length > 0;
  const readPayload = hasPayload ? anyReader(payloads.map(reader)) : readNothing;
  const mayHaveBody = endpoint.method !== "GET";

  return Effect.fnUntraced(function* ({ request, params, query }: RequestParts) {
    const body = mayHaveBody ? yield* readBody(request) : undefined;
    const errors: Array<FieldError> = [];
    const single: Record<string, unknown> = {};
    for (const [name, values] of Object.entries(query)) {
      if (values.length === 1) single[name] = values[0];
      else errors.push({ path: `/${name}`, message: "is given more than once" });
    }
    // A body that was not sent is an empty one, so that what it misses is named by field.
    const parts = [readParams(params), readQuery(single), readPayload(body === undefined ? {} : body)];
    const command: Record<string, unknown> = {};
    for (const part of parts) {
      if (Result.isFailure(part)) errors.push(...part.failure);
      else Object.assign(command, part.success);
    }
    if (errors.length > 0) return yield* new InvalidCommand({ errors: errors.slice(0, MOST_ERRORS) });
    return command;
  });
};
