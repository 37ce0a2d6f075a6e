/** Clients that take a seat and say nothing, or read nothing. */
import { randomInt } from "node:crypto";
import { ClientState, Protocol } from "@colyseus/core";
import { Client } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { UNREAD_MAX_MS } from "#server/rooms/tick/roundTrips.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  acknowledgeJoin,
  frame,
  OPCODE,
  openRawSocket,
  type RawSocket,
  type Received,
} from "#server/testing/rawSocket.ts";
import { refusals } from "#server/testing/refusals.ts";
import { openRelay, type Relay } from "#server/testing/relay.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { CLOSE_WITHIN_MS, JOIN_WITHIN_MS } from "./guardedSocket.ts";

/** Looks are half a second apart, and the machine may be busy. */
const SLACK_MS = 5_000;
const UNREAD_BOUND_MS = 10_000;

let server: TestServer;
let honest: ArenaClient;
let room: ArenaRoom;
const relays: Relay[] = [];
const begins: (() => void)[] = [];
beforeAll(async () => {
  server = await bootServer();
  honest = await server.join({ name: "Honest" });
  room = server.roomOf(honest);
  for (const begin of begins) begin();
});
afterAll(async () => {
  for (const relay of relays) relay.close();
  await server.close();
});

/** Waits for seconds, and so begins with all the others. */
function slowTest(claim: string, run: () => Promise<void>): void {
  let running = Promise.resolve();
  begins.push(() => {
    running = run();
    // Its own test tells of it.
    running.catch(() => {});
  });
  test(claim, () => running);
}

const relayed = async () => {
  const relay = await openRelay(server);
  relays.push(relay);
  return relay;
};
const seated = (id: string) => room.clients.getById(id);
const play = async (through: TestServer = server): Promise<RawSocket> => {
  const raw = await openRawSocket(through, "Silent");
  await acknowledgeJoin(raw);
  await until("it plays", () => seated(raw.sessionId)?.state === ClientState.JOINED);
  return raw;
};
/** How long it took until the server had enough, ms. */
const msUntilCut = async (id: string) => {
  const startedAt = performance.now();
  await until("it is cut", () => !seated(id), 20_000);
  return performance.now() - startedAt;
};
const isPing = ({ opcode }: Received) => opcode === OPCODE.ping;
const pong = (payload: string | Uint8Array) => frame({ opcode: OPCODE.pong, payload: Buffer.from(payload) });
/** Sends until it is out, as often as clients are pinged ten times over. */
const sendOften = (raw: RawSocket, next: () => Uint8Array) => {
  const timer = setInterval(() => (seated(raw.sessionId) ? raw.send(next()) : clearInterval(timer)), 50);
};
/** Answers what it is asked, as any WebSocket does. Reads what came since the last look. */
const answerPings = (raw: RawSocket) => {
  let looked = 0;
  const timer = setInterval(() => {
    if (!seated(raw.sessionId)) return clearInterval(timer);
    const pings = raw.received.slice(looked).filter(isPing);
    looked = raw.received.length;
    raw.send(...pings.map(({ payload }) => pong(payload)));
  }, 5);
};
/** A drop, as far as the others can see: the seat is kept. */
const expectKept = (id: string) => expect(room.state.roster.get(id)?.connected).toBe(false);

const goesInTime = async (raw: RawSocket) => {
  const askedAt = performance.now();
  expect((await raw.closed()).code).toBe(CLOSE.notJoined);
  const ms = performance.now() - askedAt;
  expect(ms).toBeGreaterThan(JOIN_WITHIN_MS - 500);
  expect(ms).toBeLessThan(JOIN_WITHIN_MS + CLOSE_WITHIN_MS + SLACK_MS);
  await until("its place is free", () => !room.state.roster.has(raw.sessionId));
  expect(room.hasReachedMaxClients()).toBe(false);
};

slowTest(
  "[SOCKET-10] who does not acknowledge the JOIN: closed with 4303 after 5 s, the place free",
  async () => {
    await goesInTime(await openRawSocket(server, "Silent"));
  },
);

slowTest("[SOCKET-11] who does not, but plays and answers pings: the same", async () => {
  const raw = await openRawSocket(server, "Early");
  sendOften(raw, () => frame({ payload: [Protocol.ROOM_INPUT_RELIABLE] }));
  answerPings(raw);
  await goesInTime(raw);
});

slowTest(
  "[SOCKET-12] who comes back and does not say so: closed with 4303 after 5 s, the seat kept",
  async () => {
    const ann = await server.join({ name: "Ann" });
    ann.reconnection.enabled = false;
    const { sessionId } = ann;
    server.cut(ann);
    await until("Ann is away", () => room.state.roster.get(sessionId)?.connected === false);
    // As the SDK does it.
    const url = new URL((ann.connection as unknown as { url: string }).url);
    url.searchParams.set("reconnectionToken", ann.reconnectionToken.split(":")[1] ?? "");
    const socket = new WebSocket(url);
    const closed = new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });
    expect((await closed).code).toBe(CLOSE.notJoined);
    await until("Ann is away again", () => room.state.roster.get(sessionId)?.connected === false);
    expect(room.state.drones.has(sessionId)).toBe(true);
  },
);

