/** The API as commands use it: over the network to a server, or in this process to the same app on a database. */
import { AccessTokens, createApp } from "@zmos/http";
import { type Client as ApiClient, makeClient } from "@zmos/http/client";
import * as Effect from "effect/Effect";
import type * as HttpClientResponse from "effect/http/HttpClientResponse";
import type * as Scope from "effect/Scope";
import { findTenant, openInstallation } from "./Installation.ts";
import { BadInput } from "./Refusals.ts";
import type { Settings } from "./Settings.ts";

/** A client of the API: one method for each endpoint. */
export interface Client extends ApiClient {}

/** Who acts when a command works on a database directly. */
export const OPERATOR = "command-line";

/** A client for these settings, until the scope closes. */
export const openApi = Effect.fn("openApi")(function* (
  settings: Settings,
): Effect.fn.Return<Client, unknown, Scope.Scope> {
  const { url, token, tenant } = settings;
  if (url !== undefined) {
    if (!URL.canParse(url)) {
      return yield* new BadInput({ detail: `${url} is not an address like http://127.0.0.1:3000. Change --url.` });
    }
    if (tenant !== undefined) {
      return yield* new BadInput({ detail: "With --url the token says which tenant it is. Leave --tenant out." });
    }
    return yield* makeClient({ baseUrl: url, ...(token !== undefined && { token }) });
  }
  const services = yield* openInstallation(settings);
  const bearer = Effect.gen(function* () {
    const { id: tenantId } = yield* findTenant(tenant);
    return yield* AccessTokens.use((tokens) => tokens.issue({ tenantId, actorId: OPERATOR, role: "owner" }));
  });
  const { accessToken } = yield* Effect.provide(bearer, services);
  const app = createApp({ services });
  return yield* makeClient({
    baseUrl: "http://in-process.zmos",
    token: accessToken,
    fetch: (request) => app.fetch(request),
  });
});

/** What was answered, and the text it came in. Programs get the text as it is, so it is the same wherever it came from. */
export const withText = Effect.fnUntraced(function* <A, E, R>(
  call: Effect.Effect<[A, HttpClientResponse.HttpClientResponse], E, R>,
) {
  const [answer, response] = yield* call;
  return { answer, text: yield* response.text };
});
