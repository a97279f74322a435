import {
  CivilDate,
  CivilWeek,
  Instant,
  type Location,
  type LocationId,
  now,
  type SessionInstance,
  ZoneRules,
} from "@zmos/core";
import * as Effect from "effect/Effect";
import { type Client, openApi, withText } from "../Api.ts";
import { print, styled, tell } from "../output/Terminal.ts";
import { timetableWeek } from "../output/TimetableWeek.ts";
import { BadInput, NoSuch } from "../Refusals.ts";
import type { Settings } from "../Settings.ts";

interface TimetableOptions {
  readonly from?: string;
  readonly to?: string;
  readonly location?: string;
}

const PAGE = 200;
const DAYS_SHOWN = 7;
const MOST_DAYS = 62;

/** `zmos timetable`: the week's sessions by day, with who holds them, where, and how full they are. */
export const timetable = Effect.fn("timetable")(function* (settings: Settings, options: TimetableOptions) {
  const asked = { from: yield* readDay(options.from, "--from"), to: yield* readDay(options.to, "--to") };
  const api = yield* openApi(settings);
  const tenant = yield* api.tenant.getTenant({});
  const locations = yield* listLocations(api);
  const location = options.location === undefined ? undefined : yield* findLocation(locations, options.location);
  const zone = location?.timezone ?? tenant.timezone;
  const today = ZoneRules.civilDateOf(zone, yield* now, tenant.dayStartHours);
  const from = asked.from ?? CivilWeek.startOfWeek(asked.to ?? today, tenant.weekStart);
  const to = asked.to ?? CivilDate.addDays(from, DAYS_SHOWN - 1);
  if (to < from || CivilDate.daysBetween(from, to) >= MOST_DAYS) {
    return yield* new BadInput({
      detail: `A timetable goes from a day to the same or a later one, at most ${MOST_DAYS} days. Change --to.`,
    });
  }
  const found = yield* listSessions(api, { from, to, zone, locationId: location?.id });
  if (settings.json) return yield* print(JSON.stringify({ items: found.wire }));
  const heading = `${styled("bold", location?.name ?? tenant.name)}, ${CivilDate.toIso(from)} to ${CivilDate.toIso(to)}`;
  if (found.items.length === 0) return yield* print(`${heading}: nothing is on.`);
  const names = yield* namesOf(api, locations);
  const showLocation = location === undefined && locations.length > 1;
  yield* print(`${heading}\n\n${timetableWeek(found.items, names, { showLocation })}`);
});

/** A day that somebody typed. **Errors** `BadInput`. */
const readDay = Effect.fnUntraced(function* (text: string | undefined, option: string) {
  if (text === undefined) return undefined;
  const day = CivilDate.fromIso(text);
  if (day === undefined) {
    return yield* new BadInput({ detail: `${text} is not a calendar day like 2026-03-07. Change ${option}.` });
  }
  return day;
});

/** The location that somebody names, by its name or its id. **Errors** `NoSuch`; `BadInput` where several have the name. */
const findLocation = Effect.fnUntraced(function* (locations: ReadonlyArray<Location>, named: string) {
  const found = locations.filter(({ id, name }) => id === named || name.toLowerCase() === named.toLowerCase());
  const [location, another] = found;
  if (another !== undefined) {
    return yield* new BadInput({ detail: `Several locations are called ${named}. Name one by its id.` });
  }
  return location ?? (yield* new NoSuch({ thing: "location", name: named }));
});

interface Part {
  readonly from: CivilDate.CivilDate;
  readonly to: CivilDate.CivilDate;
  readonly zone: string;
  readonly locationId: LocationId | undefined;
}

/** Every session of these days, both included, read page by page. **Shape** `wire`: as the API wrote them. */
const listSessions = Effect.fnUntraced(function* (api: Client, { from, to, zone, locationId }: Part) {
  const begin = startOf(zone, from);
  const end = startOf(zone, CivilDate.addDays(to, 1));
  const items: Array<SessionInstance> = [];
  const wire: Array<unknown> = [];
  let cursor: ReadonlyArray<string> | undefined;
  do {
    const query = {
      from: begin,
      to: end,
      limit: PAGE,
      ...(locationId !== undefined && { locationId }),
      ...(cursor !== undefined && { cursor }),
    };
    const { answer, text } = yield* withText(
      api["session-instances"].listSessionInstances({ query, responseMode: "decoded-and-response" }),
    );
    items.push(...answer.items);
    wire.push(...(JSON.parse(text) as { readonly items: ReadonlyArray<unknown> }).items);
    cursor = answer.nextCursor;
  } while (cursor !== undefined);
  return { items, wire };
});

/** When a day begins; a day that a zone left out begins with the next. */
const startOf = (zone: string, day: CivilDate.CivilDate): Instant => {
  let each = day;
  let start = ZoneRules.startOfDay(zone, each);
  while (start === undefined) start = ZoneRules.startOfDay(zone, (each = CivilDate.addDays(each, 1)));
  return Instant.make(start);
};

const listLocations = Effect.fnUntraced(function* (api: Client) {
  const items: Array<Location> = [];
  let cursor: ReadonlyArray<string> | undefined;
  do {
    const page = yield* api.locations.listLocations({
      query: { limit: PAGE, ...(cursor !== undefined && { cursor }) },
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
});

/** What sessions, rooms and instructors are called. Who may not see staff sees no instructors. */
const namesOf = Effect.fnUntraced(function* (api: Client, locations: ReadonlyArray<Location>) {
  const names = new Map<string, string>(locations.map(({ id, name }) => [id, name]));
  const query = { limit: PAGE };
  for (const { id, name } of (yield* api["session-types"].listSessionTypes({ query })).items) names.set(id, name);
  for (const { id, name } of (yield* api.rooms.listRooms({ query })).items) names.set(id, name);
  const staff = yield* api["user-accounts"].listUserAccounts({ query }).pipe(
    Effect.catchIf(
      (error) => typeof error === "object" && "status" in error && error.status === 403,
      () => Effect.as(tell("The token does not say who the instructors are."), { items: [] }),
    ),
  );
  for (const { id, firstName, lastName } of staff.items) names.set(id, `${firstName} ${lastName}`);
  return names;
});
