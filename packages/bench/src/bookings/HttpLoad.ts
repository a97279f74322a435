/** Bookings over HTTP from a process of its own, so that whoever is measured shares no event loop with whoever measures. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { BookingPlan } from "./BookingPlan.ts";

/** **Shape** `tokens`: one a tenant of the plan. **Units** seconds. */
export interface HttpLoadOrder {
  readonly urls: ReadonlyArray<string>;
  readonly tokens: ReadonlyArray<string>;
  readonly plan: BookingPlan;
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
}

/** **Shape** rates and latencies of the time after the warm-up; `statuses` and `bookingIds` of all of it. **Units** milliseconds. */
export interface HttpLoadReport {
  readonly attemptsPerSecond: number;
  readonly bookingsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly bookingIds: ReadonlyArray<string>;
  /** An answer that is neither a booking nor a refusal, if there was any. */
  readonly unexpected?: string;
  /** The plan was through before the time was. */
  readonly isExhausted: boolean;
}

const MAIN = fileURLToPath(new URL("HttpLoadProcess.ts", import.meta.url));

export const httpLoad = (order: HttpLoadOrder): Promise<HttpLoadReport> =>
  new Promise((resolve, reject) => {
    const child = fork(MAIN);
    child.once("message", (report) => resolve(report as HttpLoadReport));
    child.once("exit", (code) => reject(new Error(`the load generator ended with ${code}`)));
    child.send(order);
  });
