/**
 * Numbers for texts, looked up by their bytes: the same bytes are the same text.
 *
 * **Shape** texts are numbered 0, 1, 2 … in the order in which they were first met.
 */
export class ByteDictionary {
  readonly #texts: Array<string> = [];
  #bytes = new Uint8Array(1 << 12);
  #ends = new Uint32Array(1 << 8);
  #slots = new Int32Array(1 << 9);
  #hashes = new Int32Array(1 << 8);
  /** Neighbouring lines often say the same. */
  #last = -1;

  constructor(texts: Iterable<string> = []) {
    for (const text of texts) this.numberOf(text);
  }

  get size(): number {
    return this.#texts.length;
  }

  textOf(number: number): string {
    return this.#texts[number]!;
  }

  get texts(): ReadonlyArray<string> {
    return this.#texts;
  }

  /** The number of a text, which it gets if it is new. */
  numberOf(text: string): number {
    const bytes = encoder.encode(text);
    const known = this.find(bytes, 0, bytes.length);
    return known >= 0 ? known : this.add(bytes, 0, bytes.length, text);
  }

  /** The number of a text that is known by now. */
  indexOf(text: string): number {
    const bytes = encoder.encode(text);
    return this.find(bytes, 0, bytes.length);
  }

  /** The number of the text in these bytes, -1 where it is not known. */
  find(bytes: Uint8Array, start: number, end: number): number {
    if (this.#last >= 0 && this.#isAt(this.#last, bytes, start, end)) return this.#last;
    if (this.#texts.length <= FEW) return this.#findAmongFew(bytes, start, end);
    const hash = hashOf(bytes, start, end);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot]! - 1;
      if (number < 0) return -1;
      if (this.#hashes[number] === hash && this.#isAt(number, bytes, start, end)) {
        this.#last = number;
        return number;
      }
    }
  }

  /** Looking at each is faster than a hash; mostly their lengths tell them apart. */
  #findAmongFew(bytes: Uint8Array, start: number, end: number): number {
    for (let number = 0; number < this.#texts.length; number++) {
      if (this.#isAt(number, bytes, start, end)) {
        this.#last = number;
        return number;
      }
    }
    return -1;
  }

  /** Numbers a text that is not known yet. */
  add(bytes: Uint8Array, start: number, end: number, text: string): number {
    const number = this.#texts.length;
    this.#texts.push(text);
    const from = number === 0 ? 0 : this.#ends[number - 1]!;
    const until = from + end - start;
    if (until > this.#bytes.length) this.#bytes = grown(this.#bytes, until);
    this.#bytes.set(bytes.subarray(start, end), from);
    if (number === this.#ends.length) {
      this.#ends = grown(this.#ends, number + 1);
      this.#hashes = grown(this.#hashes, number + 1);
    }
    this.#ends[number] = until;
    this.#hashes[number] = hashOf(bytes, start, end);
    if ((number + 1) * 2 > this.#slots.length) this.#rehash();
    else this.#place(number);
    return number;
  }

  #isAt(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = number === 0 ? 0 : this.#ends[number - 1]!;
    const length = end - start;
    if (this.#ends[number]! - from !== length) return false;
    // Ids differ at their end.
    for (let offset = length - 1; offset >= 0; offset--) {
      if (this.#bytes[from + offset] !== bytes[start + offset]) return false;
    }
    return true;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#texts.length; number++) this.#place(number);
  }

  #place(number: number): void {
    const mask = this.#slots.length - 1;
    let slot = this.#hashes[number]! & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = number + 1;
  }
}

const FEW = 8;

const encoder = new TextEncoder();

const grown = <A extends Uint8Array | Uint32Array | Int32Array>(array: A, atLeast: number): A => {
  const larger = new (array.constructor as new (length: number) => A)(Math.max(atLeast, array.length * 2));
  larger.set(array);
  return larger;
};

/** Four bytes a step; whoever finds an entry compares all its bytes, so this need only spread well. */
const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = 0x811c9dc5;
  let index = start;
  for (; index + 4 <= end; index += 4) {
    const word = bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24);
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  for (; index < end; index++) hash = Math.imul(hash ^ bytes[index]!, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x9e3779b1);
  return hash ^ (hash >>> 15);
};
