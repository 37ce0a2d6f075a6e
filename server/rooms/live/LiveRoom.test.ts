/** Live matches as real SDK clients receive them. */
import { matchMaker } from "@colyseus/core";
import { Client, type Room } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, openRoom, type Person, passTime } from "#server/testing/company.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { LiveMatch } from "#shared/protocol/live.ts";
import { LOBBY_MESSAGE } from "#shared/protocol/lobby.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

const MAX_CLIENTS = 12;

let server: TestServer;
const here: Person[] = [];
const looking: Room[] = [];
beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, maxClients: MAX_CLIENTS, maxRooms: 40 });
});
afterEach(async () => {
  const open = [...here.splice(0).map(({ room }) => room), ...looking.splice(0)];
  await Promise.all(open.filter(({ connection }) => connection.isOpen).map((room) => room.leave()));
});
afterAll(() => server.close());

interface Looking {
  room: Room;
  matches: Map<string, LiveMatch>;
  received: unknown[];
  closed: Promise<number>;
}

/** Follows live matches as a page does; rejects with the server's refusal. */
async function look(options: object = {}): Promise<Looking> {
  const client = new Client(server.url, { headers: new Guest(server).headers });
  const room: Room = await client.joinOrCreate(ROOM.live, options);
  room.reconnection.enabled = false;
  looking.push(room);
  const matches = new Map<string, LiveMatch>();
  const received: unknown[] = [];
  const put = (match: LiveMatch) => void matches.set(match.code, match);
  room.onMessage(LOBBY_MESSAGE.all, (all: LiveMatch[]) => {
    received.push(all);
    all.forEach(put);
  });
  room.onMessage(LOBBY_MESSAGE.put, ([code, match]: [string, LiveMatch]) => {
    received.push([code, match]);
    put(match);
  });
  room.onMessage(LOBBY_MESSAGE.remove, (code: string) => {
    received.push(code);
    matches.delete(code);
  });
  const closed = new Promise<number>((resolve) => room.onLeave((code) => resolve(code)));
  await until("the whole list", () => received.length > 0);
  return { room, matches, received, closed };
}

/** A public room by default. */
async function opened(options: object = { private: false }): Promise<Person> {
  const person = await openRoom(server, options);
  here.push(person);
  return person;
}
const hosting = (settings: object = {}, password = "") =>
  opened({ password, settings: RoomSettings.parse({ bots: 1, listed: true, ...settings }) });

const serverRoom = ({ room }: Person) => matchMaker.getLocalRoomById(room.roomId) as ArenaRoom;
/** Passes time until everything that has happened so far may be told. */
async function passDelay(person: Person): Promise<void> {
  const room = serverRoom(person);
  // A summary is due then, and the next patch makes it.
  const dueMs = room.clock.elapsedTime + 1_000;
  passTime(room, 1_000);
  await until("a patch after that", () => room.clock.elapsedTime > dueMs + 200);
  passTime(room, SPECTATOR_DELAY_MS);
}
const listed = async (): Promise<LiveMatch[]> => (await fetch(`${server.url}/api/live`)).json();
const statusOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 200,
    ({ code }: { code: number }) => code,
  );

test("[LIVE-17] the list, by HTTP and by the room, has a public match once it is ten seconds old, and its changes as late", async () => {
  const { matches } = await look();
  const ann = await opened();
  const code = ann.room.roomId;
  const room = serverRoom(ann);
  // Its clock passes no ten seconds by itself while the next lines run.
  expect(room.live.late()).toEqual({ is: "early" });
  await passDelay(ann);
  await until("the match is told", () => matches.has(code));
  const [byHttp] = await listed();
  expect(byHttp).toMatchObject({ code, mode: "deathmatch", map: "foundry", phase: "live", players: 1 });
  expect(byHttp?.bots).toBeGreaterThan(0);
  expect(Object.keys(byHttp ?? {}).sort()).toEqual(Object.keys(matches.get(code) ?? {}).sort());

  const bot = [...room.state.roster].find(([, seat]) => seat.bot)?.[0] ?? "";
  room.live.follow([{ type: "kill", killer: ann.id, victim: bot, weapon: "mortar" }]);
  const newest = () => matches.get(code)?.kills.at(-1);
  const summary = room.live.late();
  expect(summary.is === "open" && summary.summary.kills.some(({ weapon }) => weapon === "mortar")).toBe(
    false,
  );
  await passDelay(ann);
  await until("the kill is told", () => newest()?.weapon === "mortar");
  expect(newest()?.agoMs).toBeGreaterThanOrEqual(0);
});

