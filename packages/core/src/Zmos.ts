/**
 * The whole product as one layer: every door, waiting for its ports.
 *
 * In memory, in one line:
 *
 * ```ts
 * const program = MoveOs.use((moveOs) => moveOs.listSessionInstances({}));
 * Effect.runPromise(program.pipe(Effect.provideService(Principal, me), Effect.provide(Zmos.layerMemory)));
 * ```
 */
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import { CarePath } from "./carepath/index.ts";
import * as Integrations from "./integrations/Integrations.ts";
import { Clockwork, type WakeUpHandlers } from "./kernel/Clockwork.ts";
import { BookingId, MembershipId, SessionInstanceId } from "./kernel/Ids.ts";
import * as Memory from "./memory/index.ts";
import { MoveOs } from "./moveos/index.ts";
import { Platform } from "./platform/index.ts";
import { PulseLoop } from "./pulseloop/index.ts";

/** What happens by itself as time passes: for each kind of wake-up, the command of a door that is performed when it is due. */
const wakeUpHandlers = Effect.map(MoveOs, (moveOs): WakeUpHandlers => ({
  roster: (_, id) => moveOs.advanceRoster({ sessionInstanceId: SessionInstanceId.make(id) }),
  penalty: (_, id) => moveOs.settlePenalty({ bookingId: BookingId.make(id) }),
  notice: (_, id) => moveOs.sendNotice({ bookingId: BookingId.make(id) }),
  timetable: () => moveOs.extendSchedules({}),
  membership: (_, id) => moveOs.advanceMembership({ membershipId: MembershipId.make(id) }),
}));

/**
 * Every door, and the {@link Clockwork} that performs what is due, once it is told to run. Needs stores (`@zmos/adapters-pg`,
 * `@zmos/core/memory`) and partners ({@link layerLocalPartners}, `@zmos/adapters-zhep`).
 */
export const layer = Clockwork.layerNoDeps(wakeUpHandlers).pipe(
  Layer.provideMerge(CarePath.layerNoDeps),
  Layer.provideMerge(MoveOs.layerNoDeps),
  Layer.provideMerge(PulseLoop.layerNoDeps),
  Layer.provideMerge(Platform.layerNoDeps),
);

/** The partners of a tenant that stands alone. */
export const layerLocalPartners = Integrations.layerLocal;

/** Every door over stores in memory, standing alone. The stores stay reachable. */
export const layerMemory = layer.pipe(Layer.provideMerge(Memory.layer), Layer.provideMerge(Integrations.layerLocal));
