import { createAdaptorServer } from "@hono/node-server";
import * as Duration from "effect/Duration";
import * as Effect from "effect/Effect";
import * as Schema from "effect/Schema";
import type { AddressInfo, Socket } from "node:net";
import { createServer, type Server } from "node:http";
import { randomUUID } from "node:crypto";
import { type AppOptions } from "./AppOptions.ts";
import { createApp } from "./CreateApp.ts";

export interface ServeOptions extends AppOptions {
  /** **Units** a TCP port; 0 takes any that is free. */
  readonly port: number;
  readonly host: string;
}

/** A server that takes requests. **Shape** `url`: where, without a slash at the end. */
export interface Serving {
  readonly url: string;
  readonly port: number;
}

/** Another program has the port. */
export class PortTaken extends Schema.TaggedError<PortTaken>()("PortTaken", {
  host: Schema.String,
  port: Schema.Int,
}) {
  override get message() {
    return `Port ${this.port} on ${this.host} is taken by another program. Stop it, or choose another port: PORT=${this.port + 1}.`;
  }
}

/** The server cannot listen where it was told to. */
export class CannotListen extends Schema.TaggedError<CannotListen>()("CannotListen", {
  host: Schema.String,
  port: Schema.Int,
  reason: Schema.String,
}) {
  override get message() {
    return `Nothing can listen on ${this.host}, port ${this.port}: ${this.reason}. Change HOST or PORT.`;
  }
}

/** How long a client may take, and how much it may say before its body. **Units** milliseconds; bytes. */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  // How often the two timeouts above are looked at; Node's own half a minute would make them half a minute late.
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 16_384,
};

/** How long requests that are under way may take once the server is told to stop. */
const FINISH_WITHIN = Duration.seconds(10);

/**
 * Serves the API on a port until the scope closes; then takes no more, and lets what is under way finish, ten seconds long.
 *
 * **Errors** `PortTaken`, `CannotListen`.
 */
export const serve = Effect.fn("serve")(function* (options: ServeOptions) {
  const { host, port } = options;
  const app = createApp(options);
  const server = createAdaptorServer({
    fetch: app.fetch,
    createServer,
    serverOptions: limits,
    overrideGlobalObjects: false,
  }) as Server;
  server.on("clientError", refuseUnread);
  yield* Effect.acquireRelease(listen(server, host, port), () => stop(server));
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, port: address.port } satisfies Serving;
});

const listen = (server: Server, host: string, port: number): Effect.Effect<void, PortTaken | CannotListen> =>
  Effect.callback((resume) => {
    const onError = (error: NodeJS.ErrnoException) =>
      resume(
        error.code === "EADDRINUSE"
          ? new PortTaken({ host, port })
          : new CannotListen({ host, port, reason: error.code ?? error.message }),
      );
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      resume(Effect.void);
    });
  });

const stop = (server: Server): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    server.close(() => resume(Effect.void));
    server.closeIdleConnections();
  }).pipe(
    Effect.timeoutOrElse({ duration: FINISH_WITHIN, orElse: () => Effect.sync(() => server.closeAllConnections()) }),
  );

const UNREAD: Readonly<Record<string, readonly [status: number, title: string]>> = {
  HPE_HEADER_OVERFLOW: [431, "The headers are too large"],
  ERR_HTTP_REQUEST_TIMEOUT: [408, "The request took too long to arrive"],
};

/** Answers what Node cannot even read as a request, as a problem like any other, and hangs up. */
const refuseUnread = (error: NodeJS.ErrnoException, socket: Socket): void => {
  if (!socket.writable || error.code === "ECONNRESET") return void socket.destroy();
  const [status, title] = UNREAD[error.code ?? ""] ?? [400, "The request is not HTTP"];
  const body = JSON.stringify({ type: "about:blank", title, status, detail: title, instance: randomUUID() });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Connection: close\r\n\r\n${body}`,
  );
};
