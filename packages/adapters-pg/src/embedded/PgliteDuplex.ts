/**
 * A socket that is not one: the PostgreSQL wire protocol spoken to a PGlite in the same process.
 *
 *   @effect/sql-pg  ──bytes──▶  PgliteDuplex  ──whole frames──▶  PGlite.execProtocolRaw
 *                   ◀─bytes──                 ◀────bytes───────
 *
 * PGlite is a server with one session. So that two users of it never meet inside one transaction, the Duplex takes
 * PGlite's own lock with the first byte of a cycle and gives it back when the server says it is idle.
 */
import type { PGlite } from "@electric-sql/pglite";
import { Duplex } from "node:stream";

const SSL_REQUEST = 80_877_103;
const GSS_REQUEST = 80_877_104;
const CANCEL_REQUEST = 80_877_102;

const TERMINATE = 0x58; // X
const READY_FOR_QUERY = 0x5a; // Z
const IDLE = 0x49; // I
const NOT_SUPPORTED = Uint8Array.of(0x4e); // N

const LENGTH_BYTES = 4;
const TYPE_BYTES = 1;
const REQUEST_BYTES = 8;

const simpleQuery = (text: string): Uint8Array => {
  const body = Buffer.from(`${text}\0`);
  const frame = Buffer.alloc(TYPE_BYTES + LENGTH_BYTES + body.length, "Q");
  frame.writeInt32BE(LENGTH_BYTES + body.length, TYPE_BYTES);
  body.copy(frame, TYPE_BYTES + LENGTH_BYTES);
  return frame;
};

/**
 * The client's end of a connection to an embedded PGlite.
 *
 * **Invariant** PGlite's exclusive lock is held from the first frame after idle until `ReadyForQuery` says idle again,
 * so a transaction is never interleaved with anyone else's statements.
 *
 * **Contract** Destroying it rolls back what is open and forgets its prepared statements: PGlite has one session, and
 * the next connection inherits it.
 */
export class PgliteDuplex extends Duplex {
  readonly #database: PGlite;
  #received: Buffer = Buffer.alloc(0);
  #isStarted = false;
  #release: (() => void) | undefined;
  #working: Promise<void> = Promise.resolve();

  constructor(database: PGlite) {
    super({ allowHalfOpen: false });
    this.#database = database;
  }

  override _read(): void {
    // Answers are pushed as they come.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    this.#working = this.#handleReceived().then(
      () => done(),
      (cause: unknown) => done(cause instanceof Error ? cause : new Error(String(cause))),
    );
  }

  override _final(done: (error?: Error | null) => void): void {
    done();
    this.destroy();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    void this.#working
      .then(() => this.#reset())
      .catch(() => undefined) // The database may be closed already; there is nothing left to roll back then.
      .then(() => {
        this.#unlock();
        done(error);
      });
  }

  async #handleReceived(): Promise<void> {
    if (!this.#isStarted) await this.#handleStartup();
    if (!this.#isStarted) return;
    const frames = this.#takeFrames();
    if (frames.length > 0) await this.#execute(frames);
  }

  /** Before the first message has a type byte: encryption is refused, a cancel is swallowed (WASM cannot be stopped). */
  async #handleStartup(): Promise<void> {
    while (!this.#isStarted && this.#received.length >= REQUEST_BYTES) {
      const length = this.#received.readInt32BE(0);
      if (this.#received.length < length) return;
      const packet = this.#received.subarray(0, length);
      this.#received = this.#received.subarray(length);
      switch (packet.readInt32BE(LENGTH_BYTES)) {
        case SSL_REQUEST:
        case GSS_REQUEST:
          this.push(NOT_SUPPORTED);
          break;
        case CANCEL_REQUEST:
          this.destroy();
          return;
        default:
          this.#isStarted = true;
          await this.#execute(packet);
      }
    }
  }

  /** Takes every whole frame received so far as one batch, without `Terminate`: PGlite outlives its connections. */
  #takeFrames(): Buffer {
    let end = 0;
    while (this.#received.length >= end + TYPE_BYTES + LENGTH_BYTES) {
      if (this.#received[end] === TERMINATE) {
        const frames = this.#received.subarray(0, end);
        this.#received = Buffer.alloc(0);
        return frames;
      }
      const next = end + TYPE_BYTES + this.#received.readInt32BE(end + TYPE_BYTES);
      if (this.#received.length < next) break;
      end = next;
    }
    const frames = this.#received.subarray(0, end);
    this.#received = this.#received.subarray(end);
    return frames;
  }

  async #execute(frames: Uint8Array): Promise<void> {
    await this.#lock();
    const answer = await this.#database.execProtocolRaw(frames);
    const status = lastStatus(answer);
    // Unlock first: whoever reads the answer may use PGlite directly at once.
    if (status === IDLE) this.#unlock();
    if (!this.destroyed) this.push(answer);
  }

  async #reset(): Promise<void> {
    if (!this.#isStarted) return;
    await this.#lock();
    await this.#database.execProtocolRaw(simpleQuery("ROLLBACK"));
    await this.#database.execProtocolRaw(simpleQuery("DEALLOCATE ALL"));
  }

  #lock(): Promise<void> {
    if (this.#release !== undefined) return Promise.resolve();
    return new Promise((locked, failed) => {
      this.#database
        .runExclusive(
          () =>
            new Promise<void>((release) => {
              this.#release = release;
              locked();
            }),
        )
        .catch(failed);
    });
  }

  #unlock(): void {
    this.#release?.();
    this.#release = undefined;
  }
}

/** The transaction status of the last `ReadyForQuery` in an answer, if the answer ends a cycle. */
const lastStatus = (answer: Uint8Array): number | undefined => {
  const view = new DataView(answer.buffer, answer.byteOffset, answer.byteLength);
  let status: number | undefined;
  for (let at = 0; at + TYPE_BYTES + LENGTH_BYTES <= answer.length;) {
    status = answer[at] === READY_FOR_QUERY ? answer[at + TYPE_BYTES + LENGTH_BYTES] : undefined;
    at += TYPE_BYTES + view.getInt32(at + TYPE_BYTES);
  }
  return status;
};
