/** What is known of a room to who opens its link, and how a second tab takes a seat over. */
import { matchMaker } from "@colyseus/core";
import { Client } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openBans } from "#server/admission/bans.ts";
import { ask, Guest } from "#server/testing/asking.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { aListing, listAs } from "#server/testing/listing.ts";
import { openRelay } from "#server/testing/relay.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { RoomInfo } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import type { ArenaState } from "#shared/schema/state.ts";

const BOT_TOKEN = "the bots of this test";

let server: TestServer;
const inside: ArenaClient[] = [];
beforeAll(async () => {
  server = await bootServer({ production: true, botToken: BOT_TOKEN, trustedProxies: ["127.0.0.1"] });
});
afterEach(async () => {
  for (const client of inside.splice(0)) if (client.connection.isOpen) await client.leave();
});
afterAll(() => server.close());

async function identify(): Promise<string> {
  const { body } = await new Guest(server).post("/api/identity");
  return JSON.parse(body).token;
}

/** In a room of their own, of which the room itself has told. */
async function playIn(guest: Guest, listing = aListing()): Promise<ArenaClient> {
  const client = await guest.play({ name: "Ann" }, "create");
  client.reconnection.enabled = false;
  inside.push(client);
  await listAs(client.roomId, listing);
  return client;
}

async function infoOn(code: string, guest = new Guest(server)): Promise<RoomInfo> {
  const { status, body } = await ask(server, `/api/rooms/${code}`, { headers: bearer(guest) });
  expect(status).toBe(200);
  return JSON.parse(body);
}

/** As a page asks of its own server: browsers name no origin then. */
const bearer = (guest: Guest) => ({
  "x-forwarded-for": guest.address,
  ...(guest.token !== undefined && { authorization: `Bearer ${guest.token}` }),
});

describe("what is known of a room", () => {
  test("[ROOMINFO-1] an open one: its listing, and whether one has a seat in it already", async () => {
    const ann = new Guest(server, { token: await identify() });
    const listing = aListing({ title: "Ann's", hosted: true, players: 1 });
    const { roomId } = await playIn(ann, listing);
    expect(isRoomCode(roomId)).toBe(true);
    expect(await infoOn(roomId)).toEqual({ is: "open", code: roomId, listing, yours: false });
    expect(await infoOn(roomId, ann)).toMatchObject({ yours: true });
    expect(await infoOn(roomId, new Guest(server, { token: await identify() }))).toMatchObject({
      yours: false,
    });
  });

  test("[ROOMINFO-2] it holds nothing but the listing, whatever else the room notes about itself", async () => {
    const { roomId } = await playIn(new Guest(server), {
      ...aListing(),
      password: true,
      secret: "hush",
    } as never);
    const text = JSON.stringify(await infoOn(roomId));
    expect(text).not.toMatch(/hush|processId|publicAddress|token/);
    expect(text).not.toContain(matchMaker.processId);
  });

  test("[ROOMINFO-3] one that has ended is told from one that never was", async () => {
    const client = await playIn(new Guest(server));
    await client.leave();
    await until("the room is gone", () => !matchMaker.getLocalRoomById(client.roomId));
    expect(await infoOn(client.roomId)).toEqual({ is: "ended" });
    const never = client.roomId === "ZZZZZ" ? "YYYYY" : "ZZZZZ";
    expect(await infoOn(never)).toEqual({ is: "unknown" });
    const late = new Guest(server);
    expect((await late.askSeat({}, "joinById", client.roomId)).status).toBe(REFUSAL.roomEnded);
    expect((await late.askSeat({}, "joinById", never)).status).toBe(REFUSAL.roomUnknown);
  });

  test.each(["constructor", "__proto__", "abc", "AEIOU", "%00"])(
    "[ROOMINFO-4] %s is no room's code: unknown, whoever asks",
    async (code) => {
      const ann = new Guest(server, { token: await identify() });
      await playIn(ann);
      expect(await infoOn(code, ann)).toEqual({ is: "unknown" });
    },
  );

  test("[ROOMINFO-5] after 120 looks a minute a network waits, and others do not", async () => {
    const prober = new Guest(server);
    const looks = await Promise.all(
      Array.from({ length: 121 }, () => ask(server, "/api/rooms/ZZZZZ", { headers: bearer(prober) })),
    );
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(120);
    expect(looks.find(({ status }) => status === 429)?.headers["retry-after"]).toMatch(/^\d+$/);
    expect(await infoOn("ZZZZZ")).toEqual({ is: "unknown" });
  });

  test("[ROOMINFO-6] another site's page is told nothing", async () => {
    const headers = { ...bearer(new Guest(server)), origin: "https://evil.example" };
    expect((await ask(server, "/api/rooms/ZZZZZ", { headers })).status).toBe(REFUSAL.foreignOrigin);
  });
});

