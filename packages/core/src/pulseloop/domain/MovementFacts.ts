/**
 * Which facts stand: a join of everything ever told, so that no order, repetition or delay changes it.
 *
 * **Invariant** I6: the same version with the same content is the same fact; with other content it is refused; the highest version
 * stands; *entered in error* is final.
 */
import * as Schema from "effect/Schema";
import { MovementEventId } from "../../kernel/Ids.ts";
import type { MovementEvent } from "./MovementEvent.ts";
import { toText } from "./Occurrence.ts";

/** A version of a fact is already known, with other content. A correction needs a higher version. */
export class FactConflict extends Schema.TaggedError<FactConflict>()("FactConflict", {
  movementEventId: MovementEventId,
  version: Schema.Int,
  standingVersion: Schema.Int,
  fields: Schema.Array(Schema.String),
}) {
  override get message() {
    return (
      `Version ${this.version} of this fact is already recorded with other ${this.fields.join(", ")}. ` +
      `To correct it, send version ${this.standingVersion + 1} or higher.`
    );
  }
}

/** A fact's identity as others know it, as a map key; our own id where nobody else named it. */
export const identityOf = (fact: Pick<MovementEvent, "id" | "source" | "externalId">): string =>
  fact.externalId === undefined ? `id:${fact.id}` : `${fact.source}:${fact.externalId}`;

/** What becomes of a fact that is told: it is news, it was known, or it contradicts what is known. */
export type Admission =
  | { readonly _tag: "New"; readonly event: MovementEvent }
  | { readonly _tag: "Known"; readonly event: MovementEvent }
  | { readonly _tag: "Conflict"; readonly conflict: FactConflict };

/** Judges a fact against every version of its identity that is known. **Shape** `known` in any order. */
export const admit = (told: MovementEvent, known: ReadonlyArray<MovementEvent>): Admission => {
  const standing = prevailing(known);
  if (standing === undefined) return { _tag: "New", event: told };
  const same = known.find((event) => event.version === told.version);
  if (same !== undefined) {
    const fields = differences(told, same);
    return fields.length === 0
      ? { _tag: "Known", event: standing }
      : {
          _tag: "Conflict",
          conflict: new FactConflict({
            movementEventId: standing.id,
            version: told.version,
            standingVersion: known.reduce((highest, { version }) => Math.max(highest, version), 1),
            fields,
          }),
        };
  }
  return { _tag: "New", event: { ...told, id: standing.id } };
};

/** The version that stands: one entered in error if there is one, else the highest. */
export const prevailing = (versions: ReadonlyArray<MovementEvent>): MovementEvent | undefined => {
  let standing: MovementEvent | undefined;
  for (const version of versions) {
    if (standing === undefined || supersedes(version, standing)) standing = version;
  }
  return standing;
};

const supersedes = (next: MovementEvent, previous: MovementEvent): boolean =>
  next.isEnteredInError === previous.isEnteredInError ? next.version > previous.version : next.isEnteredInError;

const CONTENT = [
  "memberId",
  "isEnteredInError",
  "type",
  "durationMinutes",
  "intensity",
  "locationId",
  "sessionTypeId",
  "sessionInstanceId",
  "bookingId",
  "tileId",
] as const satisfies ReadonlyArray<keyof MovementEvent>;

/** The fields in which two tellings of one fact differ. When and by whom it was told, and the day that was decided, are not content. */
const differences = (told: MovementEvent, known: MovementEvent): Array<string> => {
  const fields: Array<string> = CONTENT.filter((field) => told[field] !== known[field]);
  if (toText(told.occurredAt) !== toText(known.occurredAt)) fields.push("occurredAt");
  return fields;
};
