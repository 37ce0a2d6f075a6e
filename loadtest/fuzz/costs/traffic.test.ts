/** How requests are sent, at a server that answers one request on a connection and ends it. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { sendFlood, sendInTurn } from "./traffic.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** Resolves with the address, and with how many requests each connection has brought. */
async function listen() {
  const brought: number[] = [];
  server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (chunk) => {
      brought.push(chunk.toString("latin1").split("GET ").length - 1);
      socket.end("HTTP/1.1 429 Too Many Requests\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return { address: { host: "127.0.0.1", port }, brought };
}

const text = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n";
const requests = (count: number) => Array(count).fill({ text, network: "192.0.2.1" });
const noTraffic = () => ({ pieces: 0, bytesIn: 0, bytesOut: 0 });

test("[FUZZ-35] a flood learns from its first connection to send no more than is answered, and counts all it sent", async () => {
  const { address, brought } = await listen();
  const traffic = noTraffic();
  const statuses = await sendFlood(address, requests(30), traffic);
  expect(brought).toEqual([20, ...Array(10).fill(1)]);
  expect([statuses.of(429), statuses.of("ended")]).toEqual([11, 19]);
  expect(traffic.pieces).toBe(30);
  expect(traffic.bytesIn).toBeGreaterThan(30 * text.length);
});

test("[FUZZ-36] an honest client sends one request at a time, and connects again when it must", async () => {
  const { address, brought } = await listen();
  const traffic = noTraffic();
  const statuses = await sendInTurn(address, requests(9), traffic);
  expect(brought).toEqual(Array(9).fill(1));
  expect(statuses.of(429)).toBe(9);
  expect(traffic.pieces).toBe(9);
});