describe("a second tab", () => {
  /** The answer of the server, and how the first tab's connection ends. */
  async function takeOver(guest: Guest, first: ArenaClient) {
    const closed = new Promise<number>((resolve) => first.onLeave((code) => resolve(code)));
    const answer = await guest.post(`/api/rooms/${first.roomId}/takeover`);
    return { answer, closed };
  }

  async function comeIn(guest: Guest, { body }: { body: string }): Promise<ArenaClient> {
    const client = new Client(server.url, { headers: guest.headers });
    client.http.authToken = guest.token;
    const room = await client.reconnect<ArenaState>(JSON.parse(body).reconnectionToken);
    inside.push(room);
    await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
    return room;
  }

  test("[TAKEOVER-1] has the same seat, score and name; the first tab is told, and ends", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    const room = server.roomOf(first);
    Object.assign(room.state.drones.get(first.sessionId) ?? {}, { score: 7 });
    const { answer, closed } = await takeOver(ann, first);
    expect(answer.status).toBe(200);
    const second = await comeIn(ann, answer);
    expect(await closed).toBe(CLOSE.takenOver);
    expect(second.sessionId).toBe(first.sessionId);
    expect(room.state.drones.get(second.sessionId)?.score).toBe(7);
    expect(room.state.roster.get(second.sessionId)).toMatchObject({ name: "Ann", connected: true });
    expect([...room.state.roster.values()].filter(({ bot }) => !bot)).toHaveLength(1);
    expect(room.clients).toHaveLength(1);
  });

  test("[TAKEOVER-2] also of a tab whose machine is gone without a word", async () => {
    const token = await identify();
    const relay = await openRelay(server);
    const first = await playIn(new Guest(relay.server, { token }));
    // Nothing gets through any more: it reads nothing, and answers no close.
    relay.read(0);
    const ann = new Guest(server, { token });
    const second = await comeIn(ann, (await takeOver(ann, first)).answer);
    expect(second.sessionId).toBe(first.sessionId);
    await until("one connection is left", () => server.roomOf(second).clients.length === 1);
    const { tick } = second.state;
    await until("the new tab plays on", () => second.state.tick > tick);
    relay.close();
  });

  test("[TAKEOVER-3] also of a seat that is kept for who dropped", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    const room = server.roomOf(first);
    server.cut(first);
    await until("she dropped", () => room.state.roster.get(first.sessionId)?.connected === false);
    const second = await comeIn(ann, (await takeOver(ann, first)).answer);
    expect(second.sessionId).toBe(first.sessionId);
  });

  test("[TAKEOVER-4] what the first tab knows opens nothing any more", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    const [, oldToken = ""] = first.reconnectionToken.split(":");
    const second = await comeIn(ann, (await takeOver(ann, first)).answer);
    const answer = await ann.askSeat({ reconnectionToken: oldToken }, "reconnect", first.roomId);
    expect(answer.status).toBe(524);
    expect(second.connection.isOpen).toBe(true);
  });

  test("[TAKEOVER-5] of somebody else, of nobody, or of a bot gets nothing, and the first plays on", async () => {
    const first = await playIn(new Guest(server, { token: await identify() }));
    const thieves = [
      new Guest(server, { token: await identify() }),
      new Guest(server),
      new Guest(server, { token: BOT_TOKEN, origin: null }),
    ];
    for (const thief of thieves) {
      const { answer } = await takeOver(thief, first);
      expect(answer.status).toBe(REFUSAL.roomUnknown);
      expect(answer.body).not.toContain("reconnectionToken");
    }
    const forged = new Guest(server, { token: "forged" });
    expect((await takeOver(forged, first)).answer.status).toBe(REFUSAL.badToken);
    const { tick } = first.state;
    await until("the first plays on", () => first.state.tick > tick);
  });

  test("[TAKEOVER-6] of who was banned is refused, as is their way back to the seat", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    const { identity } = server.roomOf(first).clients[0]?.auth ?? {};
    const bans = openBans(first.roomId);
    bans.ban({ identity, network: ann.address }, []);
    expect((await takeOver(ann, first)).answer.status).toBe(REFUSAL.banned);
    const [, token = ""] = first.reconnectionToken.split(":");
    expect((await ann.askSeat({ reconnectionToken: token }, "reconnect", first.roomId)).status).toBe(
      REFUSAL.banned,
    );
    const seat = { processId: matchMaker.processId, roomId: first.roomId, sessionId: first.sessionId };
    expect((await ann.knock(seat, { reconnectionToken: token })).status).toBe(REFUSAL.banned);
    expect((await ann.askSeat({}, "joinById", first.roomId)).status).toBe(REFUSAL.banned);
    bans.forgiveAll();
    expect((await ann.askSeat({}, "joinById", first.roomId)).status).toBe(200);
  });

  test("[TAKEOVER-7] twenty a minute, and no more", async () => {
    const ann = new Guest(server, { token: await identify() });
    for (let i = 0; i < 20; i++) {
      expect((await ann.post("/api/rooms/ZZZZZ/takeover")).status).toBe(REFUSAL.roomUnknown);
    }
    expect((await ann.post("/api/rooms/ZZZZZ/takeover")).status).toBe(REFUSAL.tooMany);
  });
});