test("[LIVE-18] the list leaves out hosted rooms, even listed ones, and a public room that has ended", async () => {
  const { matches, received } = await look();
  const [ann, ben, cat] = [await hosting(), await hosting({}, "sesame"), await opened()];
  for (const person of [ann, ben, cat]) await passDelay(person);
  await until("the public match is told", () => matches.has(cat.room.roomId));
  expect([...matches.keys()]).toEqual([cat.room.roomId]);
  await cat.room.leave();
  await until("the match is gone", () => matches.size === 0);
  expect(JSON.stringify(received)).not.toContain(ann.room.roomId);
  expect(await listed().then((all) => all.map(({ code }) => code))).not.toContain(ben.room.roomId);
});

test("[LIVE-19] by its code a hosted match comes in full, and no other with it", async () => {
  const ann = await hosting({ title: "Ann's room" });
  const other = await opened();
  const code = ann.room.roomId;
  const { matches } = await look({ code });
  expect(matches.size).toBe(0);
  for (const person of [ann, other]) await passDelay(person);
  await until("the match is told", () => matches.has(code));
  expect([...matches.keys()]).toEqual([code]);
  expect(matches.get(code)).toMatchObject({ title: "Ann's room", phase: "waiting", leftMs: null });
  expect(matches.get(code)?.lines.map(({ name }) => name)).toContain("Host");
  await ann.host({ do: "start" });
  await expect.poll(() => serverRoom(ann).state.phase).not.toBe("waiting");
  expect(matches.get(code)?.phase).toBe("waiting");
  await passDelay(ann);
  await until("the countdown is told", () => matches.get(code)?.phase !== "waiting");
});

test("[LIVE-20] rooms with a password or without spectators, of the past and of no code refuse to be looked at", async () => {
  const [secret, alone, gone] = [
    await hosting({}, "sesame"),
    await hosting({ spectating: "off" }),
    await opened(),
  ];
  const codes = [secret, alone, gone].map(({ room }) => room.roomId);
  await gone.room.leave();
  await until("the room has ended", () => serverRoom(gone) === undefined);
  const statuses = await Promise.all([...codes, "BCDFG"].map((code) => statusOf(look({ code }))));
  expect(statuses).toEqual([
    ...[REFUSAL.wrongPassword, REFUSAL.noSpectators, REFUSAL.roomEnded, REFUSAL.roomUnknown],
  ]);
  expect(await statusOf(look({ code: { $gt: "" } }))).toBe(REFUSAL.badJoinOptions);
});

test("[LIVE-21] who looks at a match is cut off when its host closes it to spectators, and told why on coming back", async () => {
  const ann = await hosting();
  const code = ann.room.roomId;
  await passDelay(ann);
  const { closed, matches } = await look({ code });
  await until("the match is told", () => matches.has(code));
  await ann.host({ do: "settings", change: { spectating: "off" } });
  expect(await closed).toBe(CLOSE.roomEnded);
  await expect.poll(() => statusOf(look({ code }))).toBe(REFUSAL.noSpectators);
});

test("[LIVE-22] whoever sends a message is cut off, and nobody else", async () => {
  const [honest, bad] = [await look(), await look()];
  bad.room.send(MESSAGE.chat, { scope: "all", text: "hi" });
  await bad.closed;
  const ann = await opened();
  await passDelay(ann);
  await until("the match is told", () => honest.matches.has(ann.room.roomId));
});

test("[LIVE-23] those who look at matches and at the list of rooms are together as many as players may be", async () => {
  for (let at = 0; at < MAX_CLIENTS; at++) await look();
  for (const kind of [ROOM.live, ROOM.lobby]) {
    const refused = await new Guest(server).askSeat({}, "joinOrCreate", kind);
    expect(refused).toMatchObject({ status: REFUSAL.serverFull });
  }
  expect((await new Guest(server).askSeat()).status).toBe(200);
});

test("[LIVE-24] one network may begin to look sixty times a minute, without using up its joins", async () => {
  const guest = new Guest(server);
  for (let at = 0; at < 60; at++) {
    const seat = await guest.reserve({}, "joinOrCreate", ROOM.live);
    const { socket } = await guest.knock(seat);
    socket?.destroy();
    await until("nobody looks", () => (matchMaker.getLocalRoomById(seat.roomId)?.clients.length ?? 0) === 0);
  }
  expect((await guest.askSeat({}, "joinOrCreate", ROOM.live)).status).toBe(REFUSAL.tooMany);
  expect((await guest.askSeat()).status).toBe(200);
});

test.each(["create", "joinById"])("[LIVE-25] the room of matches cannot be entered by %s", async (method) => {
  const { room } = await look();
  const id = method === "create" ? ROOM.live : room.roomId;
  expect((await new Guest(server).askSeat({}, method, id)).status).toBe(method === "create" ? 520 : 404);
});
