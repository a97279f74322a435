/** ZMOS inside a host program that uses Effect: doors are services, refusals are typed errors. */
import { Instant, MoveOs, Platform, Principal, PulseLoop, Zmos } from "@zmos/core";
import * as Effect from "effect/Effect";

const setUp = Effect.gen(function* () {
  const [platform, moveOs] = [yield* Platform, yield* MoveOs];
  const gate = yield* platform.createLocation({ name: "Forest Gate", timezone: "Africa/Nairobi" });
  const run = {
    name: "Forest run",
    category: "class",
    intensity: "moderate",
    defaultDuration: 45,
    defaultCapacity: 1,
  } as const;
  const { id: sessionTypeId } = yield* moveOs.createSessionType(run);
  const startTime = Instant.make(Date.now() + 30 * 60_000);
  const session = yield* moveOs.scheduleSession({ sessionTypeId, locationId: gate.id, startTime });
  const amina = yield* platform.registerMember({ firstName: "Amina", lastName: "Otieno" });
  return { amina, session };
});

const program = Effect.gen(function* () {
  const moveOs = yield* MoveOs;
  const { amina, session } = yield* setUp;

  const booking = yield* moveOs.bookSession({ memberId: amina.id, sessionInstanceId: session.id });
  yield* Effect.sync(() => console.log(`Amina's booking: ${booking.status}`));

  // A refusal is a value with a tag: the compiler knows which there are, and each says what would have to change.
  const juma = yield* Platform.use((platform) => platform.registerMember({ firstName: "Juma", lastName: "Ali" }));
  const refused = yield* moveOs.bookSession({ memberId: juma.id, sessionInstanceId: session.id }).pipe(
    Effect.as("booked"),
    Effect.catchTag("SessionFull", ({ capacity }) => Effect.succeed(`refused, seats: ${capacity}`)),
  );
  yield* Effect.sync(() => console.log(`Juma's booking: ${refused}`));

  const { movementEvent } = yield* moveOs.checkIn({ bookingId: booking.id });
  yield* Effect.sync(() =>
    console.log(`Checked in: ${movementEvent.durationMinutes} minutes, ${movementEvent.intensity}`),
  );

  const asOf = movementEvent.civilDate;
  const { current, status } = yield* PulseLoop.use((pulseLoop) => pulseLoop.getStreak({ memberId: amina.id, asOf }));
  yield* Effect.sync(() => console.log(`Streak: ${current.length}, ${status}`));
});

const asTheDesk = Effect.gen(function* () {
  const { id: tenantId } = yield* Platform.use((platform) =>
    platform.createTenant({ name: "Karura Runners", timezone: "Africa/Nairobi" }),
  );
  const desk = Principal.of({ tenantId, actorId: "desk-1", actorType: "host", roles: [] });
  yield* Effect.provideService(program, Principal, desk);
});

await Effect.runPromise(Effect.provide(asTheDesk, Zmos.layerMemory));
