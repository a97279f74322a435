import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { createAccessPlan, getAccessPlan, listAccessPlans } from "./UseCases.ts";

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
  }).annotateMerge(about("Get an access plan", "One plan, with its rules.")),
);
