import type { AdherenceExplanation, CivilDate, Formula, Streak, StreakRuleJson } from "@zmos/core";
import * as HttpApi from "effect/http-api/HttpApi";
import * as OpenApi from "effect/http-api/OpenApi";
import { AccessPlans } from "./AccessPlans.ts";
import { BearerToken } from "./BearerToken.ts";
import { BookingPolicies } from "./BookingPolicies.ts";
import { Bookings } from "./Bookings.ts";
import { CalendarFeeds } from "./CalendarFeeds.ts";
import { Challenges } from "./Challenges.ts";
import { ExcusedDays } from "./ExcusedDays.ts";
import { Formulas } from "./Formulas.ts";
import { Journeys } from "./Journeys.ts";
import { Locations } from "./Locations.ts";
import { Members } from "./Members.ts";
import { Memberships } from "./Memberships.ts";
import { MovementEvents } from "./MovementEvents.ts";
import { oneProblem } from "./OneProblem.ts";
import { Rooms } from "./Rooms.ts";
import { Rosters } from "./Rosters.ts";
import { Schedules } from "./Schedules.ts";
import { Scoring } from "./Scoring.ts";
import { SessionInstances } from "./SessionInstances.ts";
import { SessionTypes } from "./SessionTypes.ts";
import { SignIn } from "./SignIn.ts";
import { Tenant } from "./Tenant.ts";
import { Tiles } from "./Tiles.ts";
import { UserAccounts } from "./UserAccounts.ts";

/**
 * The contract, declared once: the routes, the OpenAPI document, the reference page and the typed client all come from it.
 *
 * Path parameters, query and body of an endpoint together are the command of its use case.
 */
export class Api extends HttpApi.make("zmos")
  .add(
    Tenant.middleware(BearerToken),
    Locations.middleware(BearerToken),
    SessionTypes.middleware(BearerToken),
    SessionInstances.middleware(BearerToken),
    Rooms.middleware(BearerToken),
    UserAccounts.middleware(BearerToken),
    Schedules.middleware(BearerToken),
    CalendarFeeds.middleware(BearerToken),
    Members.middleware(BearerToken),
    Bookings.middleware(BearerToken),
    Rosters.middleware(BearerToken),
    BookingPolicies.middleware(BearerToken),
    AccessPlans.middleware(BearerToken),
    Memberships.middleware(BearerToken),
    MovementEvents.middleware(BearerToken),
    ExcusedDays.middleware(BearerToken),
    Formulas.middleware(BearerToken),
    Tiles.middleware(BearerToken),
    Scoring.middleware(BearerToken),
    Challenges.middleware(BearerToken),
    Journeys.middleware(BearerToken),
    SignIn,
  )
  .prefix("/v1")
  .annotateMerge(
    OpenApi.annotations({
      title: "ZMOS",
      transform: oneProblem,
      version: "1",
      summary: "The movement and fitness operating system.",
      description:
        "Locations, timetable, members, bookings, check-ins and movement of one movement provider. " +
        "Refusals are RFC 9457 problems; lists page by cursor; every POST takes an Idempotency-Key.",
    }),
  ) {}

/** For the declarations of this module, which name it. */
export type { AdherenceExplanation, CivilDate, Formula, Streak, StreakRuleJson };
