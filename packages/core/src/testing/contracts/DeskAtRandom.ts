/**
 * A small world by chance, and much asked in it at once: a few members and seats, any policy, racers, keys that come again; then the oracle.
 *
 * The seed names the world and what may be asked. Who comes first is up to the machine: that is what is tried.
 */
import * as Effect from "effect/Effect";
import * as fc from "fast-check";
import type { BookingId } from "../../kernel/Ids.ts";
import { StoreUnavailable } from "../../kernel/UnitOfWork.ts";
import { type BookingPolicy } from "../../moveos/index.ts";
import { policy as anyPolicy } from "../arbitraries/RosterHistories.ts";
import { type Random, seeded } from "../simulator/Random.ts";
import { ContractBroken } from "./Clause.ts";
import { askAt, type DeskAnswer, type DeskCommand, type Does } from "./DeskCommand.ts";
import { deskFaults } from "./DeskOracle.ts";
import { byCredits, type Desk, type DeskOptions, memberAt, openDesk, openDoor, sessionAt } from "./DeskWorld.ts";

/** Asks one of several servers; which one a number says. */
export type Ask = (command: DeskCommand, server: number) => Effect.Effect<DeskAnswer>;

/** Three servers' desks in this process, over the stores at hand. */
export const threeDoors: Effect.Effect<Ask, never, Effect.Services<typeof openDoor>> = Effect.gen(function* () {
  const opened = yield* Effect.all([openDoor, openDoor, openDoor]);
  const doors = yield* Effect.all(opened.map(({ moveOs }) => moveOs));
  return (one, server) => {
    const door = doors[server % doors.length];
    return door === undefined ? Effect.die("no door") : askAt(door, one);
  };
});

const MOST_AT_ONCE = 8;
/** A store that was busy is asked again, under the same key. */
const PATIENCE = 10;

/** How often each is asked. */
const asks: ReadonlyArray<readonly [Does, number]> = [
  ["book", 28],
  ["cancel", 16],
  ["join", 16],
  ["leave", 4],
  ["accept", 6],
  ["decline", 2],
  ["promote", 3],
  ["checkIn", 8],
  ["walkIn", 4],
  ["undoCheckIn", 4],
  ["noShow", 4],
  ["undoNoShow", 3],
  ["capacity", 4],
  ["callOff", 0.1],
];

const drawn = (random: Random): Does => {
  const all = asks.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * all;
  for (const [does, weight] of asks) if ((left -= weight) < 0) return does;
  return "book";
};

/** Minutes from now at which sessions start, so that some windows are open and others are not. */
const STARTS = [4_000, 1_500, 1_440, 700, 100, 100, 59, 31, 10, 1, -5, -30];

const policies = (random: Random): BookingPolicy => {
  if (random.chance(0.6)) {
    const promotion = random.pick([
      { kind: "automatic" as const },
      { kind: "offer" as const, minutesToAccept: random.pick([1, 30, 600]) },
    ]);
    const waitlist = { ...byCredits.waitlist, promotion, creditOn: random.pick(["join", "promotion"] as const) };
    return { ...byCredits, waitlist, overlap: random.pick(["allow", "refuse"] as const) };
  }
  const [any = byCredits] = fc.sample(anyPolicy, { numRuns: 1, seed: random.between(1, 2 ** 30) });
  return any;
};

const worlds = (random: Random): DeskOptions => ({
  members: random.between(2, 6),
  capacity: random.between(1, 3),
  sessions: random.between(1, 2),
  credits: random.between(1, 4),
  startsIn: random.pick(STARTS),
  policy: policies(random),
});

/** What clients were told of: who has a seat, who waits. A place in line may have become a seat, which is told to nobody here. */
class Known {
  readonly all: Array<BookingId> = [];
  readonly #seats = new Set<BookingId>();
  readonly #places = new Set<BookingId>();

  hear(does: Does, id: BookingId): void {
    if (does === "book" || does === "walkIn") this.all.push(id);
    if (gives.has(does)) this.#seats.add(id);
    if (does === "cancel") this.#seats.delete(id);
    if (does === "join") this.#places.add(id);
    else this.#places.delete(id);
  }

