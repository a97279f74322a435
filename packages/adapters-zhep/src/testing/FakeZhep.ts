/**
 * ZHEP, played by a real HTTP server on this machine that follows a script: it answers, delays, hangs, talks nonsense, cuts the line. It
 * writes down what it is asked, and keeps what it is told.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import * as Context from "effect/Context";
import * as Effect from "effect/Effect";
import * as Layer from "effect/Layer";
import * as Redacted from "effect/Redacted";
import { defaults, type ZhepOptions } from "../ZhepOptions.ts";
import { Ledger, type Reply } from "./Ledger.ts";
import { type Step, usual } from "./Step.ts";

/** One request as it arrived. **Shape** header names in lower case. */
export interface Asked {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

const API_KEY = "zmos-test";
const API_SECRET = "open-sesame-7f3a";
const AUTHORIZATION = `Basic ${Buffer.from(`${API_KEY}:${API_SECRET}`).toString("base64")}`;

class Fake {
  readonly ledger = new Ledger();
  readonly asked: Array<Asked> = [];
  readonly #scripts = new Map<string, Array<Step>>();
  readonly #held: Array<() => void> = [];
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });

  /** What to do with the next requests to this path, one step each, in this order. */
  play(path: string, ...steps: ReadonlyArray<Step>): void {
    this.#scripts.set(path, [...(this.#scripts.get(path) ?? []), ...steps]);
  }

  /** The requests to one path, in the order they came. */
  askedAt(path: string): ReadonlyArray<Asked> {
    return this.asked.filter((asked) => asked.path === path);
  }

  /** Lets the answers go that were held back, the latest question's first. */
  release(): void {
    for (const send of this.#held.splice(0).reverse()) send();
  }

  /** How to reach it, over the usual patience. */
  options(patience: Partial<ZhepOptions> = {}): ZhepOptions {
    const url = new URL(this.url);
    return { ...defaults, url, apiKey: API_KEY, apiSecret: Redacted.make(API_SECRET), ...patience };
  }

  /** The same as environment variables. */
  get environment() {
    return { ZMOS_MODE: "ZMOS_ZHEP", ZHEP_URL: this.url, ZHEP_API_KEY: API_KEY, ZHEP_API_SECRET: API_SECRET };
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/api`;
  }

  async open(): Promise<this> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return this;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").replace(/^\/api/, "");
    const body = await text(request);
    const headers = request.headers as Asked["headers"];
    this.asked.push({ path, headers, body });
    const step = this.#scripts.get(path)?.shift() ?? usual;

    const reply = (): Reply =>
      request.method !== "POST"
        ? { status: 405, body: {} }
        : headers["authorization"] === AUTHORIZATION
          ? this.ledger.answer(path, body, headers["idempotency-key"])
          : { status: 401, body: {} };
    const send = ({ status, body }: Reply, requestId = headers["x-request-id"] ?? "") =>
      response
        .writeHead(status, { "content-type": "application/json", "x-request-id": requestId })
        .end(JSON.stringify(body));

    switch (step._tag) {
      case "Usual":
        setTimeout(() => send(reply()), step.delayMillis);
        return;
      case "Text":
        response.writeHead(step.status, { "x-request-id": headers["x-request-id"] ?? "", ...step.headers });
        response.end(step.text);
        return;
      case "Hang":
        return;
      case "Cut": {
        if (step.when === "before") return void response.destroy();
        const { status, body } = reply();
        if (step.when === "after") return void response.destroy();
        const whole = JSON.stringify(body);
        response.writeHead(status, {
          "content-length": whole.length,
          "x-request-id": headers["x-request-id"] ?? "",
        });
        response.write(whole.slice(0, -1), () => response.destroy());
        return;
      }
      case "Twice": {
        const { status, body } = reply();
        const whole = JSON.stringify(body);
        const raw = [
          `HTTP/1.1 ${status} OK`,
          "content-type: application/json",
          `content-length: ${Buffer.byteLength(whole)}`,
          `x-request-id: ${headers["x-request-id"] ?? ""}`,
          "",
          whole,
        ].join("\r\n");
        request.socket.write(raw + raw);
        return;
      }
      case "Mixed":
        send(reply(), "00000000-0000-7000-8000-000000000000");
        return;
      case "Flood": {
        response.writeHead(200, { "x-request-id": headers["x-request-id"] ?? "" });
        const pour = () => {
          while (!response.destroyed && response.write(" ".repeat(16_384)));
        };
        response.on("drain", pour);
        pour();
        return;
      }
      case "Held": {
        const answer = reply();
        this.#held.push(() => send(answer));
        return;
      }
    }
  }
}

/** The fake partner as a service, open while the layer is. */
export class FakeZhep extends Context.Service<FakeZhep, Fake>()("@zmos/adapters-zhep/testing/FakeZhep") {
  static readonly layer = Layer.effect(
    this,
    Effect.acquireRelease(
      Effect.promise(() => new Fake().open()),
      (fake) => Effect.promise(() => fake.close()),
    ),
  );
}
