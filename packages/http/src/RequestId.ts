import type { MiddlewareHandler } from "hono";
import { randomUUID } from "node:crypto";
import type { Env } from "./AppOptions.ts";

const SANE = /^[A-Za-z0-9._-]{8,128}$/;

/** Gives each request an id: the caller's own if it sent a sane one, so that logs on both sides can be matched. */
export const requestId: MiddlewareHandler<Env> = async (c, next) => {
  const told = c.req.header("x-request-id");
  const id = told !== undefined && SANE.test(told) ? told : randomUUID();
  c.set("requestId", id);
  await next();
  c.header("x-request-id", id);
};
