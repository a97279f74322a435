import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about } from "./About.ts";
import { reading } from "./Refusing.ts";
import { getTenant } from "./UseCases.ts";

/** The movement provider itself. */
export const Tenant = HttpApiGroup.make("tenant").add(
  HttpApiEndpoint.get("getTenant", "/tenant", {
    success: getTenant.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get the tenant", "The tenant that the token belongs to.")),
);
