import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import { BookingId } from "../../kernel/Ids.ts";
import { Principal } from "../../kernel/Principal.ts";
import * as UseCase from "../../kernel/UseCase.ts";
import { prevailing } from "../domain/MovementFacts.ts";
import { MovementStore } from "../ports/MovementStore.ts";
import { attendanceId } from "./RecordAttendance.ts";
import { recordFacts } from "./RecordFacts.ts";

/** Which check-in was a mistake. **Shape** as in `RecordAttendance`. */
export const RetractAttendance = Schema.Struct({ bookingId: BookingId, checkIns: Schema.Int }).annotate({
  identifier: "RetractAttendance",
});

/**
 * Takes back the movement of a check-in, in that check-in's unit of work: it was entered in error, and stays so. Done twice it is done once.
 * Who may do this was decided at the desk.
 */
export const retractAttendance = UseCase.command(
  "RetractAttendance",
  { command: RetractAttendance, answer: Schema.Void, first: () => Principal },
  function* ({ bookingId, checkIns }, { tenantId }) {
    const key = { source: "check_in" as const, externalId: attendanceId(bookingId, checkIns) };
    const standing = prevailing(yield* MovementStore.use((movements) => movements.versions(tenantId, [key])));
    if (standing === undefined || standing.isEnteredInError) return;
    const { tenantId: _, civilDate: __, createdAt: ___, ...fact } = standing;
    const retracted = { ...fact, version: standing.version + 1, isEnteredInError: true };
    const { refusals } = yield* recordFacts(tenantId, [retracted]);
    if (refusals[0] !== undefined) yield* Effect.die(refusals[0].error);
  },
);
