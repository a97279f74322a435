import { type LocationId, type MemberId, SessionInstanceId, type SessionTypeId } from "@zmos/core";
import * as Effect from "effect/Effect";
import { type Client, openApi, withText } from "../Api.ts";
import { rosterSheet } from "../output/RosterSheet.ts";
import { print } from "../output/Terminal.ts";
import { readId } from "../ReadId.ts";
import type { Settings } from "../Settings.ts";

/** How many members are asked for at once. */
const AT_ONCE = 8;

/** `zmos roster SESSION`: who comes, who came, and who waits, why. */
export const roster = Effect.fn("roster")(function* (settings: Settings, named: string) {
  const sessionInstanceId = yield* readId(SessionInstanceId, named, "a session");
  const api = yield* openApi(settings);
  const asked = { params: { sessionInstanceId }, responseMode: "decoded-and-response" } as const;
  const sheet = yield* withText(api.rosters.getRoster(asked));
  const line = yield* withText(api.rosters.getWaitlist(asked));
  if (settings.json) {
    const { items } = JSON.parse(line.text) as { readonly items: unknown };
    return yield* print(JSON.stringify({ ...(JSON.parse(sheet.text) as object), waitlist: items }));
  }
  const { session, bookings } = sheet.answer;
  const places = line.answer.items;
  const members = new Set([...bookings.map(({ memberId }) => memberId), ...places.map(({ entry }) => entry.memberId)]);
  const names = yield* namesOf(api, session, [...members]);
  yield* print(rosterSheet({ session, bookings, places, names }));
});

/** What the session's type and location and its members are called, by id. */
const namesOf = Effect.fnUntraced(function* (
  api: Client,
  { sessionTypeId, locationId }: { readonly sessionTypeId: SessionTypeId; readonly locationId: LocationId },
  memberIds: ReadonlyArray<MemberId>,
) {
  const type = yield* api["session-types"].getSessionType({ params: { sessionTypeId } });
  const location = yield* api.locations.getLocation({ params: { locationId } });
  const members = yield* Effect.forEach(memberIds, (memberId) => api.members.getMember({ params: { memberId } }), {
    concurrency: AT_ONCE,
  });
  return new Map<string, string>([
    [sessionTypeId, type.name],
    [locationId, location.name],
    ...members.map(({ id, firstName, lastName }) => [id, `${firstName} ${lastName}`] as const),
  ]);
});
