/**
 * The demo provider, brought into a database through the product's own doors.
 *
 * **Contract** Every command goes under an idempotency key, and every movement under its external id. So loading twice changes
 * nothing, and loading again after being killed does what is missing.
 */
import {
  CivilDate,
  CurrentIdempotencyKey,
  type LocationId,
  type MemberId,
  MoveOs,
  Platform,
  Principal,
  PulseLoop,
  type Roster,
  type SessionTypeId,
  type TenantId,
  TenantStore,
} from "@zmos/core";
import * as Effect from "effect/Effect";
import { type DailyMovement, fitbitMovements } from "./FitbitData.ts";
import * as Karura from "./KaruraClub.ts";
import { localTime } from "./StoryClock.ts";

/** What the club is made of, by the names it has in `KaruraClub.ts`. */
export interface Club {
  readonly tenantId: TenantId;
  readonly locations: Readonly<Record<Karura.LocationKey, LocationId>>;
  readonly sessionTypes: Readonly<Record<Karura.SessionTypeKey, SessionTypeId>>;
  readonly regulars: ReadonlyArray<MemberId>;
}

/** How many movements are sent at once. */
const BATCH = 500;
/** How far ahead the timetable reaches. **Units** days. */
const DAYS_AHEAD = 6;

/** Does a command of the demo once, however often it is asked. */
export const once = (key: string) => Effect.provideService(CurrentIdempotencyKey, `${Karura.EDITION}/${key}`);

/** Does what the demo does in the club's name. */
export const asClub = (tenantId: TenantId) =>
  Effect.provideService(Principal, { tenantId, actorId: "demo", actorType: "system", roles: [] });

/** The club's tenant, made if it is not there. */
export const ensureTenant = Effect.fn("ensureTenant")(function* () {
  const tenants = yield* TenantStore.use((store) => store.directory);
  const known = tenants.find(({ name }) => name === Karura.club.name);
  if (known !== undefined) return known.id;
  const platform = yield* Platform;
  return (yield* platform.createTenant(Karura.club)).id;
});

/** Whether all of the demo is there, as of today: the last session of the timetable is what is loaded last. */
export const isLoaded = Effect.fn("isLoaded")(function* (tenantId: TenantId, today: CivilDate.CivilDate) {
  const [, , hour, minute] = Karura.everyDay.at(-1) ?? [];
  const lastDay = CivilDate.toIso(CivilDate.addDays(today, DAYS_AHEAD));
  const from = localTime(Karura.club.timezone, lastDay, hour ?? 0, minute ?? 0);
  const moveOs = yield* MoveOs;
  const { items } = yield* asClub(tenantId)(moveOs.listSessionInstances({ from, limit: 1 }));
  return items.length > 0;
});

/** The club with its locations, session types, booking policy and regulars. */
export const setUpClub = Effect.fn("setUpClub")(function* (tenantId: TenantId) {
  const platform = yield* Platform;
  const moveOs = yield* MoveOs;
  const setUp = Effect.gen(function* () {
    const locations = yield* Effect.all({
      forest: once("location/forest")(platform.createLocation(Karura.locations.forest)),
      studio: once("location/studio")(platform.createLocation(Karura.locations.studio)),
    });
    const { sessionTypes: types } = Karura;
    const create = (key: Karura.SessionTypeKey) => once(`session-type/${key}`)(moveOs.createSessionType(types[key]));
    const sessionTypes = yield* Effect.all({
      run: create("run"),
      yoga: create("yoga"),
      intervals: create("intervals"),
      strength: create("strength"),
      coaching: create("coaching"),
    });
    yield* once("booking-policy")(moveOs.setBookingPolicy(Karura.bookingPolicy));
    const regulars = yield* Effect.forEach(Karura.regulars, ([firstName, lastName]) =>
      once(`regular/${firstName}`)(platform.registerMember({ firstName, lastName })),
    );
    return {
      tenantId,
      locations: { forest: locations.forest.id, studio: locations.studio.id },
      sessionTypes: {
        run: sessionTypes.run.id,
        yoga: sessionTypes.yoga.id,
        intervals: sessionTypes.intervals.id,
        strength: sessionTypes.strength.id,
        coaching: sessionTypes.coaching.id,
      },
      regulars: regulars.map(({ id }) => id),
    } satisfies Club;
  });
  return yield* asClub(tenantId)(setUp);
});

