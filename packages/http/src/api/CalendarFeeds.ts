import * as HttpApiEndpoint from "effect/http-api/HttpApiEndpoint";
import * as HttpApiGroup from "effect/http-api/HttpApiGroup";
import { about, aboutCommand } from "./About.ts";
import { created } from "./Created.ts";
import { changing, reading } from "./Refusing.ts";
import { issueCalendarFeed, listCalendarFeeds, revokeCalendarFeed } from "./UseCases.ts";

/** Calendars that applications subscribe to. */
export const CalendarFeeds = HttpApiGroup.make("calendar-feeds").add(
  HttpApiEndpoint.post("issueCalendarFeed", "/calendar-feeds", {
    payload: issueCalendarFeed.command,
    success: created(issueCalendarFeed.answer),
    error: changing("NotFound", "CalendarFeedsNotInstalled"),
  }).annotateMerge(
    aboutCommand(
      "Open a calendar feed",
      "Of a location, an instructor or a member. Subscribe to `/v1/calendar-feeds/{token}.ics`; the token is told this once, and " +
        "asked again another feed is opened.",
      { scope: { locationId: "01a0a1f4-0000-7000-8000-000000000001" } },
    ),
  ),
  HttpApiEndpoint.get("listCalendarFeeds", "/calendar-feeds", {
    query: listCalendarFeeds.command,
    success: listCalendarFeeds.answer,
    error: reading(),
  }).annotateMerge(about("List calendar feeds", "One's own, oldest first; everybody's for who manages the tenant.")),
  HttpApiEndpoint.post("revokeCalendarFeed", "/calendar-feeds/:calendarFeedId/revoke", {
    params: revokeCalendarFeed.command,
    success: revokeCalendarFeed.answer,
    error: changing("NotFound"),
  }).annotateMerge(aboutCommand("Revoke a calendar feed", "Its address shows nothing from now on.")),
);
