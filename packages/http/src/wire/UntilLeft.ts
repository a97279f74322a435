import type { HttpBindings } from "@hono/node-server";
import type * as Exit from "effect/Exit";
import type * as Fiber from "effect/Fiber";
import type { Context as HonoContext } from "hono";

/** Waits for the work on a request, which is interrupted when the client hangs up before it is answered. */
export const untilLeft = <A, E>(c: HonoContext, work: Fiber.Fiber<A, E>): Promise<Exit.Exit<A, E>> => {
  const leave = () => work.interruptUnsafe();
  // A request's own signal is costly to make, and under Node there is something cheaper.
  const outgoing = (c.env as Partial<HttpBindings> | undefined)?.outgoing;
  if (outgoing === undefined) c.req.raw.signal.addEventListener("abort", leave, { once: true });
  else if (outgoing.closed) leave();
  else outgoing.once("close", () => (outgoing.writableFinished ? undefined : leave()));
  return new Promise((resolve) => void work.addObserver(resolve));
};
