/**
 * A server process of its own, at whose desk the tests ask line by line: a JSON command on stdin, its answer on stdout once it is kept. It is there
 * to be killed.
 */
import { IdSource } from "@zmos/core/kernel";
import { askAt, type DeskAnswer, type DeskCommand, DeskWorld } from "@zmos/core/testing";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import * as Database from "../../src/Database.ts";
import * as StoresPg from "../../src/StoresPg.ts";

/** A command on its way. **Shape** `n` names it to the client. */
export interface DeskLetter extends DeskCommand {
  readonly n: number;
}

/** **Shape** `n`: of the letter that it answers. */
export interface DeskReply extends DeskAnswer {
  readonly n: number;
}

const say = (line: unknown) => writeSync(1, `${JSON.stringify(line)}\n`);

const serve = Effect.gen(function* () {
  const door = yield* (yield* DeskWorld.openDoor).moveOs;
  const context = yield* Effect.context();
  const lines = createInterface({ input: process.stdin });
  say({ ready: true });
  yield* Effect.callback<void>((resume) => {
    lines.on("close", () => resume(Effect.void));
    lines.on("line", (line) => {
      const { n, ...command } = JSON.parse(line) as DeskLetter;
      const asked = Effect.map(askAt(door, command), (answer) => say({ n, ...answer } satisfies DeskReply));
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
