import * as Effect from "effect/Effect";
import * as CivilDate from "../../kernel/CivilDate.ts";
import type { GrantedExcuse } from "../domain/GrantedExcuse.ts";
import { CalendarStore } from "../ports/CalendarStore.ts";
import { ExcuseStore } from "../ports/ExcuseStore.ts";
import { keepStandings } from "./KeepStandings.ts";

const LAST_DAY = CivilDate.of(`${CivilDate.maxYear}-12-31`);

/**
 * Keeps a version of an excuse, and brings the boards up to date on every day that it, or the version before it, excuses.
 *
 * The calendar is locked first: whoever records for this member comes before this unit or after it.
 */
export const keepExcuse = Effect.fn("keepExcuse")(function* (excuse: GrantedExcuse, before?: GrantedExcuse) {
  const { tenantId, memberId, from } = excuse;
  yield* ExcuseStore.use((excuses) => excuses.insert(excuse));
  yield* CalendarStore.use((calendars) => calendars.lock(tenantId, [memberId]));
  // Ending never lengthens, so the version before reaches at least as far.
  yield* keepStandings(tenantId, [{ memberId, from, to: (before ?? excuse).to ?? LAST_DAY }]);
});
