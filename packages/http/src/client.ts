/**
 * A typed client of the API, from the same contract: over the network to a server, or in-process to an app.
 */
import * as Effect from "effect/Effect";
import * as FetchHttpClient from "effect/http/FetchHttpClient";
import * as HttpClient from "effect/http/HttpClient";
import * as HttpClientRequest from "effect/http/HttpClientRequest";
import * as HttpApiClient from "effect/http-api/HttpApiClient";
import { randomUUID } from "node:crypto";
import { Api } from "./api/Api.ts";

export { Problem, type ProblemType } from "./Problem.ts";

export interface ClientOptions {
  /** Where the server is, such as `http://127.0.0.1:3000`. In-process it is only a name. */
  readonly baseUrl: string;
  /** An access token; none to sign in. */
  readonly token?: string;
  /** How a request is sent: `globalThis.fetch`, or `app.fetch` to stay in the process. */
  readonly fetch?: (request: Request) => Response | Promise<Response>;
}

export type Client = HttpApiClient.ForApi<typeof Api>;

/**
 * A client: one method for each endpoint, by group, such as `client.locations.listLocations({ query: {} })`.
 *
 * Every POST gets a new idempotency key, which a retry of the same effect's request keeps. A refusal fails with its `Problem`.
 */
export const makeClient = ({ baseUrl, token, fetch }: ClientOptions): Effect.Effect<Client> => {
  const prepare = (request: HttpClientRequest.HttpClientRequest) => {
    const keyed =
      request.method === "POST" ? HttpClientRequest.setHeader(request, "idempotency-key", randomUUID()) : request;
    return token === undefined ? keyed : HttpClientRequest.bearerToken(keyed, token);
  };
  const made = HttpApiClient.make(Api, { baseUrl, transformClient: HttpClient.mapRequest(prepare) }).pipe(
    Effect.provide(FetchHttpClient.layer),
  );
  if (fetch === undefined) return made;
  const inProcess = (input: string | URL | Request, init?: RequestInit) =>
    Promise.resolve(fetch(new Request(input, init)));
  return Effect.provideService(made, FetchHttpClient.Fetch, inProcess);
};
