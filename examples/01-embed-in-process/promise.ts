/** ZMOS inside a host program that does not use Effect: plain JSON in, promises out. */
import { Zmos } from "@zmos/core";
import { openZmos } from "@zmos/core/promise";

// Ten lines of set-up: open it, make a tenant, act as its desk, and have something to book and somebody to book it.
const zmos = await openZmos(Zmos.layerMemory);
const { id: tenantId } = await zmos.createTenant({ name: "Karura Runners", timezone: "Africa/Nairobi" });
const desk = zmos.as({ tenantId, actorId: "desk-1", actorType: "host", roles: [] });
const gate = await desk.platform.createLocation({ name: "Forest Gate", timezone: "Africa/Nairobi" });
const run = {
  name: "Forest run",
  category: "class",
  intensity: "moderate",
  defaultDuration: 45,
  defaultCapacity: 12,
} as const;
const { id: sessionTypeId } = await desk.moveOs.createSessionType(run);
const startTime = new Date(Date.now() + 30 * 60_000).toISOString();
const session = await desk.moveOs.scheduleSession({ sessionTypeId, locationId: gate.id, startTime });
const amina = await desk.platform.registerMember({ firstName: "Amina", lastName: "Otieno" });

const booking = await desk.moveOs.bookSession({ memberId: amina.id, sessionInstanceId: session.id });
console.log(`Amina's booking: ${booking.status}`);

const { movementEvent } = await desk.moveOs.checkIn({ bookingId: booking.id });
console.log(`Checked in: ${movementEvent.durationMinutes} minutes, ${movementEvent.intensity}`);

const streak = await desk.pulseLoop.getStreak({ memberId: amina.id, asOf: movementEvent.civilDate });
console.log(`Streak: ${streak.current.length}, ${streak.status}`);

await zmos.close();
