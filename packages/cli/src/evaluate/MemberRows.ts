/** The rows of each member, side by side. **Shape** facts that are repeated or contradicted are left out. */
import type { FactColumns } from "./FactColumns.ts";

export class MemberRows {
  /** Row numbers, member by member. */
  readonly #rows: Uint32Array;
  /** Where the rows of each member begin in it, and a last one for the end. */
  readonly #starts: Uint32Array;

  constructor(facts: FactColumns, members: number) {
    const starts = new Uint32Array(members + 1);
    for (let row = 0; row < facts.size; row++) if (facts.isStanding(row)) starts[facts.members[row]! + 1]!++;
    for (let member = 0; member < members; member++) starts[member + 1]! += starts[member]!;
    const next = starts.slice(0, members);
    const rows = new Uint32Array(starts[members]!);
    for (let row = 0; row < facts.size; row++) {
      if (facts.isStanding(row)) rows[next[facts.members[row]!]!++] = row;
    }
    this.#rows = rows;
    this.#starts = starts;
  }

  /** The rows of one member, in the order of the file. */
  of(member: number): Uint32Array {
    return this.#rows.subarray(this.#starts[member], this.#starts[member + 1]);
  }
}
