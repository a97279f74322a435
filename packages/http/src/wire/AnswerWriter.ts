import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Schema from "effect/Schema";
import type * as HttpApi from "effect/http-api/HttpApi";

type Successes = Parameters<Parameters<typeof HttpApi.reflect>[1]["onEndpoint"]>[0]["successes"];

/** Writes what a use case answered: the first of the endpoint's answers that it fits decides the status. */
export const answerWriter = (successes: Successes) => {
  const writers = [...successes].flatMap(([status, schemas]) =>
    schemas.map((schema) => ({ status, encode: Schema.encodeUnknownExit(schema as Schema.Codec<unknown, unknown>) })),
  );
  return (answer: unknown): Effect.Effect<Response> => {
    for (const { status, encode } of writers) {
      const encoded = encode(answer);
      if (Exit.isSuccess(encoded)) return Effect.succeed(Response.json(encoded.value, { status }));
    }
    return Effect.die(new Error("an answer that the contract does not describe"));
  };
};
