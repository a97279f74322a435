/** The process of {@link httpLoad}: takes an order, answers with a report. */
import { randomUUID } from "node:crypto";
import { attemptsOf, idOf, targetOf } from "./BookingPlan.ts";
import { HttpConnection } from "./HttpConnection.ts";
import type { HttpLoadOrder, HttpLoadReport } from "./HttpLoad.ts";

const BOOKED = 201;
const REFUSED = 409;

const generate = async (order: HttpLoadOrder): Promise<HttpLoadReport> => {
  const { plan } = order;
  const connections = await Promise.all(
    Array.from({ length: order.connections }, (_, index) =>
      HttpConnection.open(new URL("/v1/bookings", order.urls[index % order.urls.length])),
    ),
  );
  const run = randomUUID();
  const last = attemptsOf(plan);
  const startMillis = performance.now();
  const measuredFrom = startMillis + order.warmUpSeconds * 1_000;
  const until = measuredFrom + order.seconds * 1_000;
  const latencies: Array<number> = [];
  const statuses: Record<string, number> = {};
  const bookingIds: Array<string> = [];
  let next = 0;
  let bookedInTime = 0;
  let endMillis = startMillis;
  let unexpected: string | undefined;

  const work = async (connection: HttpConnection) => {
    while (next < last && performance.now() < until) {
      const attempt = next++;
      const { tenant, session, member } = targetOf(plan, attempt);
      const headers = `authorization: Bearer ${order.tokens[tenant]}\r\nidempotency-key: ${run}-${attempt}\r\n`;
      const body = `{"memberId":"${idOf("member", member)}","sessionInstanceId":"${idOf("session", session)}"}`;
      const sentAt = performance.now();
      const reply = await connection.post(headers, body);
      const answeredAt = performance.now();
      statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
      if (reply.status === BOOKED) bookingIds.push((JSON.parse(reply.body) as { readonly id: string }).id);
      else if (reply.status !== REFUSED) unexpected ??= `${reply.status} ${reply.body}`;
      if (answeredAt < measuredFrom || answeredAt > until) continue;
      latencies.push(answeredAt - sentAt);
      endMillis = answeredAt;
      if (reply.status === BOOKED) bookedInTime++;
    }
  };
  await Promise.all(connections.map(work));
  for (const connection of connections) connection.close();
  const seconds = (endMillis - measuredFrom) / 1_000;
  const sorted = Float64Array.from(latencies).toSorted();
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return {
    attemptsPerSecond: latencies.length / seconds,
    bookingsPerSecond: bookedInTime / seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    statuses,
    bookingIds,
    ...(unexpected !== undefined && { unexpected }),
    isExhausted: next >= last,
  };
};

process.once("message", (order) => {
  const answer = async () => {
    process.send?.(await generate(order as HttpLoadOrder), () => process.exit(0));
  };
  void answer();
});