slowTest("[SOCKET-19] who is gone before that: not counted among those who were sent away", async () => {
  const raw = await openRawSocket(server, "Gone");
  await raw.until("JOIN_ROOM", ({ payload }) => payload[0] === Protocol.JOIN_ROOM);
  raw.reset();
  const resetAt = performance.now();
  await until("its time is over", () => performance.now() - resetAt > JOIN_WITHIN_MS + SLACK_MS);
  // Those of the three tests before.
  expect(await refusals("took a seat and did not say so")).toBe(3);
});

slowTest(
  "[SOCKET-13] who reads, but answers no ping (half-open): cut within 10 s, the seat kept",
  async () => {
    const raw = await play();
    const ms = await msUntilCut(raw.sessionId);
    expect(ms).toBeGreaterThan(UNREAD_MAX_MS - SLACK_MS);
    expect(ms).toBeLessThan(UNREAD_BOUND_MS + SLACK_MS);
    expectKept(raw.sessionId);
  },
);

const UNASKED: [what: string, next: () => Uint8Array][] = [
  ["empty pongs", () => pong("")],
  ["pongs with guessed numbers", () => pong(String(randomInt(2 ** 47)))],
  ["commands", () => frame({ payload: [Protocol.ROOM_INPUT_RELIABLE] })],
];
for (const [what, next] of UNASKED) {
  slowTest(`[SOCKET-14] who reads nothing, but sends ${what}: cut within 10 s, the seat kept`, async () => {
    const relay = await relayed();
    const raw = await play(relay.server);
    relay.read(0);
    sendOften(raw, next);
    expect(await msUntilCut(raw.sessionId)).toBeLessThan(UNREAD_BOUND_MS + SLACK_MS);
    expectKept(raw.sessionId);
  });
}

slowTest("[SOCKET-15] who answers the first ping again and again: cut within 10 s", async () => {
  const raw = await play();
  await raw.until("a ping", isPing);
  const first = raw.received.find(isPing)?.payload ?? Buffer.alloc(0);
  sendOften(raw, () => pong(first));
  expect(await msUntilCut(raw.sessionId)).toBeLessThan(UNREAD_BOUND_MS + SLACK_MS);
});

slowTest("[SOCKET-16] who reads a trickle, and answers each ping in it: cut when 10 s behind", async () => {
  const relay = await relayed();
  const raw = await play(relay.server);
  answerPings(raw);
  await until("two pings", () => raw.received.filter(isPing).length > 1);
  const bytesRead = () => raw.received.reduce((sum, { payload }) => sum + payload.length, 0);
  const before = bytesRead();
  // A third of the pings alone.
  relay.read(10);
  expect(await msUntilCut(raw.sessionId)).toBeLessThan(UNREAD_BOUND_MS + 2 * SLACK_MS);
  expect(bytesRead()).toBeGreaterThan(before);
  expectKept(raw.sessionId);
});

for (const stallMs of [3_000, 8_000]) {
  slowTest(
    `[SOCKET-17] who stands still for ${stallMs / 1000} s and reads on: keeps the connection`,
    async () => {
      const relay = await relayed();
      const player = await new Client(relay.server.url).joinOrCreate<ArenaState>(ROOM.arena, {});
      player.onMessage("*", () => {});
      await until("it is told of the fight", () => player.state?.tick > 0);
      const socket = seated(player.sessionId)?.ref;
      relay.read(0);
      const stalledAt = performance.now();
      const since = () => performance.now() - stalledAt;
      await until("the stall is over", () => since() > stallMs, 15_000);
      const { tick } = room.state;
      expect(player.state.tick).toBeLessThan(tick);
      relay.read(Number.POSITIVE_INFINITY);
      await until("it is told what it missed", () => player.state.tick > tick);
      // Longer than anybody may be behind, had the stall counted on.
      await until("it plays on", () => since() > UNREAD_BOUND_MS + SLACK_MS, 15_000);
      expect(seated(player.sessionId)?.ref === socket).toBe(true);
    },
  );
}

slowTest("[SOCKET-18] others keep their connections, and are told of who is cut", async () => {
  const socket = seated(honest.sessionId)?.ref;
  const raw = await play();
  await until("the silent one is here", () => honest.state.roster.get(raw.sessionId)?.connected === true);
  await msUntilCut(raw.sessionId);
  await until("it is away", () => honest.state.roster.get(raw.sessionId)?.connected === false);
  expect(seated(honest.sessionId)?.ref === socket).toBe(true);
});
