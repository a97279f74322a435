import { assert, it } from "@effect/vitest";
import * as Effect from "effect/Effect";
import * as Redacted from "effect/Redacted";
import * as Database from "../src/Database.ts";
import { anything, drawing, judge, killedWhileBooking, lookingOn, openGym } from "./support/DeskChaos.ts";
import { DeskClient, startDesk } from "./support/DeskClient.ts";
import { LOGIN } from "./support/PostgresServer.globalSetup.ts";
import { freshDatabase, temporaryFolder, urlOf } from "./support/TestDatabase.ts";

const MINUTE = 60_000;

it.live(
  "two servers on one database book, cancel and join at once, and all is right (I1, I2)",
  () =>
    Effect.gen(function* () {
      const url = urlOf(LOGIN, yield* freshDatabase);
      const looking = lookingOn(Database.layerServer({ url, maxConnections: 2 }));
      yield* Effect.promise(async () => {
        const gym = await looking(openGym);
        const client = new DeskClient();
        const kept = { DESK_URL: Redacted.value(url) };
        const servers = await Promise.all([startDesk(kept, client.hear), startDesk(kept, client.hear)]);
        const draw = drawing(1);
        for (let round = 0; round < 12; round++) {
          for (let index = 0; index < 30; index++) servers[index % 2]?.send(anything(client, gym, draw));
          await client.settled(10_000);
        }
        await client.insist(() => servers);
        await Promise.all(servers.map((server) => server.stop()));
        await judge(client, gym, looking);
        assert.strictEqual(client.answers.size, 360);
        assert.isAbove(client.done("book").length, 20);
        assert.isAbove(client.done("cancel").length, 10);
      });
    }).pipe(Effect.scoped),
  2 * MINUTE,
);

it.live(
  "a server on PostgreSQL is killed while it books: nothing is lost, nothing doubled",
  () =>
    Effect.gen(function* () {
      const url = urlOf(LOGIN, yield* freshDatabase);
      const looking = lookingOn(Database.layerServer({ url, maxConnections: 2 }));
      yield* Effect.promise(async () => {
        const gym = await looking(openGym);
        const kept = { DESK_URL: Redacted.value(url) };
        const { done } = await killedWhileBooking(kept, gym, looking, { kills: 4, seed: 1, isAlone: false });
        assert.isAbove(done, 8);
      });
    }).pipe(Effect.scoped),
  2 * MINUTE,
);

it.live(
  "a server with its own folder is killed while it books: nothing is lost, nothing doubled",
  () =>
    Effect.gen(function* () {
      const dataDir = yield* temporaryFolder;
      const looking = lookingOn(Database.layerEmbedded({ dataDir }));
      yield* Effect.promise(async () => {
        const gym = await looking(openGym);
        const { done } = await killedWhileBooking({ DESK_FOLDER: dataDir }, gym, looking, {
          kills: 3,
          seed: 1,
          isAlone: true,
        });
        assert.isAbove(done, 6);
      });
    }).pipe(Effect.scoped),
  2 * MINUTE,
);
