/**
 * Finds facts that are told again, by who is meant and the fact's external id: by a hash of 64 bits, the ids themselves are not kept.
 *
 * The table is far larger than a processor's cache, so rows wait a little and are looked up many at a time: the memory then
 * answers all of them in about the time it takes to answer one.
 *
 * **Units** 12 bytes a slot, at most three quarters of the slots taken; the chance that two of ten million ids look alike is one in
 * 370,000.
 */
export class ExternalIds {
  readonly #onRepeat: (first: number, row: number) => void;
  /** Three words a slot: both halves of the hash, and the row + 1. */
  #slots: Int32Array;
  #mask: number;
  #size = 0;
  readonly #waiting = new Int32Array(TOGETHER * 3 + 1);
  #count = 0;

  /** Hears of each row that tells a fact again, and of the row that told it first. */
  constructor(onRepeat: (first: number, row: number) => void, expected = 0) {
    this.#onRepeat = onRepeat;
    let slots = 1 << 10;
    while (slots * FULLEST < expected) slots *= 2;
    this.#slots = new Int32Array(slots * 3);
    this.#mask = slots - 1;
  }

  /** The fact in this row has the id from `start` to `end`. Rows come in ascending order. */
  told(member: number, bytes: Uint8Array, start: number, end: number, row: number): void {
    let low = (member ^ 0x9e3779b9) | 0;
    let high = Math.imul(member + 0x7f4a7c15, 0x85ebca6b);
    let index = start;
    for (; index + 4 <= end; index += 4) {
      const word = bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24);
      low = Math.imul(low ^ word, 0x9e3779b1);
      high = Math.imul(high ^ word, 0x5f356495);
      low ^= low >>> 15;
      high ^= high >>> 13;
    }
    for (; index < end; index++) {
      low = Math.imul(low ^ bytes[index]!, 0x9e3779b1);
      high = Math.imul(high ^ bytes[index]!, 0x5f356495);
      low ^= low >>> 15;
      high ^= high >>> 13;
    }
    const mixed =
      Math.imul(low ^ (low >>> 16) ^ (end - start), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
    const at = this.#count * 3;
    this.#waiting[at] = mixed ^ (mixed >>> 15);
    this.#waiting[at + 1] = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
    this.#waiting[at + 2] = row;
    if (++this.#count === TOGETHER) this.settle();
  }

  /** Looks up the rows that wait. */
  settle(): void {
    const waiting = this.#waiting;
    const count = this.#count;
    if (this.#size + count > (this.#mask + 1) * FULLEST) this.#grow();
    const slots = this.#slots;
    const mask = this.#mask;
    let seen = 0;
    for (let index = 0; index < count; index++) seen ^= slots[(waiting[index * 3]! & mask) * 3 + 2]!;
    // Kept, so that no compiler leaves the early look out as useless.
    waiting[TOGETHER * 3] = seen;
    for (let index = 0; index < count; index++) {
      const low = waiting[index * 3]!;
      const high = waiting[index * 3 + 1]!;
      const row = waiting[index * 3 + 2]!;
      for (let at = (low & mask) * 3; ; at = at === mask * 3 ? 0 : at + 3) {
        const known = slots[at + 2]!;
        if (known === 0) {
          slots[at] = low;
          slots[at + 1] = high;
          slots[at + 2] = row + 1;
          this.#size++;
          break;
        }
        if (slots[at] === low && slots[at + 1] === high) {
          this.#onRepeat(known - 1, row);
          break;
        }
      }
    }
    this.#count = 0;
  }

  #grow(): void {
    const old = this.#slots;
    const mask = this.#mask * 2 + 1;
    const slots = new Int32Array((mask + 1) * 3);
    for (let from = 0; from < old.length; from += 3) {
      if (old[from + 2] === 0) continue;
      let slot = old[from]! & mask;
      while (slots[slot * 3 + 2] !== 0) slot = (slot + 1) & mask;
      slots.set(old.subarray(from, from + 3), slot * 3);
    }
    this.#slots = slots;
    this.#mask = mask;
  }
}

/** How many rows are looked up together. */
const TOGETHER = 512;
/** From here on a table of slots is slow. */
const FULLEST = 0.75;
