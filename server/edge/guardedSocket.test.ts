/** A guarded socket without a room, connected to a raw TCP socket that the tests control. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { Protocol } from "@colyseus/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { until } from "#server/testing/bootServer.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { frame } from "#server/testing/rawSocket.ts";
import { refusals } from "#server/testing/refusals.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { CLOSE_WITHIN_MS, GuardedSocket, QUEUED_MAX_BYTES } from "./guardedSocket.ts";

const CHUNK = Buffer.alloc(64 * 1024);
/** The header of a WebSocket frame. */
const HEADER_MAX_BYTES = 10;
const SLACK_MS = 4_000;

let listener: WebSocketServer;
let socket: GuardedSocket;
let reader: Socket;
beforeEach(async () => {
  listener = new WebSocketServer({ port: 0, host: "127.0.0.1", WebSocket: GuardedSocket });
  await once(listener, "listening");
  const address = listener.address();
  const port = typeof address === "object" && address ? address.port : 0;
  reader = connect(port, "127.0.0.1");
  reader.on("error", () => {});
  const lines = [
    "GET / HTTP/1.1",
    "Host: fracas",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
  ];
  reader.write(`${lines.join("\r\n")}\r\n\r\n`);
  [socket] = (await once(listener, "connection")) as [GuardedSocket];
});
afterEach(() => {
  reader.destroy();
  for (const client of listener.clients) client.terminate();
  listener.close();
});

/** Sends chunks until `isOver`, as a room sends patches; returns the largest number of queued bytes. */
const sendUntil = async (isOver: () => boolean) => {
  let most = 0;
  for (let sent = 0; sent < 2000 && !isOver(); sent++) {
    socket.send(CHUNK);
    most = Math.max(most, socket.bufferedAmount);
    await new Promise(setImmediate);
  }
  return most;
};

test("[SOCKET-22] cuts off a client that reads nothing once 1 MB is queued, and frees the memory a second later", async () => {
  const before = await refusals("does not read what it is sent");
  const closed = new Promise<number>((resolve) => socket.once("close", () => resolve(performance.now())));
  reader.pause();
  const most = await sendUntil(() => socket.readyState !== socket.OPEN);
  const cutAt = performance.now();
  expect(socket.readyState).toBe(socket.CLOSING);
  // The limit is checked before a chunk is queued, so one more fits in, and the close frame.
  expect(most).toBeGreaterThan(QUEUED_MAX_BYTES);
  expect(most).toBeLessThan(QUEUED_MAX_BYTES + 2 * (CHUNK.length + HEADER_MAX_BYTES));
  expect((await closed) - cutAt).toBeLessThan(CLOSE_WITHIN_MS + SLACK_MS);
  expect(socket.malicious).toBe(false);
  expect(await refusals("does not read what it is sent")).toBe(before + 1);
});

test("[SOCKET-23] queues nothing after the cut", async () => {
  reader.pause();
  await sendUntil(() => socket.readyState !== socket.OPEN);
  const { _socket } = socket as unknown as { _socket: Socket };
  const queued = _socket.writableLength;
  for (let i = 0; i < 100; i++) socket.send(CHUNK);
  expect(_socket.writableLength).toBe(queued);
  const done = new Promise<Error | undefined>((resolve) => socket.send(CHUNK, {}, resolve));
  expect(await done).toBeInstanceOf(Error);
});

test("[SOCKET-24] sends a hundred times the bound to a client that reads", async () => {
  let read = 0;
  reader.on("data", (chunk) => {
    read += chunk.length;
  });
  const enough = 100 * QUEUED_MAX_BYTES;
  for (let sent = 0; sent < enough; sent += CHUNK.length) {
    socket.send(CHUNK);
    await until("the queue is half empty", () => socket.bufferedAmount < QUEUED_MAX_BYTES / 2);
  }
  await until("everything is read", () => read >= enough);
  expect(socket.readyState).toBe(socket.OPEN);
});

test("[SOCKET-25] ends once, and sends the first reason", async () => {
  let read = Buffer.alloc(0);
  reader.on("data", (chunk) => {
    read = Buffer.concat([read, chunk]);
  });
  const before = [await refusals("first"), await refusals("second")];
  socket.end({ code: CLOSE.badFrame, reason: "first" });
  socket.end({ code: CLOSE.tooFast, reason: "second" });
  const closeFrame = Buffer.concat([
    Buffer.of(0x88, 7, CLOSE.badFrame >> 8, CLOSE.badFrame & 0xff),
    Buffer.from("first"),
  ]);
  await until("the close frame arrives", () => read.includes(closeFrame));
  expect([await refusals("first"), await refusals("second")]).toEqual([(before[0] ?? 0) + 1, before[1]]);
  await until("the socket is closed", () => socket.readyState === socket.CLOSED);
});

test("[SOCKET-26] reads nothing after its end: a flood stays in the kernel", async () => {
  socket.end({ code: CLOSE.badFrame, reason: "enough" });
  const { _socket } = socket as unknown as { _socket: Socket };
  const before = _socket.bytesRead;
  reader.write(Buffer.alloc(10 * 1024 * 1024));
  await until("the socket is closed", () => socket.readyState === socket.CLOSED);
  // Chunks that were being read when the socket paused.
  expect(_socket.bytesRead - before).toBeLessThanOrEqual(2 * CHUNK.length);
});

test("[SOCKET-27] a listener that throws ends this connection, not the process", async () => {
  const logged = captureLog();
  socket.on("message", () => {
    throw new Error("spoiled by a test");
  });
  const closed = once(socket, "close");
  // The acknowledgement of a join, which passes the guard.
  reader.write(Buffer.of(0x82, 0x81, 0, 0, 0, 0, 0x0a));
  const [code] = await closed;
  // 1006: the raw socket never answers the close.
  expect([code, socket.malicious]).toEqual([1006, false]);
  expect(logged).toMatchObject([
    { msg: "uncaught while handling a frame", err: { message: "spoiled by a test" } },
  ]);
});

test("[SOCKET-29] counts broken framing as a refusal, and marks the connection as malicious", async () => {
  const logged = captureLog();
  const before = await refusals("not a WebSocket frame");
  const closed = once(socket, "close");
  // A frame with a reserved bit.
  reader.write(Buffer.of(0xc2, 0x80, 0, 0, 0, 0));
  await closed;
  expect(socket.malicious).toBe(true);
  expect(await refusals("not a WebSocket frame")).toBe(before + 1);
  expect(logged).toEqual([]);
});

test("[SOCKET-30] a command goes into the inbox and to no listener; one that cannot be read ends the connection", async () => {
  const heard: unknown[] = [];
  socket.on("message", (data) => heard.push(data));
  socket.inbox.open();
  reader.write(frame({ payload: [Protocol.ROOM_INPUT_RELIABLE, 0x80, 5] }));
  reader.write(frame({ payload: [Protocol.JOIN_ROOM] }));
  await until("the acknowledgement arrives", () => heard.length > 0);
  expect(heard).toEqual([Buffer.of(Protocol.JOIN_ROOM)]);
  expect(socket.inbox.next()).toMatchObject({ moveX: 5 });
  const closed = once(socket, "close");
  reader.write(frame({ payload: [Protocol.ROOM_INPUT_RELIABLE, 0x80] }));
  await closed;
  expect([socket.malicious, socket.inbox.latest.moveX, socket.inbox.size]).toEqual([true, 5, 0]);
});
