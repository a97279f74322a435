/** Every operation of the OpenAPI document, with a request that would succeed once its ids are real. */
import type { Ask, Answer, TestApp } from "./TestApp.ts";

export type Ids = Readonly<Record<string, string>>;

interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
}

interface OpenApiOperation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly security?: ReadonlyArray<object>;
  readonly parameters?: ReadonlyArray<Parameter>;
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: object }>> };
  readonly responses: Readonly<Record<string, { readonly description?: string; readonly content?: object }>>;
}

export interface Operation extends OpenApiOperation {
  readonly method: string;
  readonly path: string;
  /** The endpoint's name in the contract. */
  readonly name: string;
  /** Which ids a request can name: in the path, in the query, in the body. */
  readonly idNames: ReadonlyArray<string>;
}

export interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: Readonly<Record<"schemas" | "securitySchemes", Readonly<Record<string, unknown>>>>;
}

/** Names that end like ids and name nothing that a tenant keeps. */
const NOT_IDS = new Set(["externalPartyId", "externalId", "actorId"]);

const isId = (name: string) => /[a-z]Id$/.test(name) && !NOT_IDS.has(name);

const namesIn = (value: unknown): ReadonlyArray<string> =>
  typeof value !== "object" || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [name, ...namesIn(inner)]);

export const exampleOf = (operation: OpenApiOperation): object | undefined =>
  operation.requestBody?.content["application/json"]?.example;

export const operationsOf = (document: Document): ReadonlyArray<Operation> =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase(),
      path,
      name: operation.operationId.replace(/^.*\./, ""),
      idNames: [
        ...new Set(
          [...(operation.parameters ?? []).map(({ name }) => name), ...namesIn(exampleOf(operation))].filter(isId),
        ),
      ],
    })),
  );

/** Puts ids where a value names them. */
const withIds = (value: unknown, ids: Ids): unknown => {
  if (Array.isArray(value)) return value.map((inner) => withIds(inner, ids));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ids[name] ?? withIds(inner, ids)]));
};

/** Sends an operation's example with these ids in path, query and body. */
export const send = (app: TestApp, operation: Operation, ids: Ids, how: Ask): Promise<Answer> => {
  let path = operation.path;
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    const id = ids[parameter.name];
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, id ?? "none");
    if (parameter.in === "query" && id !== undefined) query.set(parameter.name, id);
  }
  const example = exampleOf(operation);
  const body = example === undefined ? {} : { body: withIds(example, ids) };
  const url = query.size === 0 ? path : `${path}?${query.toString()}`;
  return app.ask(operation.method, url, { ...body, ...how });
};

export const readDocument = async (app: TestApp): Promise<Document> => {
  const { body } = await app.ask<Document>("GET", "/openapi.json");
  return body;
};
