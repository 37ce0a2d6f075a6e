/** Who asks for seats too often is told to wait, and keeps nobody else out. */
import { matchMaker, ServerError } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Entrance } from "#server/admission/joinOptions.ts";
import { type Answer, freshAddress, Guest, type Seat } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { listAs } from "#server/testing/listing.ts";
import { MAX_PLAYERS } from "#shared/config.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";

const BOT_TOKEN = "the bots of this test";
/** Seats that an address may hold, and for how long. */
const RESERVED_MAX = 5;

let server: TestServer;
/** Handshakes that were taken; they end with their test. */
const taken: Answer[] = [];
beforeAll(async () => {
  server = await bootServer({ production: true, botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"] });
});
afterEach(() => {
  for (const { socket } of taken.splice(0)) socket?.destroy();
});
afterAll(() => server.close());

const times = <Item>(count: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => item(at));
const withStatus = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status);
const seatIn = ({ body }: Answer) => JSON.parse(body) as Seat;

const tooMany = (words: RegExp) => ({
  status: 429,
  headers: { "retry-after": expect.stringMatching(/^[1-9]\d*$/) },
  body: expect.stringMatching(words),
});

async function takeUp(guest: Guest, seat: Seat): Promise<void> {
  const answer = await guest.knock(seat);
  expect(answer.status).toBe(101);
  taken.push(answer);
}

async function identify(): Promise<string> {
  const { status, body } = await new Guest(server).post("/api/identity");
  expect(status).toBe(200);
  return JSON.parse(body).token;
}

/** A room that nobody but this test knows, so that no other test's players get in its way. */
async function makeRoom(guest = new Guest(server), options: object = {}): Promise<string> {
  const seat = await guest.reserve(options, "create");
  await takeUp(guest, seat);
  return seat.roomId;
}

describe("seats that nobody takes up", () => {
  test("[EDGE-LIMIT-9] sixteen reserving calls do not lock a room, and its seats are free again in 5 s", async () => {
    const roomId = await makeRoom();
    const flood = new Guest(server);
    const answers = await Promise.all(times(16, () => flood.askSeat({}, "joinById", roomId)));
    const held = withStatus(answers, 200).map(seatIn);
    expect(held).toHaveLength(RESERVED_MAX);
    expect(withStatus(answers, 429)).toHaveLength(16 - RESERVED_MAX);
    for (const refused of withStatus(answers, 429)) {
      expect(refused).toMatchObject(tooMany(/places are being held for your network. Wait [1-5] s/));
    }
    const others = times(MAX_PLAYERS - 1 - RESERVED_MAX, () => new Guest(server));
    for (const other of others) await takeUp(other, await other.reserve({}, "joinById", roomId));
    const late = new Guest(server);
    expect((await late.askSeat({}, "joinById", roomId)).status).toBe(REFUSAL.roomFull);

    const room = matchMaker.getLocalRoomById(roomId);
    await until("nothing is held", () => !held.some(({ sessionId }) => room.hasReservedSeat(sessionId)));
    await takeUp(late, await late.reserve({}, "joinById", roomId));
  });

  test("[EDGE-LIMIT-10] an identity is counted wherever it comes from, and others at its address are not", async () => {
    const token = await identify();
    const guests = times(RESERVED_MAX, () => new Guest(server, { token }));
    for (const guest of guests) await guest.reserve();
    const sixth = new Guest(server, { token });
    expect(await sixth.askSeat()).toMatchObject(tooMany(/^.*Too many places are being held/));
    expect((await new Guest(server, { address: sixth.address }).askSeat()).status).toBe(200);
  });

  test.each([
    ["join options that are wrong", { name: 5 }, "joinOrCreate", "arena", 400],
    ["an old page", { protocol: PROTOCOL_VERSION - 1 }, "joinOrCreate", "arena", 426],
    ["a room that is gone", {}, "joinById", "nosuchroom", REFUSAL.roomUnknown],
    ["a kind of room that is none", {}, "joinOrCreate", "nowhere", 520],
  ])(
    "[EDGE-LIMIT-11] %s: a call that is given no seat holds none",
    async (_what, options, method, room, status) => {
      const guest = new Guest(server);
      const answers = await Promise.all(times(RESERVED_MAX + 1, () => guest.askSeat(options, method, room)));
      expect(withStatus(answers, status)).toHaveLength(RESERVED_MAX + 1);
      expect((await guest.askSeat()).status).toBe(200);
    },
  );
});

describe("too often", () => {
  test("[EDGE-LIMIT-12] sixty calls a minute, whatever they get: the next is refused, and others' are not", async () => {
    const flood = new Guest(server);
    const call = (guest: Guest) => guest.askSeat({ reconnectionToken: "old" }, "reconnect", "nosuchroom");
    const answers = await Promise.all(times(60, () => call(flood)));
    expect(withStatus(answers, 522)).toHaveLength(60);
    const refused = await call(flood);
    expect(refused).toMatchObject(tooMany(/Too many tries to join from your network. Wait \d+ s/));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
    expect((await flood.askSeat()).status).toBe(429);
    expect((await call(new Guest(server))).status).toBe(522);
  });

  test("[EDGE-LIMIT-13] six rooms in five minutes: the seventh is not made, and others' are", async () => {
    const flood = new Guest(server);
    const rooms = new Set<string>();
    for (let made = 0; made < 6; made++) rooms.add(await makeRoom(flood));
    expect(rooms.size).toBe(6);
    const roomsBefore = matchMaker.stats.local.roomCount;
    const refused = await flood.askSeat({}, "create");
    expect(refused).toMatchObject(tooMany(/Too many rooms were made from your network. Wait \d+ s/));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(300);
    expect(matchMaker.stats.local.roomCount).toBe(roomsBefore);
    await makeRoom();
  });

  test("[EDGE-LIMIT-14] an identity has three rooms at most, and another when one of them is gone", async () => {
    const token = await identify();
    const owner = () => new Guest(server, { token });
    const roomIds: string[] = [];
    for (let made = 0; made < 3; made++) roomIds.push(await makeRoom(owner()));
    expect(await owner().askSeat({}, "create")).toMatchObject({
      ...tooMany(/You have enough rooms open already/),
      headers: { "retry-after": "60" },
    });
    taken.shift()?.socket?.destroy();
    await until("a room is gone", () => roomIds.some((id) => !matchMaker.getLocalRoomById(id)));
    await makeRoom(owner());
  });

  test("[EDGE-LIMIT-15] 120 identities an hour: the next is refused, and others' are not", async () => {
    const flood = new Guest(server);
    const answers = await Promise.all(times(120, () => flood.post("/api/identity")));
    expect(withStatus(answers, 200)).toHaveLength(120);
    expect(new Set(answers.map(({ body }) => JSON.parse(body).token)).size).toBe(120);
    const refused = await flood.post("/api/identity");
    expect(refused).toMatchObject(tooMany(/Too many new players from your network. Wait \d+ s/));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(3600);
    await identify();
  });

  test("[EDGE-LIMIT-16] the bots' token is not counted: hundreds of calls, as many seats", async () => {
    const bots = new Guest(server, { address: freshAddress(), token: BOT_TOKEN, origin: null });
    const answers = await Promise.all(times(100, () => bots.askSeat()));
    expect(withStatus(answers, 200)).toHaveLength(100);
    const rooms = await Promise.all(times(8, () => bots.askSeat({}, "create")));
    expect(withStatus(rooms, 200)).toHaveLength(8);
  });
});

test.each([
  ["/matchmake/destroy/arena", 404],
  ["/matchmake/joinOrCreate/", 404],
  ["/matchmake/joinOrCreate/a.b", 404],
  [`/matchmake/joinOrCreate/${"a".repeat(33)}`, 404],
  ["/matchmake/joinOrCreate/constructor", 520],
  ["/matchmake/joinById/__proto__", REFUSAL.roomUnknown],
  ["/matchmake/reconnect/__proto__", 400],
])("[EDGE-MATCHMAKE-1] POST %s is no way into a room: %i", async (path, status) => {
  const { status: given, body } = await new Guest(server).post(path, {});
  expect(given).toBe(status);
  expect(JSON.parse(body)).toEqual({ code: status, error: expect.any(String) });
  expect(body).not.toMatch(/function|undefined|stack/i);
});

describe("a room with a password", () => {
  async function makeLockedRoom(): Promise<string> {
    const roomId = await makeRoom(new Guest(server), { private: true, password: "sesame" });
    await listAs(roomId, { hosted: true, password: true });
    const assertEntry: Entrance["assertEntry"] = ({ password }) => {
      if (password !== "sesame") throw new ServerError(REFUSAL.wrongPassword, "The password is wrong.");
    };
    Object.assign(matchMaker.getLocalRoomById(roomId), { assertEntry });
    return roomId;
  }
  const knock = (guest: Guest, roomId: string, password: string) =>
    guest.askSeat({ password }, "joinById", roomId);
  const guess = (guest: Guest, roomId: string, count: number) =>
    Promise.all(times(count, (at) => knock(guest, roomId, `guess ${at}`)));

  test("[EDGE-PASSWORD-1] opens to who knows it, and says to others that it is wrong", async () => {
    const roomId = await makeLockedRoom();
    const guest = new Guest(server);
    expect((await knock(guest, roomId, "")).status).toBe(REFUSAL.wrongPassword);
    expect((await knock(guest, roomId, "wrong")).status).toBe(REFUSAL.wrongPassword);
    expect((await knock(guest, roomId, "sesame")).status).toBe(200);
  });

  test("[EDGE-PASSWORD-2] ten wrong ones in five minutes, all at once too: then a network waits, with the right one as well", async () => {
    const roomId = await makeLockedRoom();
    const guesser = new Guest(server);
    const answers = await guess(guesser, roomId, 11);
    expect(withStatus(answers, REFUSAL.wrongPassword)).toHaveLength(10);
    expect(withStatus(answers, 429)).toHaveLength(1);
    const refused = await knock(guesser, roomId, "sesame");
    expect(refused).toMatchObject(tooMany(/Too many wrong passwords. Wait \d+ s/));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(300);
    expect((await knock(new Guest(server), roomId, "sesame")).status).toBe(200);
  });

  test("[EDGE-PASSWORD-3] an identity waits wherever it comes from, in all rooms together", async () => {
    const rooms = [await makeLockedRoom(), await makeLockedRoom()];
    const token = await identify();
    for (const roomId of rooms) {
      const answers = await guess(new Guest(server, { token }), roomId, 5);
      expect(withStatus(answers, REFUSAL.wrongPassword)).toHaveLength(5);
    }
    expect((await knock(new Guest(server, { token }), rooms[0] ?? "", "sesame")).status).toBe(429);
  });

  test("[EDGE-PASSWORD-4] right ones, none, and rooms that ask for none use nothing up", async () => {
    const [locked, open] = [await makeLockedRoom(), await makeRoom()];
    const guest = new Guest(server);
    for (let i = 0; i < 12; i++) {
      await takeUp(guest, await guest.reserve({ password: "sesame" }, "joinById", locked));
      expect((await knock(guest, locked, "")).status).toBe(REFUSAL.wrongPassword);
    }
    for (let i = 0; i < 12; i++) {
      await takeUp(guest, await guest.reserve({ password: "any" }, "joinById", open));
    }
  });
});
