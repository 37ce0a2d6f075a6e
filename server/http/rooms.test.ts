/** Public information about a room, and the take-over of a seat by a second tab. */
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
import { NO_SUCH_ROOM, REFUSAL } from "#shared/protocol/refusal.ts";
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

/** Plays in a new room, with this listing published for it. */
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

/** The headers of a page's GET to its own server, where browsers send no Origin. */
const bearer = (guest: Guest) => ({
  "x-forwarded-for": guest.address,
  ...(guest.token !== undefined && { authorization: `Bearer ${guest.token}` }),
});

describe("GET /api/rooms/CODE", () => {
  test("[ROOMINFO-1] answers an open room's listing, and whether the visitor has a seat in it", async () => {
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

  test("[ROOMINFO-2] answers nothing of the room's metadata beyond the listing", async () => {
    const { roomId } = await playIn(new Guest(server), {
      ...aListing(),
      password: true,
      secret: "hush",
    } as never);
    const text = JSON.stringify(await infoOn(roomId));
    expect(text).not.toMatch(/hush|processId|publicAddress|token/);
    expect(text).not.toContain(matchMaker.processId);
  });

  test("[ROOMINFO-3] distinguishes a room that has ended from one that never existed", async () => {
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
    "[ROOMINFO-4] answers unknown for %s, which is no room code",
    async (code) => {
      const ann = new Guest(server, { token: await identify() });
      await playIn(ann);
      expect(await infoOn(code, ann)).toEqual({ is: "unknown" });
    },
  );

  test("[ROOMINFO-5] refuses the 121st look-up of a network within a minute", async () => {
    const client = await playIn(new Guest(server));
    const prober = new Guest(server);
    const looks = await Promise.all(
      Array.from({ length: 121 }, () =>
        ask(server, `/api/rooms/${client.roomId}`, { headers: bearer(prober) }),
      ),
    );
    expect(looks.filter(({ status }) => status === 200)).toHaveLength(120);
    expect(looks.find(({ status }) => status === 429)?.headers["retry-after"]).toMatch(/^\d+$/);
    expect(await infoOn(client.roomId)).toMatchObject({ is: "open" });
  });

  test("[ROOMINFO-7] thirty codes of no room in five minutes refuse an identity, by whichever way it tries them, and nobody else of its network", async () => {
    const client = await playIn(new Guest(server));
    const prober = new Guest(server, { token: await identify() });
    const look = (code: string, guest = prober) =>
      ask(server, `/api/rooms/${code}`, { headers: bearer(guest) });
    for (let tried = 0; tried < 15; tried++) expect((await look("ZZZZZ")).status).toBe(200);
    const token = { reconnectionToken: "madeup" };
    for (let tried = 0; tried < 5; tried++) {
      expect((await prober.askSeat(token, "reconnect", "ZZZZZ")).status).toBe(NO_SUCH_ROOM);
    }
    for (let tried = 0; tried < 10; tried++) {
      expect((await prober.askSeat({}, "joinById", "ZZZZZ")).status).toBe(REFUSAL.roomUnknown);
    }
    expect((await look("ZZZZZ")).status).toBe(429);
    expect((await look(client.roomId)).status).toBe(429);
    expect((await prober.askSeat({}, "joinById", client.roomId)).status).toBe(429);
    expect((await prober.askSeat(token, "reconnect", client.roomId)).status).toBe(429);
    const neighbour = new Guest(server, { address: prober.address, token: await identify() });
    expect((await look(client.roomId, neighbour)).status).toBe(200);
  });

  test("[ROOMINFO-6] refuses a page of another site", async () => {
    const headers = { ...bearer(new Guest(server)), origin: "https://evil.example" };
    expect((await ask(server, "/api/rooms/ZZZZZ", { headers })).status).toBe(REFUSAL.foreignOrigin);
  });
});

describe("a second tab", () => {
  /** The server's answer, and the code with which the first tab's connection closes. */
  async function takeOver(guest: Guest, first: ArenaClient) {
    const closed = new Promise<number>((resolve) => first.onLeave((code) => resolve(code)));
    const answer = await guest.post(`/api/rooms/${first.roomId}/takeover`);
    return { answer, closed };
  }

  async function reconnect(guest: Guest, { body }: { body: string }): Promise<ArenaClient> {
    const client = new Client(server.url, { headers: guest.headers });
    client.http.authToken = guest.token;
    const room = await client.reconnect<ArenaState>(JSON.parse(body).reconnectionToken);
    inside.push(room);
    await new Promise<void>((resolve) => room.onStateChange.once(() => resolve()));
    return room;
  }

  test("[TAKEOVER-1] gets the same seat, score and name, and the first tab is closed with a code of its own", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    const room = server.roomOf(first);
    Object.assign(room.state.drones.get(first.sessionId) ?? {}, { score: 7 });
    const { answer, closed } = await takeOver(ann, first);
    expect(answer.status).toBe(200);
    const second = await reconnect(ann, answer);
    expect(await closed).toBe(CLOSE.takenOver);
    expect(second.sessionId).toBe(first.sessionId);
    expect(room.state.drones.get(second.sessionId)?.score).toBe(7);
    expect(room.state.roster.get(second.sessionId)).toMatchObject({ name: "Ann", connected: true });
    expect([...room.state.roster.values()].filter(({ bot }) => !bot)).toHaveLength(1);
    expect(room.clients).toHaveLength(1);
  });

  test("[TAKEOVER-2] takes over from a tab whose network is dead", async () => {
    const token = await identify();
    const relay = await openRelay(server);
    const first = await playIn(new Guest(relay.server, { token }));
    // The first tab reads nothing more, and does not answer the close.
    relay.read(0);
    const ann = new Guest(server, { token });
    const second = await reconnect(ann, (await takeOver(ann, first)).answer);
    expect(second.sessionId).toBe(first.sessionId);
    await until("one connection is left", () => server.roomOf(second).clients.length === 1);
    const { tick } = second.state;
    await until("the new tab plays on", () => second.state.tick > tick);
    relay.close();
  });

  test("[TAKEOVER-3] takes over a seat that is kept after a drop", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    const room = server.roomOf(first);
    server.cut(first);
    await until("she has dropped", () => room.state.roster.get(first.sessionId)?.connected === false);
    const second = await reconnect(ann, (await takeOver(ann, first)).answer);
    expect(second.sessionId).toBe(first.sessionId);
  });

  test("[TAKEOVER-4] makes the first tab's token useless", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    const [, oldToken = ""] = first.reconnectionToken.split(":");
    const second = await reconnect(ann, (await takeOver(ann, first)).answer);
    const answer = await ann.askSeat({ reconnectionToken: oldToken }, "reconnect", first.roomId);
    expect(answer.status).toBe(524);
    expect(second.connection.isOpen).toBe(true);
  });

  test("[TAKEOVER-5] of another identity, of none or of a bot gets nothing, and the first tab plays on", async () => {
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

  test("[TAKEOVER-6] is refused to a banned player, as are reconnection and handshake", async () => {
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
    bans.forgiveAll();
    expect((await ann.askSeat({}, "joinById", first.roomId)).status).toBe(REFUSAL.alreadyHere);
  });

  test("[TAKEOVER-8] that shows the token of a living tab, as a duplicated one does, ends it with the same code", async () => {
    const ann = new Guest(server, { token: await identify() });
    const first = await playIn(ann);
    first.reconnection.enabled = true;
    const closed = new Promise<number>((resolve) => first.onLeave((code) => resolve(code)));
    const room = server.roomOf(first);
    const second = await reconnect(ann, {
      body: JSON.stringify({ reconnectionToken: first.reconnectionToken }),
    });
    expect(await closed).toBe(CLOSE.takenOver);
    expect(second.sessionId).toBe(first.sessionId);
    expect(room.clients).toHaveLength(1);
    expect([...room.state.roster.values()].filter(({ bot }) => !bot)).toHaveLength(1);
  });

  test("[TAKEOVER-7] refuses the 21st take-over of a network within a minute", async () => {
    const ann = new Guest(server, { token: await identify() });
    for (let i = 0; i < 20; i++) {
      expect((await ann.post("/api/rooms/ZZZZZ/takeover")).status).toBe(REFUSAL.roomUnknown);
    }
    expect((await ann.post("/api/rooms/ZZZZZ/takeover")).status).toBe(REFUSAL.tooMany);
  });
});
