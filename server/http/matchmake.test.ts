/** Matchmaking on a booted server: its limits, its refusals and the passwords of rooms. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Answer, freshAddress, Guest, type Seat } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { MAX_PLAYERS } from "#shared/config.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";

const BOT_TOKEN = "the bots of this test";
/** Reservations that a network may hold at once. */
const RESERVED_MAX = 5;

let server: TestServer;
/** Accepted handshakes; afterEach ends them. */
const accepted: Answer[] = [];
beforeAll(async () => {
  server = await bootServer({ production: true, botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"] });
});
afterEach(() => {
  for (const { socket } of accepted.splice(0)) socket?.destroy();
});
afterAll(() => server.close());

const times = <Item>(count: number, item: (at: number) => Item): Item[] =>
  Array.from({ length: count }, (_, at) => item(at));
const withStatus = (answers: readonly Answer[], status: number) =>
  answers.filter((answer) => answer.status === status);

const tooMany = (words: RegExp) => ({
  status: 429,
  headers: { "retry-after": expect.stringMatching(/^[1-9]\d*$/) },
  body: expect.stringMatching(words),
});

async function takeSeat(guest: Guest, seat: Seat): Promise<void> {
  const answer = await guest.knock(seat);
  expect(answer.status).toBe(101);
  accepted.push(answer);
}

async function identify(): Promise<string> {
  const { status, body } = await new Guest(server).post("/api/identity");
  expect(status).toBe(200);
  return JSON.parse(body).token;
}

/** Opens a room for one test, so that other tests' players stay out of it. */
async function openRoom(guest = new Guest(server), options: object = {}): Promise<string> {
  const seat = await guest.reserve(options, "create");
  await takeSeat(guest, seat);
  return seat.roomId;
}

describe("reservations that are not taken", () => {
  test("[EDGE-LIMIT-9] sixteen reservations of one network do not fill a room, and expire in 5 s", async () => {
    const roomId = await openRoom();
    const flood = new Guest(server);
    const answers = await Promise.all(times(16, () => flood.askSeat({}, "joinById", roomId)));
    expect(withStatus(answers, 200)).toHaveLength(RESERVED_MAX);
    expect(withStatus(answers, 429)).toHaveLength(16 - RESERVED_MAX);
    for (const refused of withStatus(answers, 429)) {
      expect(refused).toMatchObject(tooMany(/places are being held for your network. Wait [1-5] s/));
    }
    const others = times(MAX_PLAYERS - 1 - RESERVED_MAX, () => new Guest(server));
    for (const other of others) await takeSeat(other, await other.reserve({}, "joinById", roomId));
    const late = new Guest(server);
    expect((await late.askSeat({}, "joinById", roomId)).status).toBe(REFUSAL.roomFull);

    const ask = async () => (await new Guest(server).askSeat({}, "joinById", roomId)).status;
    await expect.poll(ask, { interval: 200 }).toBe(200);
  });

  test("[EDGE-LIMIT-10] counts the reservations of an identity across networks, and not those of others at its address", async () => {
    const token = await identify();
    const guests = times(RESERVED_MAX, () => new Guest(server, { token }));
    for (const guest of guests) await guest.reserve();
    const sixth = new Guest(server, { token });
    expect(await sixth.askSeat()).toMatchObject(tooMany(/^.*Too many places are being held/));
    expect((await new Guest(server, { address: sixth.address }).askSeat()).status).toBe(200);
  });

  test.each([
    ["invalid join options", { name: 5 }, "joinOrCreate", "arena", 400],
    ["an old page", { protocol: PROTOCOL_VERSION - 1 }, "joinOrCreate", "arena", 426],
    ["an unknown room", {}, "joinById", "nosuchroom", REFUSAL.roomUnknown],
    ["an unknown kind of room", {}, "joinOrCreate", "nowhere", 520],
  ])(
    "[EDGE-LIMIT-11] a call that fails for %s counts as no reservation",
    async (_what, options, method, room, status) => {
      const guest = new Guest(server);
      const answers = await Promise.all(times(RESERVED_MAX + 1, () => guest.askSeat(options, method, room)));
      expect(withStatus(answers, status)).toHaveLength(RESERVED_MAX + 1);
      expect((await guest.askSeat()).status).toBe(200);
    },
  );
});

describe("limits", () => {
  test("[EDGE-LIMIT-12] refuses the 61st call of a network within a minute, whatever the others were answered", async () => {
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

  test("[EDGE-LIMIT-13] refuses the seventh room of a network within five minutes", async () => {
    const flood = new Guest(server);
    const rooms = new Set<string>();
    for (let made = 0; made < 6; made++) rooms.add(await openRoom(flood));
    expect(rooms.size).toBe(6);
    const { own } = server.app.rooms.directory;
    const roomsBefore = own.size;
    const refused = await flood.askSeat({}, "create");
    expect(refused).toMatchObject(tooMany(/Too many rooms were made from your network. Wait \d+ s/));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(300);
    expect(own.size).toBe(roomsBefore);
    await openRoom();
  });

  test("[EDGE-LIMIT-14] refuses the fourth open room of an identity until one of its rooms has closed", async () => {
    const token = await identify();
    const owner = () => new Guest(server, { token });
    const roomIds: string[] = [];
    for (let made = 0; made < 3; made++) roomIds.push(await openRoom(owner()));
    expect(await owner().askSeat({}, "create")).toMatchObject({
      ...tooMany(/You have enough rooms open already/),
      headers: { "retry-after": "60" },
    });
    accepted.shift()?.socket?.destroy();
    await until("a room has closed", () => roomIds.some((id) => !server.app.rooms.directory.own.has(id)));
    await openRoom(owner());
  });

  test("[EDGE-LIMIT-15] refuses the 121st identity of a network within an hour", async () => {
    const flood = new Guest(server);
    const answers = await Promise.all(times(120, () => flood.post("/api/identity")));
    expect(withStatus(answers, 200)).toHaveLength(120);
    expect(new Set(answers.map(({ body }) => JSON.parse(body).token)).size).toBe(120);
    const refused = await flood.post("/api/identity");
    expect(refused).toMatchObject(tooMany(/Too many new players from your network. Wait \d+ s/));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(3600);
    await identify();
  });

  test("[EDGE-LIMIT-16] does not count calls with the bots' token", async () => {
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
])("[EDGE-MATCHMAKE-1] POST %s is answered with %i", async (path, status) => {
  const { status: given, body } = await new Guest(server).post(path, {});
  expect(given).toBe(status);
  expect(JSON.parse(body)).toEqual({ code: status, error: expect.any(String) });
  expect(body).not.toMatch(/function|undefined|stack/i);
});

describe("a room with a password", () => {
  async function openPasswordRoom(): Promise<string> {
    const settings = RoomSettings.parse({ players: MAX_PLAYERS });
    return openRoom(new Guest(server), { private: true, password: "sesame", settings });
  }
  const join = (guest: Guest, roomId: string, password: string) =>
    guest.askSeat({ password }, "joinById", roomId);
  /** As many at once as a network may hold seats: more would be refused for that instead, if the server is slow. */
  async function guess(guest: Guest, roomId: string, count: number): Promise<Answer[]> {
    const answers: Answer[] = [];
    while (answers.length < count) {
      const tries = times(Math.min(RESERVED_MAX, count - answers.length), (at) => `guess ${at}`);
      answers.push(...(await Promise.all(tries.map((tried) => join(guest, roomId, tried)))));
    }
    return answers;
  }

  test("[EDGE-PASSWORD-1] accepts the right password, and refuses a wrong or missing one", async () => {
    const roomId = await openPasswordRoom();
    const guest = new Guest(server);
    expect((await join(guest, roomId, "")).status).toBe(REFUSAL.wrongPassword);
    expect((await join(guest, roomId, "wrong")).status).toBe(REFUSAL.wrongPassword);
    expect((await join(guest, roomId, "sesame")).status).toBe(200);
  });

  test("[EDGE-PASSWORD-2] after thirty wrong passwords in five minutes refuses a network, even with the right one", async () => {
    const roomId = await openPasswordRoom();
    const guesser = new Guest(server);
    const answers = await guess(guesser, roomId, 31);
    expect(withStatus(answers, REFUSAL.wrongPassword)).toHaveLength(30);
    expect(withStatus(answers, 429)).toMatchObject([tooMany(/Too many wrong passwords/)]);
    const refused = await join(guesser, roomId, "sesame");
    expect(refused).toMatchObject(tooMany(/Too many wrong passwords. Wait \d+ s/));
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(300);
    expect((await join(new Guest(server), roomId, "sesame")).status).toBe(200);
  });

  test("[EDGE-PASSWORD-3] counts ten wrong passwords of an identity across networks, and those for another room apart", async () => {
    const [roomId, other] = [await openPasswordRoom(), await openPasswordRoom()];
    const token = await identify();
    for (let network = 0; network < 2; network++) {
      const answers = await guess(new Guest(server, { token }), roomId, 5);
      expect(withStatus(answers, REFUSAL.wrongPassword)).toHaveLength(5);
    }
    expect((await join(new Guest(server, { token }), roomId, "sesame")).status).toBe(429);
    expect((await join(new Guest(server, { token }), other, "sesame")).status).toBe(200);
  });

  test("[EDGE-PASSWORD-4] does not count right or missing passwords, nor those for rooms without one", async () => {
    // Two rooms of each kind: one network has half of the places of each.
    const locked = [await openPasswordRoom(), await openPasswordRoom()];
    const open = [await openRoom(), await openRoom()];
    const guest = new Guest(server);
    for (let i = 0; i < 12; i++) {
      await takeSeat(guest, await guest.reserve({ password: "sesame" }, "joinById", locked[i % 2]));
      expect((await join(guest, locked[i % 2] ?? "", "")).status).toBe(REFUSAL.wrongPassword);
    }
    for (let i = 0; i < 12; i++) {
      await takeSeat(guest, await guest.reserve({ password: "any" }, "joinById", open[i % 2]));
    }
  });
});
