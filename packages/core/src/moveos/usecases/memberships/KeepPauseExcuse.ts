import * as Effect from "effect/Effect";
import { PulseLoop } from "../../../pulseloop/index.ts";
import type { Membership, MembershipPause } from "../../domain/Membership.ts";

/**
 * Excuses the member from moving on the days of a new pause, and ends what was excused where a pause was cut short: in the same unit of work,
 * as the same actor. Answers the membership with the excuse of its new pause.
 *
 * Who ended these excused days by hand has said what they are: they are left as they are.
 */
export const keepPauseExcuse = Effect.fnUntraced(function* (before: Membership, after: Membership) {
  const pulseLoop = yield* PulseLoop;
  for (const pause of before.pauses) {
    const { excuseId, from } = pause;
    const kept = after.pauses.find((other) => other.from === from);
    if (excuseId === undefined || kept?.to === pause.to) continue;
    const ending = kept?.to === undefined ? { isEnteredInError: true as const } : { to: kept.to };
    yield* pulseLoop.endExcuse({ excuseId, ...ending }).pipe(
      Effect.catchTag(["ExcuseEndImpossible", "ExcuseWithdrawn"], () => Effect.void),
      Effect.catchTag(["InvalidCommand", "NotFound"], Effect.die),
    );
  }
  if (after.pauses.length <= before.pauses.length) return after;
  const pauses: Array<MembershipPause> = [];
  for (const pause of after.pauses) {
    if (pause.excuseId !== undefined || before.pauses.some(({ from }) => from === pause.from)) {
      pauses.push(pause);
      continue;
    }
    const { from, to } = pause;
    const excuse = yield* pulseLoop
      .grantExcuse({ memberId: after.memberId, from, ...(to !== undefined && { to }), reason: "membership_pause" })
      .pipe(Effect.catchTag(["ExcuseEndImpossible", "NotFound"], Effect.die));
    pauses.push({ ...pause, excuseId: excuse.id });
  }
  return { ...after, pauses };
});
