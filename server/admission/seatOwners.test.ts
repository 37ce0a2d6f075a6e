/** Reconnection tokens on a booted server: a token reopens a seat for its owner alone, and once. */
import type { Socket } from "node:net";
import { matchMaker, Protocol } from "@colyseus/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Answer, Guest, type Seat } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { frame } from "#server/testing/rawSocket.ts";

const BOT_TOKEN = "the bots of this test";

let server: TestServer;
let annsToken: string;
let ann: ArenaClient;
let room: ReturnType<TestServer["roomOf"]>;
beforeAll(async () => {
  server = await bootServer({ production: true, botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"] });
});
beforeEach(async () => {
  annsToken = await identify();
  ann = await new Guest(server, { token: annsToken }).play({ name: "Ann" }, "create");
  // The tests decide when she reconnects.
  ann.reconnection.enabled = false;
  room = server.roomOf(ann);
});
afterAll(() => server.close());

async function identify(): Promise<string> {
  const { body } = await new Guest(server).post("/api/identity");
  return JSON.parse(body).token;
}

/** The server's object for Ann's current connection; a new connection has a new object. */
const annsClient = () => room.clients.get(ann.sessionId);
const keyOf = (client: ArenaClient) => client.reconnectionToken.split(":")[1] ?? "";
const seatOf = ({ roomId, sessionId }: ArenaClient): Seat => ({
  processId: matchMaker.processId,
  roomId,
  sessionId,
});

const requestReturn = (guest: Guest, key: string) =>
  guest.askSeat({ reconnectionToken: key }, "reconnect", ann.roomId);
const handshake = (guest: Guest, key: string, seat = seatOf(ann)) =>
  guest.knock(seat, { reconnectionToken: key });

/** Whether this handshake's socket is Ann's current connection. */
function isAccepted({ socket }: Answer): boolean {
  const { _socket } = (annsClient()?.ref ?? {}) as unknown as { _socket?: Socket };
  return _socket !== undefined && _socket.remotePort === socket?.localPort;
}

/** Waits until the room has accepted the connection, and acknowledges the join. */
async function acknowledge(answer: Answer): Promise<void> {
  await until("the room accepts the connection", () => isAccepted(answer));
  answer.socket?.write(frame({ payload: [Protocol.JOIN_ROOM] }));
}

/** Ann has one connection, one seat and one drone. */
function expectOneAnn(): void {
  expect(room.clients.filter(({ sessionId }) => sessionId === ann.sessionId)).toHaveLength(1);
  const people = [...room.state.roster.values()].filter(({ bot }) => !bot);
  expect(people).toHaveLength(1);
  const bots = [...room.state.roster.values()].filter(({ bot }) => bot);
  expect(room.state.drones.size).toBe(1 + bots.length);
}

const THIEVES: [who: string, guest: () => Promise<Guest>][] = [
  ["another identity", async () => new Guest(server, { token: await identify() })],
  ["a visitor without an identity", async () => new Guest(server)],
  ["a bot", async () => new Guest(server, { token: BOT_TOKEN, origin: null })],
];

const NOT_YOURS = "This place is somebody else's.";
const refusedAsBody = { status: 401, body: JSON.stringify({ code: 401, error: NOT_YOURS }) };
const refusedAsHandshake = { status: 401, body: NOT_YOURS };

describe("a stolen token", () => {
  test.each(THIEVES)(
    "[EDGE-SEAT-1] is refused to %s while the owner plays, whose connection goes on",
    async (_who, guest) => {
      const [thief, before] = [await guest(), annsClient()];
      for (let tries = 0; tries < 3; tries++) {
        expect(await requestReturn(thief, keyOf(ann))).toMatchObject(refusedAsBody);
        expect(await handshake(thief, keyOf(ann))).toMatchObject(refusedAsHandshake);
      }
      const { tick } = room.state;
      await until("Ann receives a later tick", () => ann.state.tick > tick);
      expect(annsClient() === before).toBe(true);
      expect(ann.connection.isOpen).toBe(true);
      expectOneAnn();
    },
  );

  test.each(THIEVES)(
    "[EDGE-SEAT-2] is refused to %s while the owner is away, who can still return",
    async (_who, guest) => {
      const thief = await guest();
      const drone = room.state.drones.get(ann.sessionId);
      server.cut(ann);
      await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
      expect(await requestReturn(thief, keyOf(ann))).toMatchObject(refusedAsBody);
      expect(await handshake(thief, keyOf(ann))).toMatchObject(refusedAsHandshake);
      expect(room.state.roster.get(ann.sessionId)?.connected).toBe(false);

      const own = new Guest(server, { token: annsToken });
      expect(await requestReturn(own, keyOf(ann))).toMatchObject({
        status: 200,
        body: expect.stringContaining(`"sessionId":"${ann.sessionId}"`),
      });
      const back = await handshake(own, keyOf(ann));
      await acknowledge(back);
      expect(room.state.roster.get(ann.sessionId)?.connected).toBe(true);
      expect(room.state.drones.get(ann.sessionId)).toBe(drone);
      expectOneAnn();
      back.socket?.destroy();
    },
  );

  test("[EDGE-SEAT-3] a valid token of another seat, a made-up one or none opens no seat", async () => {
    const token = await identify();
    const thief = new Guest(server, { token });
    const bob = await thief.play({ name: "Bob" });
    const before = annsClient();
    const tries = [
      await handshake(thief, keyOf(bob)),
      await handshake(thief, "", seatOf(ann)),
      await thief.knock(seatOf(ann)),
    ];
    expect(tries.map(({ status }) => status)).toEqual([101, 101, 101]);
    await until("Colyseus has closed them", () => tries.every(({ socket }) => socket?.closed));
    expect(tries.some(isAccepted)).toBe(false);
    expect(annsClient() === before).toBe(true);
    server.cut(ann);
    await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
    const again = [
      await handshake(thief, keyOf(bob)),
      await handshake(thief, "madeUp"),
      await thief.knock(seatOf(ann)),
    ];
    await until("Colyseus has closed them", () => again.every(({ socket }) => socket?.closed));
    expect(again.some(isAccepted)).toBe(false);
    expect(room.state.roster.get(ann.sessionId)?.connected).toBe(false);
    await bob.leave();
  });

  test("[EDGE-SEAT-4] the refusal reveals neither the session, the token nor the name of the owner", async () => {
    const thief = new Guest(server);
    const { body, headers } = await requestReturn(thief, keyOf(ann));
    expect(JSON.stringify([body, headers])).not.toMatch(new RegExp(`${ann.sessionId}|${keyOf(ann)}|Ann`));
  });
});

describe("the owner's token", () => {
  const own = () => new Guest(server, { token: annsToken });

  /** The room accepts one of these connections and closes the others. */
  async function expectOneAccepted(backs: readonly Answer[]): Promise<void> {
    await until("one is accepted", () => backs.some(isAccepted));
    for (const back of backs.filter(isAccepted)) await acknowledge(back);
    const open = () => backs.filter(({ socket }) => socket && !socket.closed);
    await until("the others are closed", () => open().length <= 1);
    expect(backs.filter(isAccepted)).toHaveLength(1);
    expect(open()).toEqual(backs.filter(isAccepted));
    expect(room.state.roster.get(ann.sessionId)?.connected).toBe(true);
    expectOneAnn();
    for (const { socket } of open()) socket?.destroy();
  }

  test("[EDGE-SEAT-5] opens the seat again after it was used, for its owner and for nobody else", async () => {
    const used = keyOf(ann);
    server.cut(ann);
    const back = await handshake(own(), used);
    await acknowledge(back);
    const now = annsClient();
    const thief = new Guest(server, { token: await identify() });
    expect(await requestReturn(thief, used)).toMatchObject(refusedAsBody);
    expect(await handshake(thief, used)).toMatchObject(refusedAsHandshake);
    expect(annsClient() === now).toBe(true);
    const again = await handshake(own(), used);
    await acknowledge(again);
    await until("the first is closed", () => back.socket?.closed === true);
    expectOneAnn();
    again.socket?.destroy();
  });

  test.each([
    ["after a cut", () => server.cut(ann)],
    ["while the old connection is open", () => {}],
  ])(
    "[EDGE-SEAT-6] opens one of ten simultaneous connections %s, to the same drone",
    async (_when, prepare) => {
      const key = keyOf(ann);
      const drone = room.state.drones.get(ann.sessionId);
      prepare();
      const backs = await Promise.all(Array.from({ length: 10 }, () => handshake(own(), key)));
      await expectOneAccepted(backs);
      expect(room.state.drones.get(ann.sessionId)).toBe(drone);
    },
  );

  test("[EDGE-SEAT-7] opens one of ten connections for which matchmaking was asked simultaneously", async () => {
    const key = keyOf(ann);
    server.cut(ann);
    await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
    const asked = await Promise.all(Array.from({ length: 10 }, () => requestReturn(own(), key)));
    expect(asked.every(({ status }) => status === 200)).toBe(true);
    const backs = await Promise.all(asked.map(() => handshake(own(), key)));
    await expectOneAccepted(backs);
  });

  test("[EDGE-SEAT-8] opens the seat after a jump of the clock by a year, when the identity has expired", async () => {
    const key = keyOf(ann);
    const drone = room.state.drones.get(ann.sessionId);
    server.cut(ann);
    await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 365 * 86_400_000 });
    try {
      expect((await requestReturn(own(), key)).status).toBe(200);
      const back = await handshake(own(), key);
      await acknowledge(back);
      expect(room.state.drones.get(ann.sessionId)).toBe(drone);
      back.socket?.destroy();
    } finally {
      vi.useRealTimers();
    }
  });
});
