/** `zmos plan list | change | withdraw`: what is sold. */
import { AccessPlan, AccessPlanId } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import * as Struct from "effect/Struct";
import { openApi, withText } from "../Api.ts";
import { readRule } from "../evaluate/RuleFiles.ts";
import { table } from "../output/Table.ts";
import { print, styled } from "../output/Terminal.ts";
import { words } from "../output/Words.ts";
import { readId } from "../ReadId.ts";
import type { Settings } from "../Settings.ts";

const PlanChanges = AccessPlan.mapFields(
  Struct.pick(["name", "billingPeriod", "usageRules", "isProgramLinked"]),
).mapFields(Struct.map(Schema.optionalKey));

/** `zmos plan list` */
export const listPlans = Effect.fn("listPlans")(function* (settings: Settings) {
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api["access-plans"].listAccessPlans({ query: { limit: 100 }, responseMode: "decoded-and-response" }),
  );
  if (settings.json) return yield* print(text);
  if (answer.items.length === 0) return yield* print("Nothing is sold yet.");
  yield* print(
    table(
      [
        { title: "Plan", of: ({ name }) => name },
        { title: "Renews", of: ({ billingPeriod }) => words(billingPeriod) },
        { title: "Sold", of: soldAs },
        { title: "Id", of: ({ id }) => id, isWhole: true },
      ],
      answer.items,
    ),
  );
});

/** `zmos plan change PLAN FILE` */
export const changePlan = Effect.fn("changePlan")(function* (settings: Settings, plan: string, file: string) {
  const accessPlanId = yield* readId(AccessPlanId, plan, "a plan");
  const payload = yield* readRule(file, PlanChanges, "what of a plan is to be changed");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api["access-plans"].changeAccessPlan({
      params: { accessPlanId },
      payload,
      responseMode: "decoded-and-response",
    }),
  );
  yield* print(settings.json ? text : tellPlan(answer));
});

/** `zmos plan withdraw PLAN` */
export const withdrawPlan = Effect.fn("withdrawPlan")(function* (settings: Settings, plan: string) {
  const accessPlanId = yield* readId(AccessPlanId, plan, "a plan");
  const api = yield* openApi(settings);
  const { answer, text } = yield* withText(
    api["access-plans"].withdrawAccessPlan({ params: { accessPlanId }, responseMode: "decoded-and-response" }),
  );
  yield* print(settings.json ? text : tellPlan(answer));
});

const soldAs = ({ revision, withdrawnAt }: AccessPlan): string =>
  withdrawnAt === undefined ? `as revision ${revision}` : "no more";

const tellPlan = (plan: AccessPlan): string =>
  `${styled("bold", plan.name)} is sold ${soldAs(plan)}: plan ${plan.id}; who has it keeps what was bought`;
