/**
 * A server process of its own, at whose desk the tests ask line by line: a JSON command on stdin, its answer on stdout once it is kept. It is there
 * to be killed.
 */
import {
  type BookingId,
  IdSource,
  type MemberId,
  type Principal,
  type SessionInstanceId,
  type TenantId,
} from "@zmos/core/kernel";
import type { MoveOs } from "@zmos/core/moveos";
import { DeskWorld } from "@zmos/core/testing";
import * as Cause from "effect/Cause";
import * as Effect from "effect/Effect";
import * as Exit from "effect/Exit";
import * as Layer from "effect/Layer";
import * as Option from "effect/Option";
import * as Redacted from "effect/Redacted";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import * as Database from "../../src/Database.ts";
import * as StoresPg from "../../src/StoresPg.ts";

/** **Shape** `n` names it to the client; `key` is its idempotency key. `about`: a booking or a place in line. What a command has no use for is of no account. */
export interface DeskCommand {
  readonly n: number;
  readonly key: string;
  readonly does: "book" | "cancel" | "join" | "leave" | "promote" | "capacity";
  readonly tenantId: TenantId;
  readonly sessionInstanceId: SessionInstanceId;
  readonly memberId: MemberId;
  readonly about: BookingId;
  readonly capacity?: number;
}

/** **Shape** `id`: of what was booked, cancelled or joined. `refused`: the tag of what speaks against it. */
export interface DeskAnswer {
  readonly n: number;
  readonly id?: BookingId;
  readonly refused?: string;
}

type Door = MoveOs["Service"];

const perform = (
  door: Door,
  command: DeskCommand,
): Effect.Effect<{ readonly id: string }, { readonly _tag: string }, Principal> => {
  const { sessionInstanceId, memberId, about } = command;
  switch (command.does) {
    case "book":
      return door.bookSession({ memberId, sessionInstanceId });
    case "cancel":
      return door.cancelBooking({ bookingId: about });
    case "join":
      return door.joinWaitlist({ memberId, sessionInstanceId });
    case "leave":
      return door.leaveWaitlist({ waitlistEntryId: about });
    case "promote":
      return door.promoteFromWaitlist({ waitlistEntryId: about, reason: "a friend" });
    case "capacity":
      return door.changeCapacity({ sessionInstanceId, capacity: command.capacity ?? 1, reason: "the bikes" });
  }
};

const say = (line: unknown) => writeSync(1, `${JSON.stringify(line)}\n`);

const serve = Effect.gen(function* () {
  const door = yield* (yield* DeskWorld.openDoor).moveOs;
  const context = yield* Effect.context();
  const lines = createInterface({ input: process.stdin });
  say({ ready: true });
  yield* Effect.callback<void>((resume) => {
    lines.on("close", () => resume(Effect.void));
    lines.on("line", (line) => {
      const command = JSON.parse(line) as DeskCommand;
      const asked = perform(door, command).pipe(
        DeskWorld.asOwner(command.tenantId),
        DeskWorld.underKey(command.key),
        Effect.exit,
        Effect.map((exit): DeskAnswer => {
          if (Exit.isSuccess(exit)) return { n: command.n, id: exit.value.id as BookingId };
          const error = Option.getOrUndefined(Cause.findErrorOption(exit.cause));
          return { n: command.n, refused: error?._tag ?? `defect: ${Cause.pretty(exit.cause)}` };
        }),
        Effect.map(say),
      );
      Effect.runForkWith(context)(asked);
    });
  });
});

const { DESK_URL: url, DESK_FOLDER: dataDir } = process.env;
const database =
  url === undefined
    ? Database.layerEmbedded({ dataDir })
    : Database.layerServer({ url: Redacted.make(url), maxConnections: 4 });
const stores = Layer.merge(Layer.provide(StoresPg.layer, database), IdSource.layer);

await Effect.runPromise(serve.pipe(Effect.scoped, Effect.provide(stores)));
process.exit(0);
