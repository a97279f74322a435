import * as Effect from "effect/Effect";
import { describe, expect, it } from "vitest";
import { makeClient } from "../src/client.ts";
import { serve } from "../src/Serve.ts";
import { startApp } from "./support/TestApp.ts";

const { app, services, openTenant } = await startApp();
const { owner: token, ids } = await openTenant("Client");

const story = (client: Effect.Success<ReturnType<typeof makeClient>>) =>
  Effect.gen(function* () {
    const made = yield* client.locations.createLocation({ payload: { name: "Typed", timezone: "UTC" } });
    const same = yield* client.locations.getLocation({ params: { locationId: made.id } });
    const streak = yield* client.members.getStreak({ params: { memberId: ids.memberId as never }, query: {} });
    const refusal = yield* Effect.flip(
      client.bookings.bookSession({
        payload: { memberId: ids.memberId as never, sessionInstanceId: ids.sessionInstanceId as never },
      }),
    );
    return { made, same, streak, refusal };
  });

describe("the typed client", () => {
  it("in-process and over the network gets the same answers and the same refusals", async () => {
    const inProcess = await Effect.runPromise(
      Effect.flatMap(makeClient({ baseUrl: "http://zmos.test", token, fetch: app.fetch }), story),
    );
    const overNetwork = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const { url } = yield* serve({ services, host: "127.0.0.1", port: 0 });
          return yield* Effect.flatMap(makeClient({ baseUrl: url, token }), story);
        }),
      ),
    );
    for (const { made, same, streak, refusal } of [inProcess, overNetwork]) {
      expect(made).toEqual(same);
      expect(typeof made.createdAt).toBe("number");
      expect(streak.current.length).toBe(0);
      expect(refusal).toMatchObject({ type: "https://zmos.dev/problems/already-booked", status: 409 });
    }
  });
});
