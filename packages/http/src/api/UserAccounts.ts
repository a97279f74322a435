import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { createUserAccount, deactivateUserAccount, getUserAccount, listUserAccounts } from "./UseCases.ts";

/** Who works for the tenant. */
export const UserAccounts = HttpApiGroup.make("user-accounts").add(
  HttpApiEndpoint.post("createUserAccount", "/user-accounts", {
    payload: createUserAccount.command,
    success: created(createUserAccount.answer),
    error: changing("EmailInUse"),
  }).annotateMerge(
    aboutCommand("Make somebody staff", "Instructors are staff too. Only an owner makes an owner.", {
      firstName: "Wanjiru",
      lastName: "Kamau",
      email: "wanjiru@example.com",
      role: "coach",
    }),
  ),
  HttpApiEndpoint.get("listUserAccounts", "/user-accounts", {
    query: listUserAccounts.command,
    success: listUserAccounts.answer,
    error: reading(),
  }).annotateMerge(about("List staff", "The accounts of staff, oldest first.")),
  HttpApiEndpoint.get("getUserAccount", "/user-accounts/:userAccountId", {
    params: getUserAccount.command,
    success: getUserAccount.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get an account", "One account of staff.")),
  HttpApiEndpoint.post("deactivateUserAccount", "/user-accounts/:userAccountId/deactivate", {
    params: deactivateUserAccount.command,
    success: deactivateUserAccount.answer,
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand("Deactivate an account", "It signs nobody in any more, and is given no more sessions."),
  ),
);
