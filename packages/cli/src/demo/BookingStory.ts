/** A day at the club: a small class fills up, somebody waits and gets a seat that is given back, people come, and having come they have moved. */
import { CivilDate, type MemberId, MoveOs, type MovementEvent, PulseLoop } from "@zmos/core";
import * as Effect from "effect/Effect";
import * as Result from "effect/Result";
import * as Karura from "./KaruraClub.ts";
import { asClub, type Club, once } from "./LoadDemo.ts";
import { localTime, type StoryClock } from "./StoryClock.ts";

/** One thing that happened. **Shape** `time`: of day, where the club is. */
export interface Happening {
  readonly time: string;
  readonly who: string;
  readonly what: string;
  readonly outcome: string;
  readonly isRefusal: boolean;
}

export interface Story {
  readonly happenings: ReadonlyArray<Happening>;
  readonly movements: ReadonlyArray<MovementEvent>;
}

/** Seats in the class. The club has more regulars than that. **Units** people. */
const SEATS = 4;

/**
 * Plays the story on a day, under a clock that it sets.
 *
 * **Contract** played again for the same day, it changes nothing.
 */
export const playBookingStory = Effect.fn("playBookingStory")(function* (
  club: Club,
  day: CivilDate.CivilDate,
  clock: StoryClock,
): Effect.fn.Return<Story, unknown, MoveOs | PulseLoop> {
  const moveOs = yield* MoveOs;
  const pulseLoop = yield* PulseLoop;
  const date = CivilDate.toIso(day);
  const happenings: Array<Happening> = [];
  const movements: Array<MovementEvent> = [];
  const nameOf = (index: number) => Karura.regulars[index]?.join(" ") ?? "";
  const memberAt = (index: number): MemberId => club.regulars[index] ?? (club.regulars[0] as MemberId);
  const at = (hour: number, minute: number) => {
    const time = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
    return Effect.as(clock.set(localTime(Karura.club.timezone, date, hour, minute)), time);
  };
  const happened = (time: string, index: number, what: string, outcome: string, isRefusal = false) =>
    happenings.push({ time, who: nameOf(index), what, outcome, isRefusal });

  const story = Effect.gen(function* () {
    let time = yield* at(6, 0);
    const session = yield* once(`story/${date}/session`)(
      moveOs.scheduleSession({
        sessionTypeId: club.sessionTypes.run,
        locationId: club.locations.forest,
        startTime: localTime(Karura.club.timezone, date, 7, 30),
        capacity: SEATS,
      }),
    );
    const sessionInstanceId = session.id;
    const book = Effect.fnUntraced(function* (index: number, attempt: number) {
      const booking = moveOs.bookSession({ memberId: memberAt(index), sessionInstanceId });
      const outcome = yield* Effect.result(once(`story/${date}/book/${index}/${attempt}`)(booking));
      if (Result.isSuccess(outcome)) {
        const { seatsTaken, capacity } = yield* moveOs.getSessionInstance({ sessionInstanceId });
        happened(time, index, "books the forest run", `booked, ${seatsTaken} of ${capacity} seats taken`);
        return outcome.success;
      }
      happened(time, index, "books the forest run", outcome.failure.message, true);
      return undefined;
    });
    const bookings = [];
    for (let index = 0; index < SEATS; index++) {
      time = yield* at(6, index * 3);
      bookings.push(yield* book(index, 1));
    }
    time = yield* at(6, 20);
    yield* book(SEATS, 1);
    const waits = yield* once(`story/${date}/wait`)(
      moveOs.joinWaitlist({ memberId: memberAt(SEATS), sessionInstanceId }),
    );
    happened(time, SEATS, "waits for a seat", "is next in line");

    time = yield* at(6, 40);
    const [, given] = bookings;
    if (given !== undefined) {
      yield* once(`story/${date}/cancel`)(moveOs.cancelBooking({ bookingId: given.id }));
      const { penalty } = yield* moveOs.getBooking({ bookingId: given.id });
      happened(
        time,
        1,
        "cancels, late",
        penalty === undefined ? "it costs nothing" : `the penalty is ${penalty.status}`,
      );
    }
    const seat = yield* moveOs.getBooking({ bookingId: waits.id });
    happened(time, SEATS, "has the seat", `${seat.status}, from the ${seat.origin}`);

    for (const [place, index] of [0, SEATS, 2].entries()) {
      const booking = index === SEATS ? seat : bookings[index];
      if (booking === undefined) continue;
      time = yield* at(7, 20 + place);
      const { movementEvent } = yield* once(`story/${date}/check-in/${index}`)(
        moveOs.checkIn({ bookingId: booking.id }),
      );
      movements.push(movementEvent);
      const { current, status } = yield* pulseLoop.getStreak({ memberId: booking.memberId, asOf: day });
      const moved = `${movementEvent.durationMinutes ?? 0} min, ${movementEvent.intensity ?? "unknown"}`;
      happened(time, index, "checks in", `movement recorded (${moved}), streak ${current.length}, ${status}`);
    }
    return { happenings, movements } satisfies Story;
  });
  return yield* clock.provide(asClub(club.tenantId)(story));
});
