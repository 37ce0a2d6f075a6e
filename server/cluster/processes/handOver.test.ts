import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Connection } from "#server/admission/rooms.ts";
import { until } from "#server/testing/bootServer.ts";
import { Channel, IN_FLIGHT_MAX } from "./channel.ts";
import { Sockets } from "./handOver.ts";
import type { Asked } from "./messages.ts";

const ECHO = fileURLToPath(new URL("../../testing/echoProcess.ts", import.meta.url));

interface Child {
  readonly process: ChildProcess;
  readonly channel: Channel;
  readonly sockets: Sockets;
}

let front: Server;
let children: Child[];
/** Called for each upgrade. */
let onUpgrade: (connection: Connection) => void;
const onClosed = { count: 0 };
const up = new Set<ChildProcess>();

function forkEcho(): Child {
  const child = fork(ECHO, { serialization: "advanced" });
  const channel: Channel = new Channel(child, {
    answer: () => Promise.resolve({ ok: true, value: null }),
    take(message) {
      if (message.is === "hello") up.add(child);
      if (message.is === "closed") sockets.closed(message.number);
    },
    gone: () => sockets.closeAll(),
  });
  const sockets = new Sockets(channel);
  child.once("exit", () => channel.close());
  return { process: child, channel, sockets };
}

beforeEach(async () => {
  children = [forkEcho(), forkEcho()];
  await until("both are up", () => children.every(({ process }) => up.has(process)), 30_000);
  onClosed.count = 0;
  let next = 0;
  onUpgrade = (connection) => children[next++ % 2]?.sockets.handOver(connection, () => onClosed.count++);
  front = createServer().on("upgrade", (request, socket, head) => {
    onUpgrade({ request, socket: request.socket, head });
    socket.on("error", () => socket.destroy());
  });
  front.listen(0, "127.0.0.1");
  await once(front, "listening");
});

afterEach(async () => {
  for (const child of children) child.process.kill("SIGKILL");
  front.close();
});

const portOf = () => (front.address() as AddressInfo).port;
const asks = (code: string): Asked => ({
  of: "process",
  name: "open",
  question: { code, options: {} as never },
});
const connections = () =>
  new Promise<number>((resolve) => front.getConnections((_, count) => resolve(count)));

/** `once` would reject on the error that comes first. */
const closeOf = (client: WebSocket) => new Promise<void>((resolve) => client.on("close", () => resolve()));

/** Resolves with the first echo. */
async function connectAndEcho(path: string): Promise<{ client: WebSocket; echo: string }> {
  const client = new WebSocket(`ws://127.0.0.1:${portOf()}${path}`);
  await once(client, "open");
  client.send("hello");
  const [echo] = await once(client, "message");
  return { client, echo: String(echo) };
}

test("[CLUSTER-1] a storm of 600 handshakes to two processes loses none, and all counts return to zero", async () => {
  const joined = await Promise.all(Array.from({ length: 600 }, (_, at) => connectAndEcho(`/p/r${at}`)));
  expect(joined.map(({ echo }) => echo)).toEqual(
    joined.map((_, at) => `/p/r${at} 127.0.0.1:${portOf()} hello`),
  );
  expect(children.map(({ sockets }) => sockets.openCount)).toEqual([300, 300]);
  expect(await connections()).toBe(600);
  for (const { client } of joined) client.close();
  await until("all are counted as closed", () => onClosed.count === 600);
  await expect.poll(connections).toBe(0);
});

test("[CLUSTER-2] bytes that came with and after the request reach the room's process", async () => {
  const held: Connection[] = [];
  onUpgrade = (connection) => held.push(connection);
  const socket = connect(portOf(), "127.0.0.1");
  const frame = (text: string) =>
    Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
  const head = `GET /p/r HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${"A".repeat(22)}==\r\n\r\n`;
  socket.write(Buffer.concat([Buffer.from(head), frame("first")]));
  await until("the front has the request", () => held.length === 1);
  socket.write(frame("second"));
  const [connection] = held;
  if (!connection) throw new Error("no connection");
  await until("the second frame has arrived", () => connection.socket.bytesRead > head.length + 11);
  children[0]?.sockets.handOver(connection, () => {});
  socket.write(frame("third"));
  let received = "";
  socket.on("data", (data) => {
    received += data;
  });
  await until("all three come back", () => /first.*second.*third/s.test(received));
  socket.destroy();
});

test("[CLUSTER-3] a connection that closes on its way counts as closed", async () => {
  onUpgrade = (connection) => {
    connection.socket.destroy();
    children[0]?.sockets.handOver(connection, () => onClosed.count++);
  };
  const client = new WebSocket(`ws://127.0.0.1:${portOf()}/p/r`).on("error", () => {});
  await closeOf(client);
  await until("it is counted", () => onClosed.count === 1);
  await expect.poll(connections).toBe(0);
});

test("[CLUSTER-4] all sockets of a process that stops and is killed close, those on their way too", async () => {
  const [first, second] = children;
  if (!first || !second) throw new Error("no children");
  onUpgrade = (connection) => first.sockets.handOver(connection, () => onClosed.count++);
  const { client } = await connectAndEcho("/p/r");
  first.process.kill("SIGSTOP");
  const late = Array.from({ length: 20 }, () =>
    new WebSocket(`ws://127.0.0.1:${portOf()}/p/r`).on("error", () => {}),
  );
  await until("all were handed over", () => first.sockets.openCount === 21);
  const closed = [client, ...late].map(closeOf);
  const asked = first.channel.ask(asks("ANY"));
  first.process.kill("SIGKILL");
  expect(await asked).toMatchObject({ ok: false, status: 503 });
  await Promise.all(closed);
  expect(onClosed.count).toBe(21);
  await expect.poll(connections).toBe(0);
  expect(await first.channel.ask(asks("ANY"))).toMatchObject({ ok: false, status: 503 });
  expect(await second.channel.ask(asks("ANY"))).toMatchObject({ ok: true });
});

test("[CLUSTER-5] every question is answered by a value, whatever the other process does", async () => {
  const [first] = children;
  if (!first) throw new Error("no child");
  const { channel } = first;
  expect(await channel.ask(asks("FINE"))).toEqual({ ok: true, value: asks("FINE") });
  expect(await channel.ask(asks("THROW"))).toMatchObject({ ok: false, status: 500 });
  expect(await channel.ask(asks("ODD"))).toMatchObject({ ok: false, status: 500 });
  const uncloneable = { ...asks("FINE"), odd: () => {} };
  expect(await channel.ask(uncloneable)).toMatchObject({ ok: false, status: 503 });
  const never = Array.from({ length: IN_FLIGHT_MAX }, () => channel.ask(asks("NEVER"), 500));
  expect(await channel.ask(asks("FINE"))).toMatchObject({ ok: false, status: 503 });
  expect(new Set((await Promise.all(never)).map((answer) => !answer.ok && answer.status))).toEqual(
    new Set([503]),
  );
  expect(await channel.ask(asks("EXIT"))).toMatchObject({ ok: false, status: 503 });
  expect(channel.unsent).toBe(0);
});
