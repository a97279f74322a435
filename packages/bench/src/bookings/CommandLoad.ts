/** Bookings through the core's own door, in process: what is left when HTTP is taken away. */
import { MemberId, MoveOs, Principal, SessionInstanceId, TenantId } from "@zmos/core";
import * as Effect from "effect/Effect";
import { attemptsOf, type BookingPlan, idOf, targetOf } from "./BookingPlan.ts";
import { doorsOn } from "./BookingWorld.ts";

interface CommandLoadOrder {
  readonly databaseUrl: string;
  readonly plan: BookingPlan;
  readonly concurrency: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

interface CommandLoadReport {
  readonly bookingsPerSecond: number;
  readonly bookingIds: ReadonlyArray<string>;
  readonly refused: number;
}

export const commandLoad = (order: CommandLoadOrder): Promise<CommandLoadReport> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const { plan, concurrency } = order;
      const moveOs = yield* MoveOs;
      const start = performance.now();
      const measuredFrom = start + order.warmUpSeconds * 1_000;
      const until = measuredFrom + order.seconds * 1_000;
      const bookingIds: Array<string> = [];
      let next = 0;
      let bookedInTime = 0;
      let refused = 0;
      const worker = Effect.gen(function* () {
        while (next < attemptsOf(plan) && performance.now() < until) {
          const { tenant, session, member } = targetOf(plan, next++);
          const tenantId = TenantId.make(idOf("tenant", tenant));
          const principal = Principal.of({ tenantId, actorId: "bench", actorType: "host", roles: [] });
          const book = moveOs.bookSession({
            memberId: MemberId.make(idOf("member", member)),
            sessionInstanceId: SessionInstanceId.make(idOf("session", session)),
          });
          const outcome = yield* Effect.result(Effect.provideService(book, Principal, principal));
          if (outcome._tag === "Failure") {
            if (outcome.failure._tag !== "SessionFull") return yield* Effect.die(outcome.failure);
            refused++;
            continue;
          }
          bookingIds.push(outcome.success.id);
          const at = performance.now();
          if (at >= measuredFrom && at <= until) bookedInTime++;
        }
      });
      yield* Effect.all(
        Array.from({ length: concurrency }, () => worker),
        { concurrency: "unbounded" },
      );
      const measuredMillis = Math.min(performance.now(), until) - measuredFrom;
      return { bookingsPerSecond: bookedInTime / (measuredMillis / 1_000), bookingIds, refused };
    }).pipe(Effect.provide(doorsOn(order.databaseUrl))),
  );
