import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { changing, reading } from "./Refusing.ts";
import { getTenant, listAuditEntries, revokeTokens } from "./UseCases.ts";

/** The movement provider itself. */
export const Tenant = HttpApiGroup.make("tenant").add(
  HttpApiEndpoint.get("getTenant", "/tenant", {
    success: getTenant.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get the tenant", "The tenant that the token belongs to.")),
  HttpApiEndpoint.get("listAuditEntries", "/audit-entries", {
    query: listAuditEntries.command,
    success: listAuditEntries.answer,
    error: reading(),
  }).annotateMerge(about("List the audit", "Who did what to what, newest first.")),
  HttpApiEndpoint.post("revokeTokens", "/tokens/revoke", {
    payload: revokeTokens.command,
    success: revokeTokens.answer,
    error: changing(),
  }).annotateMerge(
    aboutCommand("Revoke access tokens", "Voids the tokens issued until now: of one actor, or of everybody.", {
      actorId: "desk-1",
    }),
  ),
);
