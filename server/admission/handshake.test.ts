/** Limits on handshakes by network, and how a handshake releases its reservation from the limit. */
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { promisify } from "node:util";
import { matchMaker } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import { createLimits } from "#server/edge/limits.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import { type Answer, freshAddress, Guest, type Seat } from "#server/testing/asking.ts";
import { bootServer, TEST_PROCESSES, type TestServer } from "#server/testing/bootServer.ts";
import { createHandshakes } from "./handshake.ts";
import { Reservations } from "./reservations.ts";
import { answered } from "./roomQuestions.ts";
import type { Connection, Rooms } from "./rooms.ts";
import { isSeatKept } from "./seatOwners.ts";

const BOT_TOKEN = "the bots of this test";
const OPEN_MAX = 128;
const RESERVED_MAX = 5;
const NO_SEAT: Seat = { processId: "process", roomId: "room", sessionId: "nobody" };

let server: TestServer;
beforeAll(async () => {
  server = await bootServer({ production: true, botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"] });
});
afterEach(() => void vi.restoreAllMocks());
afterAll(() => server.close());

const times = <Item>(count: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => item(at));
const withStatus = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status);

const connections = promisify((done: (error: Error | null, count: number) => void) =>
  server.app.http.getConnections(done),
);

/** Resolves when the server, too, has closed the connections. */
async function hangUp(answers: readonly Answer[]): Promise<void> {
  for (const { socket } of answers) socket?.destroy();
  await expect.poll(() => connections()).toBe(0);
}

const STRANGER: Visitor = { network: "192.0.2.1", identity: undefined, isExempt: false };

/** Rooms that take everybody. */
const anyRoom = (handOver: Rooms["handOver"]) =>
  ({ ask: async () => answered({ seat: undefined }), handOver }) as unknown as Rooms;

/** A handshake without a server. */
function requestOn(socket: Socket): Connection {
  const { processId, roomId, sessionId } = NO_SEAT;
  const request = {
    method: "GET",
    url: `/${processId}/${roomId}?sessionId=${sessionId}`,
    headers: { host: "a" },
    rawHeaders: ["Host", "a"],
    socket,
  } as unknown as IncomingMessage;
  return { request, socket, head: Buffer.alloc(0) };
}

const TOO_MANY = {
  status: 429,
  headers: { "retry-after": expect.stringMatching(/^[1-9]\d*$/) },
  body: expect.stringMatching(/^Too many connections from your network\./),
};

describe("connections", () => {
  test("[EDGE-LIMIT-1] accepts 128 of 160 simultaneous handshakes of a network, and more once those have closed", async () => {
    // Colyseus closes the sockets, whose seat does not exist: on a slow machine some would be gone before the last one.
    vi.spyOn(WebSocket.prototype, "close").mockImplementation(() => {});
    const flood = new Guest(server);
    const answers = await Promise.all(times(160, () => flood.knock(NO_SEAT)));
    expect(withStatus(answers, 101)).toHaveLength(OPEN_MAX);
    expect(withStatus(answers, 429)).toHaveLength(160 - OPEN_MAX);
    for (const refused of withStatus(answers, 429)) expect(refused).toMatchObject(TOO_MANY);
    const other = await new Guest(server).knock(NO_SEAT);
    expect(other.status).toBe(101);
    answers.push(other);

    await hangUp(answers);
    const again = await flood.knock(NO_SEAT);
    expect(again.status).toBe(101);
    await hangUp([again]);
  });

  // It reads the reconnection token out of the room.
  test.runIf(TEST_PROCESSES === 1)(
    "[EDGE-LIMIT-35] a player who returns takes the place of the old socket, in a network that has no other",
    async () => {
      const player = new Guest(server);
      const seat = await player.reserve();
      const first = await player.knock(seat);
      const clientOf = () => matchMaker.getLocalRoomById(seat.roomId).clients.getById(seat.sessionId);
      await expect.poll(() => isSeatKept(clientOf()?.reconnectionToken ?? "")).toBe(true);
      vi.spyOn(WebSocket.prototype, "close").mockImplementation(() => {});
      const others = await Promise.all(times(OPEN_MAX, () => player.knock(NO_SEAT)));
      expect(withStatus(others, 429)).toHaveLength(1);
      const back = await player.knock(seat, { reconnectionToken: clientOf()?.reconnectionToken ?? "" });
      expect(back.status).toBe(101);
      expect((await player.knock(NO_SEAT)).status).toBe(429);
      await hangUp([first, back, ...others]);
    },
  );

  test("[EDGE-LIMIT-2] refuses the 241st handshake of a network within a minute, and says how long to wait", async () => {
    const flood = new Guest(server);
    for (let made = 0; made < 240; made += 40) {
      const answers = await Promise.all(times(40, () => flood.knock(NO_SEAT)));
      expect(withStatus(answers, 101)).toHaveLength(40);
      await hangUp(answers);
    }
    const refused = await flood.knock(NO_SEAT);
    expect(refused).toMatchObject({ ...TOO_MANY, body: expect.stringMatching(/Wait \d+ s, then try again/) });
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
    const other = await new Guest(server).knock(NO_SEAT);
    expect(other.status).toBe(101);
    await hangUp([other]);
  });

  test("[EDGE-LIMIT-3] does not count handshakes with the bots' token", async () => {
    const bots = new Guest(server, { origin: null, token: BOT_TOKEN });
    const answers = await Promise.all(times(300, () => bots.knock(NO_SEAT)));
    expect(withStatus(answers, 101)).toHaveLength(300);
    await hangUp(answers);
  });

  test("[EDGE-LIMIT-4] does not count a socket that closes before the answer", async () => {
    const closed = new Set<Socket>();
    const handOver = vi.fn();
    const rooms = anyRoom(handOver);
    const check = createHandshakes(
      async () => {
        for (const socket of closed) socket.destroy();
        return STRANGER;
      },
      createLimits(undefined),
      new Reservations(),
      rooms,
    );
    for (let at = 0; at < OPEN_MAX; at++) {
      const socket = new Socket();
      closed.add(socket);
      check(requestOn(socket));
      await once(socket, "close");
    }
    expect(handOver).not.toHaveBeenCalled();
    closed.clear();
    check(requestOn(new Socket()));
    await expect.poll(() => handOver.mock.calls.length).toBe(1);
  });
});

describe("reservations", () => {
  const reserveAll = async (guest: Guest) => {
    const seats: Seat[] = [];
    for (let reserved = 0; reserved < RESERVED_MAX; reserved++) seats.push(await guest.reserve());
    expect((await guest.askSeat()).status).toBe(429);
    return seats;
  };

  test("[EDGE-LIMIT-5] a handshake for a reserved seat takes it off the limit", async () => {
    const guest = new Guest(server);
    const [seat] = await reserveAll(guest);
    const taken = await guest.knock(seat as Seat);
    expect(taken.status).toBe(101);
    expect((await guest.askSeat()).status).toBe(200);
    expect((await guest.askSeat()).status).toBe(429);
    await hangUp([taken]);
  });

  test("[EDGE-LIMIT-6] handshakes for seats that are not reserved take nothing off the limit", async () => {
    const guest = new Guest(server);
    const [seat] = await reserveAll(guest);
    const { roomId = "" } = seat ?? {};
    const made = await Promise.all([
      ...times(5, (at) => guest.knock({ ...NO_SEAT, sessionId: `madeUp${at}` })),
      ...times(5, (at) => guest.knock({ ...NO_SEAT, sessionId: `madeUpInRoom${at}`, roomId })),
    ]);
    expect(withStatus(made, 101)).toHaveLength(10);
    expect((await guest.askSeat()).status).toBe(429);
    await hangUp(made);
  });

  test("[EDGE-LIMIT-7] many simultaneous handshakes for one seat take one reservation off the limit", async () => {
    const guest = new Guest(server);
    const [seat] = await reserveAll(guest);
    const made = await Promise.all(times(10, () => guest.knock(seat as Seat)));
    expect((await guest.askSeat()).status).toBe(200);
    expect((await guest.askSeat()).status).toBe(429);
    await hangUp(made);
  });

  test("[EDGE-LIMIT-8] thirty pupils of one school reserve and take their seats one after the other", async () => {
    const address = freshAddress();
    const taken: Answer[] = [];
    for (let pupil = 0; pupil < 30; pupil++) {
      const guest = new Guest(server, { address });
      taken.push(await guest.knock(await guest.reserve()));
    }
    expect(withStatus(taken, 101)).toHaveLength(30);
    await hangUp(taken);
  });
});
