/** A client of {@link DeskServer} processes, which does not give up: what was not answered it sends again under the same key. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { BookingId } from "@zmos/core/kernel";
import type { DeskLetter, DeskReply } from "./DeskServer.ts";

const SCRIPT = fileURLToPath(new URL("./DeskServer.ts", import.meta.url));
const TRY_AGAIN = ["StoreUnavailable"];

/** Where a server keeps its data: a PostgreSQL, or a folder of its own. */
export type Kept = { readonly DESK_URL: string } | { readonly DESK_FOLDER: string };

export interface DeskProcess {
  readonly send: (command: DeskLetter) => void;
  /** Ends it without a word. */
  readonly kill: () => Promise<void>;
  /** Lets it end what it has begun. */
  readonly stop: () => Promise<void>;
}

/** Starts a server; `answered` hears every answer. */
export const startDesk = async (kept: Kept, answered: (answer: DeskReply) => void): Promise<DeskProcess> => {
  const { PATH, HOME, TMPDIR } = process.env;
  const child: ChildProcess = spawn(process.execPath, [SCRIPT], {
    env: { PATH, HOME, TMPDIR, ...kept },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const killWithUs = () => void child.kill("SIGKILL");
  process.once("exit", killWithUs);
  let complaint = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-5_000)));
  const ended = once(child, "exit").then(() => process.off("exit", killWithUs));
  // Who is killed no longer reads.
  child.stdin?.on("error", () => undefined);
  await new Promise<void>((ready, failed) => {
    void ended.then(() => failed(new Error(`The server ended before it was ready: ${complaint}`)));
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).on("line", (line) => {
      // The killed leave half a line behind.
      if (!line.endsWith("}")) return;
      const said = JSON.parse(line) as DeskReply & { readonly ready?: true };
      if (said.ready) ready();
      else answered(said);
    });
  });
  return {
    send: (command) => void child.stdin?.write(`${JSON.stringify(command)}\n`),
    kill: async () => {
      child.kill("SIGKILL");
      await ended;
    },
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
};

/** What was asked, and what came back. **Shape** `doubled`: answers that were not the same when asked again. */
export class DeskClient {
  readonly answers = new Map<number, DeskReply>();
  readonly doubled: Array<string> = [];
  readonly #asked = new Map<number, DeskLetter>();
  readonly #waiting = new Set<() => void>();
  #last = 0;

  hear = (answer: DeskReply): void => {
    if (answer.refused !== undefined && TRY_AGAIN.includes(answer.refused)) {
      for (const look of this.#waiting) look();
      return;
    }
    const before = this.answers.get(answer.n);
    if (before?.said !== undefined && before.said !== answer.said)
      this.doubled.push(`${JSON.stringify(before)}, then ${JSON.stringify(answer)}`);
    this.answers.set(answer.n, before ?? answer);
    for (const look of this.#waiting) look();
  };

  /** A command with a key of its own. */
  command(about: Omit<DeskLetter, "n" | "key">): DeskLetter {
    const n = ++this.#last;
    const command = { n, key: `key-${n}`, ...about };
    this.#asked.set(n, command);
    return command;
  }

  unanswered(): ReadonlyArray<DeskLetter> {
    return [...this.#asked.values()].filter(({ n }) => !this.answers.has(n));
  }

  /** Commands that were answered with success, of one kind. */
  done(does: DeskLetter["does"]): ReadonlyArray<{ readonly asked: DeskLetter; readonly id: BookingId }> {
    return [...this.#asked.values()].flatMap((asked) => {
      const id = this.answers.get(asked.n)?.id;
      return asked.does === does && id !== undefined ? [{ asked, id }] : [];
    });
  }

  defects(): ReadonlyArray<string> {
    return [...this.answers.values()].flatMap(({ refused = "" }) => (refused.startsWith("defect") ? [refused] : []));
  }

  /** Sends what has no answer until all of it has; after each send it waits for answers so long. */
  async insist(servers: () => ReadonlyArray<DeskProcess>, patienceMillis = 2_000): Promise<void> {
    for (let attempt = 0; attempt < 10 && this.unanswered().length > 0; attempt++) {
      const all = servers();
      for (const [index, command] of this.unanswered().entries()) all[index % all.length]?.send(command);
      await this.settled(patienceMillis);
    }
    if (this.unanswered().length > 0) throw new Error(`${this.unanswered().length} commands were never answered`);
  }

  /** Waits until everything has an answer, but no longer than this. */
  settled(patienceMillis: number): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.unanswered().length > 0) return;
        stop();
      };
      const stop = () => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve();
      };
      const timer = setTimeout(stop, patienceMillis);
      this.#waiting.add(look);
      look();
    });
  }
}
