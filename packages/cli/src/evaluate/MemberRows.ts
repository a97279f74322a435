import type { FactColumns } from "./FactColumns.ts";

const LEFT_OUT = 0xffff_ffff;

/**
 * The facts that stand, each member's side by side.
 *
 * A file is in order of time, an evaluation goes member by member: so the columns are brought into that order once, the days at
 * once and the others when somebody asks for more than days.
 */
export class MemberRows {
  readonly #facts: FactColumns;
  readonly #days: Int32Array<ArrayBuffer>;
  /** Where the rows of each member begin, and a last one for the end. */
  readonly #starts: Uint32Array;
  /** Where each row goes, until all columns are there. */
  #places: Uint32Array | undefined;

  constructor(facts: FactColumns, members: number) {
    const starts = new Uint32Array(members + 1);
    for (let row = 0; row < facts.size; row++) if (facts.isStanding(row)) starts[facts.members[row]! + 1]!++;
    for (let member = 0; member < members; member++) starts[member + 1]! += starts[member]!;
    const next = starts.slice(0, members);
    const places = new Uint32Array(facts.size);
    const days = new Int32Array(starts[members]!);
    for (let row = 0; row < facts.size; row++) {
      if (facts.isStanding(row)) {
        const place = next[facts.members[row]!]!++;
        places[row] = place;
        days[place] = facts.days[row]!;
      } else places[row] = LEFT_OUT;
    }
    this.#facts = facts;
    this.#days = days;
    this.#starts = starts;
    this.#places = places;
  }

  countOf(member: number): number {
    return this.#starts[member + 1]! - this.#starts[member]!;
  }

  /** The days of a member's facts, in the order of the file. */
  daysOf(member: number): Int32Array {
    return this.#days.subarray(this.#starts[member], this.#starts[member + 1]);
  }

  /** The columns with each member's facts side by side, and where this member's are. */
  rowsOf(member: number): { readonly facts: FactColumns; readonly from: number; readonly to: number } {
    if (this.#places !== undefined) {
      this.#facts.regroup(this.#days, this.#places);
      this.#places = undefined;
    }
    return { facts: this.#facts, from: this.#starts[member]!, to: this.#starts[member + 1]! };
  }
}
