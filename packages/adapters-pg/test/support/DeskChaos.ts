/** Worlds in which server processes book, and are killed at it; and what must be so afterwards. */
import { type BookingId, IdSource, type MemberId, type SessionInstanceId, type TenantId } from "@zmos/core/kernel";
import { allIsRight, DeskWorld } from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Schedule from "effect/Schedule";
import type * as SqlClient from "effect/sql/SqlClient";
import { setTimeout as sleep } from "node:timers/promises";
import * as StoresPg from "../../src/StoresPg.ts";
import { DeskClient, type DeskProcess, type Kept, startDesk } from "./DeskClient.ts";
import type { DeskLetter } from "./DeskServer.ts";

/** Whole numbers below a bound, by a seed. */
export const drawing = (seed: number) => {
  let state = seed >>> 0;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
};

type Stores = Layer.Success<typeof StoresPg.layer> | IdSource;

/** Looks into the database between two lives of a server. */
export type Looking = <A, E extends { readonly _tag: string }>(work: Effect.Effect<A, E, Stores>) => Promise<A>;

/** A database that is just starting over is looked at again in a moment. */
export const lookingOn =
  (database: Layer.Layer<SqlClient.SqlClient, unknown>): Looking =>
  (work) =>
    work.pipe(
      Effect.retry({
        while: ({ _tag }) => _tag === "StoreUnavailable",
        times: 20,
        schedule: Schedule.spaced("500 millis"),
      }),
      Effect.provide(Layer.merge(Layer.provide(StoresPg.layer, database), IdSource.layer)),
      Effect.runPromise,
    );

/** A tenant to book in. */
export interface Gym {
  readonly tenantId: TenantId;
  readonly sessionIds: ReadonlyArray<SessionInstanceId>;
  readonly memberIds: ReadonlyArray<MemberId>;
}

export const openGym = Effect.map(
  Effect.scoped(DeskWorld.openDesk({ capacity: 4, sessions: 3, members: 12, credits: 60 })),
  ({ tenantId, sessions, memberIds }): Gym => ({ tenantId, sessionIds: sessions.map(({ id }) => id), memberIds }),
);

const oneOf = <A>(choices: ReadonlyArray<A>, draw: (below: number) => number): A => {
  const chosen = choices[draw(choices.length)];
  if (chosen === undefined) throw new Error("nothing to choose from");
  return chosen;
};

/** One of the things that are asked at a desk, by chance, about what the client knows of. */
export const anything = (
  client: DeskClient,
  { tenantId, sessionIds, memberIds }: Gym,
  draw: (below: number) => number,
): DeskLetter => {
  const cancelled = new Set<BookingId>(client.done("cancel").map(({ id }) => id));
  const booked = client.done("book").filter(({ id }) => !cancelled.has(id));
  const joined = client.done("join").slice(-25);
  const nothing = memberIds[0] as unknown as BookingId;
  const about = (all: typeof booked) => (all.length === 0 ? nothing : oneOf(all, draw).id);
  const ask = (does: DeskLetter["does"], named: BookingId = nothing) =>
    client.command({
      does,
      tenantId,
      sessionInstanceId: oneOf(sessionIds, draw),
      memberId: oneOf(memberIds, draw),
      about: named,
      capacity: 2 + draw(4),
    });
  const chance = draw(20);
  // A place in line may have become a booking.
  if (chance < 6) return ask("cancel", about([...booked, ...joined]));
  if (chance < 10) return ask("join");
  if (chance === 10) return ask("leave", about(joined));
  if (chance === 11) return ask("promote", about(joined));
  return ask(chance === 12 ? "capacity" : "book");
};

/** What the client heard, and what the rows say. */
export const judge = (client: DeskClient, { tenantId }: Gym, looking: Looking) => {
  if (client.doubled.length > 0) throw new Error(`answered otherwise when asked again: ${client.doubled.join("; ")}`);
  if (client.defects().length > 0) throw new Error(client.defects().slice(0, 3).join("\n"));
  const bookings = client.done("book").map(({ id }) => id);
  return looking(allIsRight(tenantId, { bookings }));
};

/**
 * A server is killed again and again at a moment by chance while commands are on their way; the client asks those again under their keys,
 * and some that were answered too. Answers how many were done, and how often what was under way had been kept though nobody heard of it.
 */
export const killedWhileBooking = async (
  kept: Kept,
  gym: Gym,
  looking: Looking,
  options: {
    readonly kills: number;
    readonly seed: number;
    readonly isAlone: boolean;
    readonly harm?: () => Promise<void>;
  },
) => {
  const { kills, seed, isAlone, harm } = options;
  const draw = drawing(seed);
  const client = new DeskClient();
  let server: DeskProcess | undefined;
  try {
    for (let kill = 0; kill < kills; kill++) {
      server ??= await startDesk(kept, client.hear);
      const under = 3 + draw(12);
      for (let index = 0; index < under; index++) server.send(anything(client, gym, draw));
      await sleep(draw(isAlone ? 120 : 60));
      if (harm === undefined || kill % 2 === 0) {
        await server.kill();
        server = await startDesk(kept, client.hear);
      } else {
        await harm();
      }
      const alive = server;
      // What was answered is asked again as well: it is the same.
      const [again] = client.done("book").slice(-1);
      if (again !== undefined) alive.send(again.asked);
      await client.insist(() => [alive]);
      if (isAlone) {
        await server.stop();
        server = undefined;
      }
      await judge(client, gym, looking);
    }
  } finally {
    await server?.kill();
  }
  return { asked: client.answers.size, done: [...client.answers.values()].filter(({ id }) => id !== undefined).length };
};
