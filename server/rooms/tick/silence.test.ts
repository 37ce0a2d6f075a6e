/** Silent clients on a booted server: those that do not acknowledge their join, answer no ping or read nothing. */
import { randomInt } from "node:crypto";
import { ClientState, Protocol } from "@colyseus/core";
import { Client } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLOSE_WITHIN_MS, JOIN_WITHIN_MS } from "#server/edge/guardedSocket.ts";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import {
  type ArenaClient,
  bootServer,
  returnUrl,
  type TestServer,
  until,
} from "#server/testing/bootServer.ts";
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
import { UNREAD_MAX_MS } from "./roundTrips.ts";

/** The server checks every 0.5 s, and the machine may be busy. */
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

/** Declares a test that waits for seconds: all of them start together, in beforeAll. */
function slowTest(claim: string, run: () => Promise<void>): void {
  let running = Promise.resolve();
  begins.push(() => {
    running = run();
    // Its own test reports the failure.
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
/** Milliseconds until the server ends the connection. */
const msUntilCut = async (id: string) => {
  const startedAt = performance.now();
  await until("it is cut", () => !seated(id), 20_000);
  return performance.now() - startedAt;
};
const isPing = ({ opcode }: Received) => opcode === OPCODE.ping;
const pong = (payload: string | Uint8Array) => frame({ opcode: OPCODE.pong, payload: Buffer.from(payload) });
/** Sends every 50 ms, ten times as often as the server pings, until the server ends the connection. */
const sendOften = (raw: RawSocket, next: () => Uint8Array) => {
  const timer = setInterval(() => (seated(raw.sessionId) ? raw.send(next()) : clearInterval(timer)), 50);
};
/** Answers pings as any WebSocket does. */
const answerPings = (raw: RawSocket) => {
  let looked = 0;
  const timer = setInterval(() => {
    if (!seated(raw.sessionId)) return clearInterval(timer);
    const pings = raw.received.slice(looked).filter(isPing);
    looked = raw.received.length;
    raw.send(...pings.map(({ payload }) => pong(payload)));
  }, 5);
};
/** The roster shows a dropped player, whose seat is kept. */
const expectKept = (id: string) => expect(room.state.roster.get(id)?.connected).toBe(false);

const expectNotJoined = async (raw: RawSocket) => {
  const askedAt = performance.now();
  expect((await raw.closed()).code).toBe(CLOSE.notJoined);
  const ms = performance.now() - askedAt;
  expect(ms).toBeGreaterThan(JOIN_WITHIN_MS - 500);
  expect(ms).toBeLessThan(JOIN_WITHIN_MS + CLOSE_WITHIN_MS + SLACK_MS);
  await until("its seat is free", () => !room.state.roster.has(raw.sessionId));
  expect(room.hasReachedMaxClients()).toBe(false);
};

slowTest(
  "[SOCKET-10] a client that does not acknowledge its join is closed with 4303 after 5 s, and its seat is freed",
  async () => {
    await expectNotJoined(await openRawSocket(server, "Silent"));
  },
);

slowTest("[SOCKET-11] commands and pongs do not replace the acknowledgement of a join", async () => {
  const raw = await openRawSocket(server, "Early");
  sendOften(raw, () => frame({ payload: [Protocol.ROOM_INPUT_RELIABLE] }));
  answerPings(raw);
  await expectNotJoined(raw);
});

slowTest(
  "[SOCKET-12] a returning client that does not acknowledge its join is closed with 4303 after 5 s, and its seat is kept",
  async () => {
    const ann = await server.join({ name: "Ann" });
    ann.reconnection.enabled = false;
    const { sessionId } = ann;
    server.cut(ann);
    await until("Ann is away", () => room.state.roster.get(sessionId)?.connected === false);
    const socket = new WebSocket(returnUrl(ann));
    const closed = new Promise<CloseEvent>((resolve) => {
      socket.onclose = resolve;
    });
    expect((await closed).code).toBe(CLOSE.notJoined);
    await until("Ann is away again", () => room.state.roster.get(sessionId)?.connected === false);
    expect(room.state.drones.has(sessionId)).toBe(true);
  },
);

slowTest(
  "[SOCKET-19] a client that disconnects before the 5 s are over is not counted as a refusal",
  async () => {
    const raw = await openRawSocket(server, "Gone");
    await raw.until("JOIN_ROOM", ({ payload }) => payload[0] === Protocol.JOIN_ROOM);
    raw.reset();
    const resetAt = performance.now();
    await until("its 5 s are over", () => performance.now() - resetAt > JOIN_WITHIN_MS + SLACK_MS);
    // Those of SOCKET-10, -11 and -12.
    expect(await refusals("took a seat and did not say so")).toBe(3);
  },
);

slowTest(
  "[SOCKET-13] a client that reads but answers no ping (half-open) is cut within 10 s, and its seat is kept",
  async () => {
    const raw = await play();
    const ms = await msUntilCut(raw.sessionId);
    expect(ms).toBeGreaterThan(UNREAD_MAX_MS - SLACK_MS);
    expect(ms).toBeLessThan(UNREAD_BOUND_MS + SLACK_MS);
    expectKept(raw.sessionId);
  },
);

const UNSOLICITED: [what: string, next: () => Uint8Array][] = [
  ["empty pongs", () => pong("")],
  ["pongs with guessed numbers", () => pong(String(randomInt(2 ** 47)))],
  ["commands", () => frame({ payload: [Protocol.ROOM_INPUT_RELIABLE] })],
];
for (const [what, next] of UNSOLICITED) {
  slowTest(
    `[SOCKET-14] a client that reads nothing but sends ${what} is cut within 10 s, and its seat is kept`,
    async () => {
      const relay = await relayed();
      const raw = await play(relay.server);
      relay.read(0);
      sendOften(raw, next);
      expect(await msUntilCut(raw.sessionId)).toBeLessThan(UNREAD_BOUND_MS + SLACK_MS);
      expectKept(raw.sessionId);
    },
  );
}

slowTest("[SOCKET-15] a client that repeats the answer to the first ping is cut within 10 s", async () => {
  const raw = await play();
  await raw.until("a ping", isPing);
  const first = raw.received.find(isPing)?.payload ?? Buffer.alloc(0);
  sendOften(raw, () => pong(first));
  expect(await msUntilCut(raw.sessionId)).toBeLessThan(UNREAD_BOUND_MS + SLACK_MS);
});

slowTest(
  "[SOCKET-16] a client that reads 10 bytes/s and answers each ping it reads is cut when it is 10 s behind",
  async () => {
    const relay = await relayed();
    const raw = await play(relay.server);
    answerPings(raw);
    await until("two pings", () => raw.received.filter(isPing).length > 1);
    const bytesRead = () => raw.received.reduce((sum, { payload }) => sum + payload.length, 0);
    const before = bytesRead();
    // A third of what the pings alone take.
    relay.read(10);
    expect(await msUntilCut(raw.sessionId)).toBeLessThan(UNREAD_BOUND_MS + 2 * SLACK_MS);
    expect(bytesRead()).toBeGreaterThan(before);
    expectKept(raw.sessionId);
  },
);

for (const stallMs of [3_000, 8_000]) {
  slowTest(
    `[SOCKET-17] a client that stalls for ${stallMs / 1000} s and reads on keeps its connection`,
    async () => {
      const relay = await relayed();
      const player = await new Client(relay.server.url).joinOrCreate<ArenaState>(ROOM.arena, {});
      player.onMessage("*", () => {});
      await until("the first tick arrives", () => player.state?.tick > 0);
      const socket = seated(player.sessionId)?.ref;
      relay.read(0);
      const stalledAt = performance.now();
      const since = () => performance.now() - stalledAt;
      await until("the stall is over", () => since() > stallMs, 15_000);
      const { tick } = room.state;
      expect(player.state.tick).toBeLessThan(tick);
      relay.read(Number.POSITIVE_INFINITY);
      await until("it catches up", () => player.state.tick > tick);
      // Past the bound for unread data: the stall must have stopped counting.
      await until("it plays on", () => since() > UNREAD_BOUND_MS + SLACK_MS, 15_000);
      expect(seated(player.sessionId)?.ref === socket).toBe(true);
    },
  );
}

slowTest(
  "[SOCKET-18] the others keep their connections, and see in the roster that the silent client is away",
  async () => {
    const socket = seated(honest.sessionId)?.ref;
    const raw = await play();
    await until(
      "the silent client is connected",
      () => honest.state.roster.get(raw.sessionId)?.connected === true,
    );
    await msUntilCut(raw.sessionId);
    await until(
      "the silent client is away",
      () => honest.state.roster.get(raw.sessionId)?.connected === false,
    );
    expect(seated(honest.sessionId)?.ref === socket).toBe(true);
  },
);
