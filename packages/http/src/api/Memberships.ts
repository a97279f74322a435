import type { CivilDate } from "@zmos/core";
import * as Struct from "effect/Struct";
import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import {
  adjustCredits,
  blockMembership,
  cancelMembership,
  getMembership,
  listLedgerEntries,
  listMemberships,
  pauseMembership,
  renewMembership,
  resumeMembership,
  startMembership,
  unblockMembership,
} from "./UseCases.ts";

/** What a change of a membership may refuse. */
const byTheMembership = [
  "NotFound",
  "MembershipStatusForbids",
  "MembershipDayImpossible",
  "MembershipEndless",
] as const;

/** Members' subscriptions to plans: what is left of them, what they paid for, and how they change. */
export const Memberships = HttpApiGroup.make("memberships").add(
  HttpApiEndpoint.post("startMembership", "/memberships", {
    payload: startMembership.command,
    success: created(startMembership.answer),
    error: changing("NotFound", "PlanWithdrawn", "MembershipDayImpossible"),
  }).annotateMerge(
    aboutCommand(
      "Start a membership",
      "Of a plan as it is sold now, from `startDate`, or today where the member lives, with the first credits of its plan. Staff only.",
      {
        memberId: "01a0a1f4-0000-7000-8000-000000000004",
        accessPlanId: "01a0a1f4-0000-7000-8000-00000000000c",
        startDate: "2026-11-16",
      },
    ),
  ),
  HttpApiEndpoint.get("listMemberships", "/memberships", {
    query: listMemberships.command,
    success: listMemberships.answer,
    error: reading(),
  }).annotateMerge(about("List memberships", "Of a member, in a state, or all of them; a member lists its own.")),
  HttpApiEndpoint.get("getMembership", "/memberships/:membershipId", {
    params: getMembership.command,
    success: getMembership.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about(
      "Get a membership",
      "With its plan, its credits lot by lot, the visits of the present period and its next renewal.",
    ),
  ),
  HttpApiEndpoint.get("listLedgerEntries", "/memberships/:membershipId/ledger", {
    params: listLedgerEntries.command.mapFields(Struct.pick(["membershipId"])),
    query: listLedgerEntries.command.mapFields(Struct.omit(["membershipId"])),
    success: listLedgerEntries.answer,
    error: reading("NotFound"),
  }).annotateMerge(
    about("List the ledger", "Every credit granted, held, spent, given back, expired or adjusted, oldest first."),
  ),
  HttpApiEndpoint.post("pauseMembership", "/memberships/:membershipId/pause", {
    params: pauseMembership.command.mapFields(Struct.pick(["membershipId"])),
    payload: pauseMembership.command.mapFields(Struct.omit(["membershipId"])),
    success: pauseMembership.answer,
    error: changing(...byTheMembership),
  }).annotateMerge(
    aboutCommand(
      "Pause a membership",
      "It pays for nothing on these days, and nobody expects the member to move; past days, too. Staff only.",
      { from: "2026-11-20", to: "2026-11-27" },
    ),
  ),
  HttpApiEndpoint.post("resumeMembership", "/memberships/:membershipId/resume", {
    params: resumeMembership.command.mapFields(Struct.pick(["membershipId"])),
    payload: resumeMembership.command.mapFields(Struct.omit(["membershipId"])),
    success: resumeMembership.answer,
    error: changing(...byTheMembership),
  }).annotateMerge(
    aboutCommand("Resume a membership", "`on` is the first day that counts again, without it today. Staff only.", {
      on: "2026-11-25",
    }),
  ),
  HttpApiEndpoint.post("blockMembership", "/memberships/:membershipId/block", {
    params: blockMembership.command.mapFields(Struct.pick(["membershipId"])),
    payload: blockMembership.command.mapFields(Struct.omit(["membershipId"])),
    success: blockMembership.answer,
    error: changing(...byTheMembership),
  }).annotateMerge(
    aboutCommand("Block a membership", "It pays for nothing until the block is lifted. Staff only.", {
      reason: "The fee of October is open.",
    }),
  ),
  HttpApiEndpoint.post("unblockMembership", "/memberships/:membershipId/unblock", {
    params: unblockMembership.command,
    success: unblockMembership.answer,
    error: changing(...byTheMembership),
  }).annotateMerge(aboutCommand("Lift a block", "It pays again, from now. Staff only.")),
  HttpApiEndpoint.post("cancelMembership", "/memberships/:membershipId/cancel", {
    params: cancelMembership.command.mapFields(Struct.pick(["membershipId"])),
    payload: cancelMembership.command.mapFields(Struct.omit(["membershipId"])),
    success: cancelMembership.answer,
    error: changing(...byTheMembership),
  }).annotateMerge(
    aboutCommand("Cancel a membership", "It pays to `lastDay`, without it to today. Staff only.", {
      lastDay: "2026-11-30",
    }),
  ),
  HttpApiEndpoint.post("renewMembership", "/memberships/:membershipId/renew", {
    params: renewMembership.command.mapFields(Struct.pick(["membershipId"])),
    payload: renewMembership.command.mapFields(Struct.omit(["membershipId"])),
    success: renewMembership.answer,
    error: changing(...byTheMembership),
  }).annotateMerge(
    aboutCommand("Renew a membership", "For one period more, on its anchor day; a pack is filled again. Staff only.", {
      until: "2027-01-31",
    }),
  ),
  HttpApiEndpoint.post("adjustCredits", "/memberships/:membershipId/adjustments", {
    params: adjustCredits.command.mapFields(Struct.pick(["membershipId"])),
    payload: adjustCredits.command.mapFields(Struct.omit(["membershipId"])),
    success: adjustCredits.answer,
    error: changing("NotFound", "PlanWithoutCredits", "MembershipDayImpossible", "CreditsMissing"),
  }).annotateMerge(
    aboutCommand("Adjust credits", "Gives credits, or takes them where they are negative, with a reason. Staff only.", {
      credits: 1,
      reason: "The heating failed.",
    }),
  ),
);

/** For the declarations of this module, which name it. */
export type { CivilDate };
