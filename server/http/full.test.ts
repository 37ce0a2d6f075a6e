/** A server at its limit of players or rooms: it refuses more, and says why. */
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { SEAT_KEPT_WHEN_FULL_MS } from "#server/rooms/membership.ts";
import { Guest } from "#server/testing/asking.ts";
import {
  type ArenaClient,
  bootServer,
  TEST_PROCESSES,
  type TestServer,
  until,
} from "#server/testing/bootServer.ts";
import { enterRoom, openRoom, type Person, passTime } from "#server/testing/company.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

const BOT_TOKEN = "the bots of this test";
const RULES = { production: true, botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"] };

let server: TestServer;
afterAll(() => server.close());

const connected = () =>
  [...server.app.rooms.directory.own.values()].reduce((sum, { clients }) => sum + clients, 0);
const guests = (count: number) => Array.from({ length: count }, () => new Guest(server));

describe("MAX_CLIENTS", () => {
  const joined: ArenaClient[] = [];
  beforeAll(async () => {
    server = await bootServer({ ...RULES, maxClients: 3 });
    for (const guest of guests(3)) joined.push(await guest.play());
  });

  const isFull = {
    status: 529,
    headers: { "retry-after": "30" },
    body: JSON.stringify({ code: 529, error: "This server is full: try again in half a minute." }),
  };

  test.each(["joinOrCreate", "create", "join"])(
    "[EDGE-FULL-1] refuses %s to players and bots",
    async (method) => {
      expect(await new Guest(server).askSeat({}, method)).toMatchObject(isFull);
      const bot = new Guest(server, { token: BOT_TOKEN, origin: null });
      expect(await bot.askSeat({}, method)).toMatchObject(isFull);
    },
  );

  test("[EDGE-FULL-2] lets a dropped player return, and gives the place of one who left to one newcomer", async () => {
    const [ann, bob] = joined as [ArenaClient, ArenaClient];
    ann.reconnection.minUptime = 0;
    const back = new Promise<void>((resolve) => ann.onReconnect.once(() => resolve()));
    server.cut(ann);
    await back;
    await bob.leave();
    await until("a place is free", () => connected() === 2);
    const late = guests(10);
    const answers = await Promise.all(late.map((guest) => guest.askSeat()));
    const accepted = answers.filter(({ status }) => status === 200);
    expect(accepted).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 529)).toHaveLength(9);
    // Takes the seat: the room would not close before the reservation expires.
    await late[0]?.knock(JSON.parse(accepted[0]?.body ?? ""));
  });
});

/** Passes the time of the room: at once, unless it runs in another process. */
async function unusedFor({ room, state }: Person, ms: number): Promise<void> {
  if (TEST_PROCESSES === 1) passTime(server.roomOf(room), ms);
  const ticks = TEST_PROCESSES === 1 ? 1 : (ms / 1000) * TICKS_PER_SEC;
  const { tick } = state;
  await until("the time has passed", () => state.tick > tick + ticks, 2 * ms + 10_000);
}

describe("MAX_CLIENTS with places that nobody uses", () => {
  beforeAll(async () => {
    await server.close();
    server = await bootServer({ ...RULES, maxClients: 3 });
  });

  test("[EDGE-FULL-7] gives up one for each request, the oldest first, and none for one that would be refused anyway", async () => {
    const ann = await openRoom(server, {
      password: "sesame",
      settings: RoomSettings.parse({ seatKeptSec: 120 }),
    });
    const code = ann.room.roomId;
    const { roster } = ann.state;
    const away: string[] = [];
    for (let i = 0; i < 2; i++) {
      const person = await enterRoom(server, code, { password: "sesame" });
      server.cut(person.room);
      await until("away", () => roster.get(person.id)?.connected === false);
      away.push(person.id);
    }
    await unusedFor(ann, SEAT_KEPT_WHEN_FULL_MS);
    const ask = async (...asked: Parameters<Guest["askSeat"]>) =>
      (await new Guest(server).askSeat(...asked)).status;
    const kept = () => away.filter((id) => roster.has(id));
    expect(await ask({}, "joinById", "BCDFG")).toBe(REFUSAL.roomUnknown);
    expect(await ask({ password: "guess" }, "joinById", code)).toBe(REFUSAL.wrongPassword);
    expect(kept()).toEqual(away);
    expect(await ask()).toBe(REFUSAL.serverFull);
    await until("one is free", () => kept().length < 2);
    expect(kept()).toEqual([away[1]]);
    expect(await ask()).toBe(200);
  });
});

describe("MAX_CLIENTS while limits are counted in Redis", () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
    await server.close();
    server = await bootServer({ ...RULES, maxClients: 3, redisUrl: redis.url });
  });
  afterAll(() => redis.close());

  test("[EDGE-FULL-3] accepts three of ten simultaneous requests that wait for Redis", async () => {
    const reader = new Redis(redis.url);
    const call = () => new Guest(server).askSeat({ reconnectionToken: "any" }, "reconnect", "nosuchroom");
    await expect.poll(() => call().then(() => reader.dbsize())).toBeGreaterThan(0);
    reader.disconnect();
    const answers = await Promise.all(guests(10).map((guest) => guest.askSeat()));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ status }) => status === 529)).toHaveLength(7);
  });
});

describe("MAX_ROOMS", () => {
  beforeAll(async () => {
    await server.close();
    server = await bootServer({ ...RULES, maxRooms: 3 });
  });

  test("[EDGE-FULL-4] creates three of ten rooms that are requested at once, and still accepts quick play", async () => {
    const answers = await Promise.all(guests(10).map((guest) => guest.askSeat({}, "create")));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(server.app.rooms.directory.own.size).toBe(3);
    for (const refused of answers.filter(({ status }) => status !== 200)) {
      expect(refused).toMatchObject({
        status: 529,
        body: expect.stringContaining("This server has as many rooms as it holds: try again in a minute."),
      });
    }
    expect((await new Guest(server).askSeat()).status).toBe(200);
  });

  test("[EDGE-FULL-5] hosted rooms leave a quarter of the rooms to quick play", async () => {
    await server.close();
    server = await bootServer({ ...RULES, maxRooms: 8 });
    const hosted: number[] = [];
    for (const guest of guests(10)) hosted.push((await guest.askSeat({ private: true }, "create")).status);
    expect(hosted).toEqual([...Array(6).fill(200), ...Array(4).fill(529)]);
    expect((await new Guest(server).askSeat()).status).toBe(200);
    expect((await new Guest(server).askSeat({}, "create")).status).toBe(200);
    expect((await new Guest(server).askSeat({}, "create")).status).toBe(529);
    expect((await new Guest(server).askSeat()).status).toBe(200);
  });
});
