import * as OpenApi from "effect/http-api/OpenApi";

interface Operation {
  readonly parameters?: ReadonlyArray<unknown>;
  readonly requestBody?: { readonly content?: Record<string, object> };
}

const idempotencyKey = {
  name: "Idempotency-Key",
  in: "header",
  required: true,
  description: "A new UUID for each new request; sent again with the same key and body, it is done once.",
  schema: { type: "string", minLength: 1, maxLength: 200 },
};

/** What the reference page says of an endpoint: one line, and an example of its body. */
export const about = (summary: string, description: string, example?: object) =>
  OpenApi.annotations({
    summary,
    description,
    ...(example !== undefined && { transform: (operation) => withExample(operation, example) }),
  });

/** The same of an endpoint that changes something, and therefore takes an idempotency key. */
export const aboutCommand = (summary: string, description: string, example?: object) =>
  OpenApi.annotations({
    summary,
    description,
    transform: (operation: Operation) => {
      const keyed = { ...operation, parameters: [...(operation.parameters ?? []), idempotencyKey] };
      return example === undefined ? keyed : withExample(keyed, example);
    },
  });

const withExample = (operation: Operation, example: object) => ({
  ...operation,
  requestBody: {
    ...operation.requestBody,
    content: Object.fromEntries(
      Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => [type, { ...media, example }]),
    ),
  },
});
