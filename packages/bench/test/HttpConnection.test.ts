import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { HttpConnection, readReply } from "../src/bookings/HttpConnection.ts";

describe("an answer of HTTP", () => {
  it("is read once all of it is there", () => {
    const text = 'HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\n{"id":"a"}'.slice(0, -1);
    expect(readReply(text.slice(0, -1))).toBeUndefined();
    expect(readReply(text)).toEqual({ status: 201, body: '{"id":"a"' });
  });

  it("is put together from its chunks", () => {
    const text = "HTTP/1.1 409 Conflict\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nful\r\n1\r\nl\r\n0\r\n\r\n";
    expect(readReply(text.slice(0, -1))).toBeUndefined();
    expect(readReply(text)).toEqual({ status: 409, body: "full" });
  });
});

describe("a connection", () => {
  it("posts one request after the other and gets each one's answer", async () => {
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => response.writeHead(201).end(`${String(request.headers["idempotency-key"])} ${body}`));
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const connection = await HttpConnection.open(new URL(`http://127.0.0.1:${port}/v1/bookings`));
    for (const each of ["first", "second"]) {
      const reply = await connection.post(`idempotency-key: ${each}\r\n`, `{"memberId":"${each}"}`);
      expect(reply).toEqual({ status: 201, body: `${each} {"memberId":"${each}"}` });
    }
    connection.close();
    server.close();
  });
});
