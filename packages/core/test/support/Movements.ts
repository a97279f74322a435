import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { type MemberId, PulseLoop } from "../../src/index.ts";

/** A movement as it is told: half an hour at home on 2026-03-02 unless it says otherwise. */
export const told = (memberId: MemberId, more: Readonly<Record<string, unknown>> = {}) => {
  const command = { memberId, type: "home_workout", occurredAt: "2026-03-02", durationMinutes: 30, ...more };
  return Effect.flatMap(PulseLoop, (door) => Schema.decodeUnknownEffect(door.recordMovement.command)(command));
};
