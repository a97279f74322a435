import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { changeAccessPlan, createAccessPlan, getAccessPlan, listAccessPlans, withdrawAccessPlan } from "./UseCases.ts";

/** What gives access: memberships, packs of visits, corporate cover; and their rules. */
export const AccessPlans = HttpApiGroup.make("access-plans").add(
  HttpApiEndpoint.post("createAccessPlan", "/access-plans", {
    payload: createAccessPlan.command,
    success: created(createAccessPlan.answer),
    error: changing(),
  }).annotateMerge(
    aboutCommand(
      "Write an access plan",
      "Visits without limit, so many a civil day, week, month or term, or a pack of credits that expire; where, what and when they are for.",
      {
        name: "Ten visits, off-peak",
        type: "pack",
        billingPeriod: "once_off",
        usageRules: {
          credits: { count: 10, validMonths: 3 },
          allowedTimes: [{ weekdays: [1, 2, 3, 4, 5], from: "09:00", to: "16:00" }],
          openBookings: 3,
        },
      },
    ),
  ),
  HttpApiEndpoint.get("listAccessPlans", "/access-plans", {
    query: listAccessPlans.command,
    success: listAccessPlans.answer,
    error: reading(),
  }).annotateMerge(about("List access plans", "The tenant's plans, oldest first.")),
  HttpApiEndpoint.get("getAccessPlan", "/access-plans/:accessPlanId", {
    params: getAccessPlan.command,
    success: getAccessPlan.answer,
    error: reading("NotFound"),
  }).annotateMerge(about("Get an access plan", "One plan, with its rules, as it is sold now.")),
  HttpApiEndpoint.post("changeAccessPlan", "/access-plans/:accessPlanId/changes", {
    params: changeAccessPlan.command.mapFields(Struct.pick(["accessPlanId"])),
    payload: changeAccessPlan.command.mapFields(Struct.omit(["accessPlanId"])),
    success: changeAccessPlan.answer,
    error: changing("NotFound", "PlanWithdrawn"),
  }).annotateMerge(
    aboutCommand(
      "Change an access plan",
      "For those who buy it from now on; who has it keeps what was bought, also when it renews. What is left out stays; `usageRules` are " +
        "replaced as a whole.",
      { name: "Eight visits, off-peak", usageRules: { credits: { count: 8, validMonths: 2 } } },
    ),
  ),
  HttpApiEndpoint.post("withdrawAccessPlan", "/access-plans/:accessPlanId/withdraw", {
    params: withdrawAccessPlan.command,
    success: withdrawAccessPlan.answer,
    error: changing("NotFound"),
  }).annotateMerge(
    aboutCommand("Withdraw an access plan", "Nobody buys it any more; who has it keeps it, and may renew it."),
  ),
);