/** The 33 participants as members, their month as movements, and then the club's scoring rules. Answers who is whose member. */
export const loadParticipants = Effect.fn("loadParticipants")(function* (tenantId: TenantId) {
  const platform = yield* Platform;
  const pulseLoop = yield* PulseLoop;
  const movements = yield* fitbitMovements;
  const load = Effect.gen(function* () {
    const members = new Map<string, MemberId>();
    for (const participant of new Set(movements.map((movement) => movement.participant))) {
      const member = yield* once(`participant/${participant}`)(
        platform.registerMember({
          firstName: "Participant",
          lastName: participant,
          externalPartyId: participant,
          memberSince: CivilDate.of(Karura.FIRST_DAY),
        }),
      );
      members.set(participant, member.id);
    }
    // The rules come last, so where there are some, everything before them is there too.
    if ((yield* pulseLoop.getScoringRules({})).version > 0) return members;
    const events = movements.flatMap((movement) => {
      const memberId = members.get(movement.participant);
      return memberId === undefined ? [] : [eventOf(movement, memberId)];
    });
    for (let start = 0; start < events.length; start += BATCH) {
      yield* pulseLoop.recordMovements({ events: events.slice(start, start + BATCH) });
    }
    yield* once("scoring-rules")(pulseLoop.setScoringRules(Karura.scoringRules));
    return members;
  });
  return yield* asClub(tenantId)(load);
});

const eventOf = ({ participant, date, day, intensity, minutes }: DailyMovement, memberId: MemberId) => ({
  memberId,
  type: "other" as const,
  occurredAt: { precision: "day" as const, day },
  durationMinutes: minutes,
  intensity,
  source: "import" as const,
  externalId: `fitbit-2016/${participant}/${date}/${intensity}`,
  version: 1,
  isEnteredInError: false,
});

/** A week of sessions from this day on, and some seats taken in tomorrow's: two of them are full, and members wait. */
export const loadTimetable = Effect.fn("loadTimetable")(function* (club: Club, today: CivilDate.CivilDate) {
  const moveOs = yield* MoveOs;
  const load = Effect.gen(function* () {
    for (let ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
      const date = CivilDate.toIso(CivilDate.addDays(today, ahead));
      for (const [type, location, hour, minute] of Karura.everyDay) {
        const session = yield* once(`session/${date}/${type}`)(
          moveOs.scheduleSession({
            sessionTypeId: club.sessionTypes[type],
            locationId: club.locations[location],
            startTime: localTime(Karura.club.timezone, date, hour, minute),
          }),
        );
        const guests = ahead === 1 ? (GUESTS[type] ?? 0) : 0;
        for (const [index, memberId] of club.regulars.slice(0, guests).entries()) {
          const who = { memberId, sessionInstanceId: session.id };
          const key = `${date}/${type}/${index}`;
          yield* index < session.capacity
            ? unlessRefused(once(`booking/${key}`)(moveOs.bookSession(who)))
            : unlessRefused(once(`waiting/${key}`)(moveOs.joinWaitlist(who)));
        }
      }
    }
  });
  yield* asClub(club.tenantId)(load);
});

/** Somebody at the club may have been quicker, with the seat or with the clock; or the club has another policy by now. */
const unlessRefused = <A, E extends { readonly _tag: string }, R>(wish: Effect.Effect<A, E, R>) =>
  Effect.catchIf(
    Effect.asVoid(wish),
    ({ _tag }) => _tag !== "StoreUnavailable",
    () => Effect.void,
  );

/** How many regulars want to come to each of tomorrow's sessions. Strength has eight seats and coaching one; the others wait. */
const GUESTS: Partial<Record<Karura.SessionTypeKey, number>> = { yoga: 3, run: 5, coaching: 2, strength: 10 };

/** For the declarations of this module, which name it. */
export type { Roster };
