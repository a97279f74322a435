/** One keep-alive connection that posts one request at a time: Node's own client would cost as much as the server it measures. */
import { connect, type Socket } from "node:net";

export interface Reply {
  readonly status: number;
  readonly body: string;
}

const END_OF_HEAD = "\r\n\r\n";
const END_OF_CHUNKS = "\r\n0\r\n\r\n";

/** Reads the one answer that a buffer begins with, once it is all there. */
export const readReply = (text: string): Reply | undefined => {
  const end = text.indexOf(END_OF_HEAD);
  if (end === -1) return undefined;
  const status = Number(text.slice(9, 12));
  const head = text.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length !== undefined) {
    const start = end + END_OF_HEAD.length;
    return text.length < start + Number(length) ? undefined : { status, body: text.slice(start) };
  }
  if (!head.includes("transfer-encoding: chunked")) return { status, body: "" };
  if (!text.endsWith(END_OF_CHUNKS)) return undefined;
  return { status, body: unchunk(text.slice(end + END_OF_HEAD.length)) };
};

const unchunk = (text: string): string => {
  let body = "";
  for (let at = 0; ;) {
    const endOfSize = text.indexOf("\r\n", at);
    const size = Number.parseInt(text.slice(at, endOfSize), 16);
    if (!(size > 0)) return body;
    body += text.slice(endOfSize + 2, endOfSize + 2 + size);
    at = endOfSize + 2 + size + 2;
  }
};

export class HttpConnection {
  private readonly head: string;
  private readonly socket: Socket;
  private received = "";
  private settle: { readonly resolve: (reply: Reply) => void; readonly reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket, url: URL) {
    this.head = `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\naccept: application/json\r\n`;
    this.socket = socket;
    socket.setNoDelay(true).setEncoding("latin1");
    socket.on("data", (chunk: string) => {
      this.received += chunk;
      const reply = readReply(this.received);
      if (reply === undefined) return;
      this.received = "";
      this.settle?.resolve(reply);
    });
    const fail = (error: Error) => this.settle?.reject(error);
    socket.on("error", fail).on("close", () => fail(new Error("the server closed the connection")));
  }

  static open(url: URL): Promise<HttpConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(url.port), url.hostname).once("error", reject);
      socket.once("connect", () => resolve(new HttpConnection(socket, url)));
    });
  }

  /** **Shape** ASCII only; `headers` end with a line break. */
  post(headers: string, body: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.socket.write(`${this.head}${headers}content-length: ${body.length}\r\n\r\n${body}`, "latin1");
    });
  }

  close(): void {
    this.settle = undefined;
    this.socket.destroy();
  }
}
