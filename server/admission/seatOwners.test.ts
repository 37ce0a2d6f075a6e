/** A seat's reconnection token opens it for its player alone, and once. */
import type { Socket } from "node:net";
import { matchMaker, Protocol } from "@colyseus/core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { type Answer, Guest, type Seat } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { frame } from "#server/testing/rawSocket.ts";

const BOT_TOKEN = "the bots of this test";

let server: TestServer;
let annsPass: string;
let ann: ArenaClient;
let room: ArenaRoom;
beforeAll(async () => {
  server = await bootServer({ production: true, botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"] });
});
beforeEach(async () => {
  annsPass = await identify();
  ann = await new Guest(server, { token: annsPass }).play({ name: "Ann" }, "create");
  // Whether and when she comes back is for the test to say.
  ann.reconnection.enabled = false;
  room = server.roomOf(ann);
});
afterAll(() => server.close());

async function identify(): Promise<string> {
  const { body } = await new Guest(server).post("/api/identity");
  return JSON.parse(body).token;
}

/** What the server has of Ann's connection: another object when she has another connection. */
const annsEnd = () => room.clients.get(ann.sessionId);
const keyOf = (client: ArenaClient) => client.reconnectionToken.split(":")[1] ?? "";
const seatOf = ({ roomId, sessionId }: ArenaClient): Seat => ({
  processId: matchMaker.processId,
  roomId,
  sessionId,
});

const askBack = (guest: Guest, key: string) =>
  guest.askSeat({ reconnectionToken: key }, "reconnect", ann.roomId);
const comeBack = (guest: Guest, key: string, seat = seatOf(ann)) =>
  guest.knock(seat, { reconnectionToken: key });

/** Whether it is the connection that Ann has now. */
function isIn({ socket }: Answer): boolean {
  const { _socket } = (annsEnd()?.ref ?? {}) as unknown as { _socket?: Socket };
  return _socket !== undefined && _socket.remotePort === socket?.localPort;
}

/** Waits until it is let in, and says that it is there. */
async function acknowledge(answer: Answer): Promise<void> {
  await until("it is let in", () => isIn(answer));
  answer.socket?.write(frame({ payload: [Protocol.JOIN_ROOM] }));
}

/** In her room nobody stands where she stood, or twice. */
function expectOneAnn(): void {
  expect(room.clients.filter(({ sessionId }) => sessionId === ann.sessionId)).toHaveLength(1);
  const people = [...room.state.roster.values()].filter(({ bot }) => !bot);
  expect(people).toHaveLength(1);
  const bots = [...room.state.roster.values()].filter(({ bot }) => bot);
  expect(room.state.drones.size).toBe(1 + bots.length);
}

const THIEVES: [who: string, guest: () => Promise<Guest>][] = [
  ["somebody else", async () => new Guest(server, { token: await identify() })],
  ["somebody whom nobody knows", async () => new Guest(server)],
  ["a bot", async () => new Guest(server, { token: BOT_TOKEN, origin: null })],
];

const NOT_YOURS = "This place is somebody else's.";
const refusedAsBody = { status: 401, body: JSON.stringify({ code: 401, error: NOT_YOURS }) };
const refusedAsHandshake = { status: 401, body: NOT_YOURS };

describe("stolen", () => {
  test.each(THIEVES)(
    "[EDGE-SEAT-1] while she plays, %s is refused, and she does not notice",
    async (_who, guest) => {
      const [thief, before] = [await guest(), annsEnd()];
      for (let tries = 0; tries < 3; tries++) {
        expect(await askBack(thief, keyOf(ann))).toMatchObject(refusedAsBody);
        expect(await comeBack(thief, keyOf(ann))).toMatchObject(refusedAsHandshake);
      }
      const { tick } = room.state;
      await until("Ann is told of a later tick", () => ann.state.tick > tick);
      expect(annsEnd() === before).toBe(true);
      expect(ann.connection.isOpen).toBe(true);
      expectOneAnn();
    },
  );

  test.each(THIEVES)(
    "[EDGE-SEAT-2] while she is away, %s is refused, and she comes back",
    async (_who, guest) => {
      const thief = await guest();
      const drone = room.state.drones.get(ann.sessionId);
      server.cut(ann);
      await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
      expect(await askBack(thief, keyOf(ann))).toMatchObject(refusedAsBody);
      expect(await comeBack(thief, keyOf(ann))).toMatchObject(refusedAsHandshake);
      expect(room.state.roster.get(ann.sessionId)?.connected).toBe(false);

      const own = new Guest(server, { token: annsPass });
      expect(await askBack(own, keyOf(ann))).toMatchObject({
        status: 200,
        body: expect.stringContaining(`"sessionId":"${ann.sessionId}"`),
      });
      const back = await comeBack(own, keyOf(ann));
      await acknowledge(back);
      expect(room.state.roster.get(ann.sessionId)?.connected).toBe(true);
      expect(room.state.drones.get(ann.sessionId)).toBe(drone);
      expectOneAnn();
      back.socket?.destroy();
    },
  );

  test("[EDGE-SEAT-3] one's own token does not open another's seat", async () => {
    const token = await identify();
    const thief = new Guest(server, { token });
    const bob = await thief.play({ name: "Bob" });
    const before = annsEnd();
    const tries = [
      await comeBack(thief, keyOf(bob)),
      await comeBack(thief, "", seatOf(ann)),
      await thief.knock(seatOf(ann)),
    ];
    expect(tries.map(({ status }) => status)).toEqual([101, 101, 101]);
    await until("Colyseus has shown them out", () => tries.every(({ socket }) => socket?.closed));
    expect(tries.some(isIn)).toBe(false);
    expect(annsEnd() === before).toBe(true);
    server.cut(ann);
    await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
    const again = [
      await comeBack(thief, keyOf(bob)),
      await comeBack(thief, "madeUp"),
      await thief.knock(seatOf(ann)),
    ];
    await until("Colyseus has shown them out", () => again.every(({ socket }) => socket?.closed));
    expect(again.some(isIn)).toBe(false);
    expect(room.state.roster.get(ann.sessionId)?.connected).toBe(false);
    await bob.leave();
  });

  test("[EDGE-SEAT-4] a refusal tells nothing of the seat: not whose it is, nor that it is there", async () => {
    const thief = new Guest(server);
    const { body, headers } = await askBack(thief, keyOf(ann));
    expect(JSON.stringify([body, headers])).not.toMatch(new RegExp(`${ann.sessionId}|${keyOf(ann)}|Ann`));
  });
});

describe("used", () => {
  const own = () => new Guest(server, { token: annsPass });

  /** One of these is let in, and the others are shown out. */
  async function expectOneIn(backs: readonly Answer[]): Promise<void> {
    await until("one is let in", () => backs.some(isIn));
    for (const back of backs.filter(isIn)) await acknowledge(back);
    const open = () => backs.filter(({ socket }) => socket && !socket.closed);
    await until("the others are shown out", () => open().length <= 1);
    expect(backs.filter(isIn)).toHaveLength(1);
    expect(open()).toEqual(backs.filter(isIn));
    expect(room.state.roster.get(ann.sessionId)?.connected).toBe(true);
    expectOneAnn();
    for (const { socket } of open()) socket?.destroy();
  }

  test("[EDGE-SEAT-5] a token that was used opens nothing any more, not even for her", async () => {
    const used = keyOf(ann);
    server.cut(ann);
    const back = await comeBack(own(), used);
    await acknowledge(back);
    const now = annsEnd();
    for (const guest of [own(), new Guest(server)]) {
      expect(await askBack(guest, used)).toMatchObject({
        status: 524,
        body: expect.stringContaining("expired"),
      });
      const again = await comeBack(guest, used);
      await until("Colyseus has shown it out", () => again.socket?.closed === true);
    }
    expect(annsEnd() === now).toBe(true);
    expect(back.socket?.closed).toBe(false);
    expectOneAnn();
    back.socket?.destroy();
  });

  test.each([
    ["after a cut", () => server.cut(ann)],
    ["while the old connection is open", () => {}],
  ])("[EDGE-SEAT-6] used by ten at once %s: one gets in, to one drone", async (_when, prepare) => {
    const key = keyOf(ann);
    const drone = room.state.drones.get(ann.sessionId);
    prepare();
    const backs = await Promise.all(Array.from({ length: 10 }, () => comeBack(own(), key)));
    await expectOneIn(backs);
    expect(room.state.drones.get(ann.sessionId)).toBe(drone);
  });

  test("[EDGE-SEAT-7] asked for by ten at once over HTTP, then taken by each: one gets in", async () => {
    const key = keyOf(ann);
    server.cut(ann);
    await until("she is away", () => room.state.roster.get(ann.sessionId)?.connected === false);
    const asked = await Promise.all(Array.from({ length: 10 }, () => askBack(own(), key)));
    expect(asked.every(({ status }) => status === 200)).toBe(true);
    const backs = await Promise.all(asked.map(() => comeBack(own(), key)));
    await expectOneIn(backs);
  });
});