  /** What a command of a kind may be about, mostly. */
  about(does: Does, random: Random): BookingId | undefined {
    const isOfLine = inLine.has(does) || random.chance(0.2);
    const choices = [...(isOfLine ? this.#places : this.#seats)];
    return choices.length === 0 ? undefined : random.pick(choices);
  }
}

const gives = new Set<Does>(["book", "walkIn", "accept", "promote"]);
const inLine = new Set<Does>(["leave", "accept", "decline", "promote"]);
const staffOnly = new Set<Does>(["promote", "walkIn", "undoCheckIn", "noShow", "undoNoShow", "capacity", "callOff"]);
/** What is said of a session and a member, and so can be said at any time. */
const ofSession = new Set<Does>(["book", "join", "walkIn", "capacity", "callOff"]);

/** What was asked in a world. **Shape** `asked`: how often; `races`: how often several at once; `done`, `refused`: how often each was done, and each refusal given. */
export interface Told {
  readonly asked: number;
  readonly races: number;
  readonly done: ReadonlyMap<string, number>;
  readonly refused: ReadonlyMap<string, number>;
}

const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

/** So many times several things at once in a world of its own, some of them under keys that were asked before; then everything must be right. */
export const deskAtRandom = Effect.fnUntraced(function* (seed: number, ask: Ask, races: number) {
  const random = seeded(seed);
  const options = worlds(random);
  const desk = yield* patiently(Effect.scoped(openDesk(options)));
  const heard = new Map<string, DeskAnswer>();
  const before: Array<DeskCommand> = [];
  const known = new Known();
  const faults: Array<string> = [];
  const done = new Map<string, number>();
  const refused = new Map<string, number>();
  let asked = 0;

  for (let race = 0; race < races; race++) {
    const fresh = Array.from({ length: random.between(2, MOST_AT_ONCE) }, (_, index) =>
      command(desk, random, known, `key-${seed}-${asked + index}`),
    );
    // Impatient clients send twice at once; who lost the answer sends again later.
    const round = fresh.flatMap((one) => (random.chance(0.15) ? [one, one] : [one]));
    if (before.length > 0 && random.chance(0.5)) round.push(random.pick(before));
    const isFirst = new Set(round.filter(({ key }) => !heard.has(key)).map(({ key }) => key));
    const answers = yield* Effect.forEach(round, (one) => insist(ask, one, random.between(0, 1_000)), {
      concurrency: "unbounded",
    });
    for (const [index, one] of round.entries()) {
      const answer = answers[index] ?? {};
      const earlier = heard.get(one.key);
      if (earlier?.said !== undefined && (answer.said ?? (isFirst.has(one.key) ? earlier.said : "no")) !== earlier.said)
        faults.push(`${one.does} was answered ${JSON.stringify(earlier)}, then ${JSON.stringify(answer)}`);
      if (answer.refused?.startsWith("defect")) faults.push(`${one.does}: ${answer.refused}`);
      if (answer.refused !== undefined) count(refused, answer.refused.slice(0, 30));
      if (earlier?.said !== undefined || answer.id === undefined) continue;
      heard.set(one.key, answer);
      count(done, one.does);
      known.hear(one.does, answer.id);
    }
    before.push(...fresh);
    asked += round.length;
  }
  faults.push(...(yield* patiently(deskFaults(desk.tenantId, { bookings: known.all }))));
  if (faults.length > 0)
    return yield* new ContractBroken({ what: `world ${seed}`, expected: "no fault", actual: faults.join("; ") });
  const told: Told = { asked, races, done, refused };
  return told;
});

const isUnavailable = (error: unknown): boolean => error instanceof StoreUnavailable;

/** On a busy machine a store may be away for a moment; that is not what is tried here. */
const patiently = <A, E, R>(work: Effect.Effect<A, E, R>) =>
  Effect.retry(work, { while: isUnavailable, times: PATIENCE });

const insist: (ask: Ask, command: DeskCommand, server: number) => Effect.Effect<DeskAnswer> = Effect.fnUntraced(
  function* (ask, one, server) {
    let answer = yield* ask(one, server);
    for (let again = 0; answer.refused === "StoreUnavailable" && again < PATIENCE; again++)
      answer = yield* ask(one, server + again);
    return answer;
  },
);

const command = (desk: Desk, random: Random, known: Known, key: string): DeskCommand => {
  const wanted = drawn(random);
  const about = known.about(wanted, random);
  const does = about === undefined && !ofSession.has(wanted) ? "book" : wanted;
  const memberId = memberAt(desk, random.between(0, 5));
  const isMember = random.chance(0.5) && !staffOnly.has(does);
  return {
    key,
    does,
    tenantId: desk.tenantId,
    sessionInstanceId: sessionAt(desk, random.between(0, 1)),
    memberId,
    about: about ?? (memberId as string as BookingId),
    capacity: random.between(1, 4),
    isMember,
    isOverride: !isMember && random.chance(0.15),
  };
};
