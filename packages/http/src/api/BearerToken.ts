import * as HttpApiMiddleware from "effect/http-api/HttpApiMiddleware";
import * as HttpApiSecurity from "effect/http-api/HttpApiSecurity";

/** Marks the groups whose endpoints need a bearer token. Who bears it is found out by the core's Identity port. */
export class BearerToken extends HttpApiMiddleware.Service<BearerToken>()("@zmos/http/api/BearerToken", {
  security: { bearer: HttpApiSecurity.bearer },
}) {}
