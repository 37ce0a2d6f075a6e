/** The live list of rooms, as real SDK clients receive it. */
import { matchMaker } from "@colyseus/core";
import { Client, type Room } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { WebSocket } from "ws";
import { drain } from "#server/drain.ts";
import { Guest, type Seat } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { aListing, listAs } from "#server/testing/listing.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { LobbyEntry, RoomListing } from "#shared/protocol/lobby.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import type { LobbyRoom } from "./LobbyRoom.ts";

const MAX_CLIENTS = 12;

let server: TestServer;
const watching: Watcher[] = [];
const sockets: { destroy(): void }[] = [];
beforeAll(async () => {
  server = await bootServer({
    production: true,
    trustedProxies: ["127.0.0.1"],
    maxClients: MAX_CLIENTS,
    maxRooms: 4,
  });
});
afterEach(async () => {
  for (const { room } of watching.splice(0)) if (room.connection.isOpen) await room.leave();
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const { roomId } of await matchMaker.query({ name: ROOM.arena })) {
    void matchMaker.getLocalRoomById(roomId)?.disconnect();
  }
});
afterAll(() => server.close());

interface Watcher {
  room: Room;
  /** The list as the watcher knows it. */
  rooms: Map<string, RoomListing>;
  /** Every message, in order. */
  received: unknown[];
  closed: Promise<number>;
}

/** Joins the list, as the title screen does. */
async function watch(
  guest = new Guest(server),
  method: "joinOrCreate" | "join" = "joinOrCreate",
): Promise<Watcher> {
  const client = new Client(server.url, { headers: guest.headers });
  const room: Room = await client[method](ROOM.lobby);
  room.reconnection.enabled = false;
  const watcher: Watcher = {
    room,
    rooms: new Map(),
    received: [],
    closed: new Promise((resolve) => room.onLeave((code) => resolve(code))),
  };
  const setEntry = ({ roomId, metadata }: LobbyEntry) => watcher.rooms.set(roomId, metadata);
  room.onMessage("rooms", (all: LobbyEntry[]) => {
    watcher.received.push(all);
    all.forEach(setEntry);
  });
  room.onMessage("+", (entry: [string, LobbyEntry]) => {
    watcher.received.push(entry);
    setEntry(entry[1]);
  });
  room.onMessage("-", (roomId: string) => {
    watcher.received.push(roomId);
    watcher.rooms.delete(roomId);
  });
  watching.push(watcher);
  await until("the whole list", () => watcher.received.length > 0);
  return watcher;
}

/** Opens a room with one player. */
async function open(listing: Partial<RoomListing> = {}): Promise<string> {
  const guest = new Guest(server);
  const seat: Seat = await guest.reserve({}, "create");
  const { socket } = await guest.knock(seat);
  if (socket) sockets.push(socket);
  await listAs(seat.roomId, listing);
  return seat.roomId;
}
const roomOf = (roomId: string) => matchMaker.getLocalRoomById(roomId);

describe("a watcher of the list", () => {
  test("[LOBBY-1] receives every room at first, then each that opens, changes, fills up and ends", async () => {
    const old = await open({ title: "Old" });
    const watcher = await watch();
    expect(watcher.rooms.get(old)).toEqual(aListing({ title: "Old" }));
    const code = await open({ title: "New", players: 1, playersMax: 2 });
    await until("the room opens", () => watcher.rooms.has(code));
    await listAs(code, { title: "Newer", mode: "kingOfTheHill", password: true });
    await until("the room changes", () => watcher.rooms.get(code)?.title === "Newer");
    expect(watcher.rooms.get(code)).toEqual(
      aListing({ title: "Newer", mode: "kingOfTheHill", password: true }),
    );
    await listAs(code, { title: "Newer", players: 2, playersMax: 2, locked: true });
    await until("the room is full", () => watcher.rooms.get(code)?.players === 2);
    await roomOf(code).disconnect();
    await until("the room ends", () => !watcher.rooms.has(code));
    expect(watcher.rooms.has(old)).toBe(true);
  });

  test("[LOBBY-2] receives no unlisted rooms; a room that becomes unlisted leaves the list, and may come back", async () => {
    const watcher = await watch();
    const [listed, hidden] = [await open(), await open()];
    await roomOf(hidden).setPrivate(true);
    await until(
      "only the listed room is there",
      () => watcher.rooms.has(listed) && !watcher.rooms.has(hidden),
    );
    const late = await watch();
    expect([...late.rooms.keys()]).toEqual([listed]);
    await roomOf(listed).setPrivate(true);
    await until("the list is empty", () => watcher.rooms.size === 0);
    await roomOf(listed).setPrivate(false);
    await until("the room is back", () => watcher.rooms.has(listed));
  });

  test("[LOBBY-3] receives neither where rooms run, nor the list's own room, nor extra metadata", async () => {
    const code = await open({ title: "Only this", secret: "hush" } as never);
    const watcher = await watch();
    await listAs(code, { title: "And this", secret: "hush" } as never);
    await until("the room changes", () => watcher.rooms.get(code)?.title === "And this");
    const text = JSON.stringify(watcher.received);
    expect(text).not.toMatch(/hush|processId|publicAddress|lobby|clients|createdAt/);
    expect(text).not.toContain(matchMaker.processId);
    for (const [, entry] of watcher.received.slice(1) as [string, LobbyEntry][]) {
      expect(Object.keys(entry)).toEqual(["roomId", "metadata"]);
      expect(Object.keys(entry.metadata).sort()).toEqual(Object.keys(aListing()).sort());
    }
  });

  test("[LOBBY-4] receives a hundred changes at once in one or two messages", async () => {
    const code = await open();
    const watcher = await watch();
    const before = watcher.received.length;
    for (let players = 1; players <= 100; players++) await listAs(code, { players });
    await until("the last", () => watcher.rooms.get(code)?.players === 100);
    expect(watcher.received.length - before).toBeLessThanOrEqual(2);
  });

  test("[LOBBY-5] takes no place from players or rooms; there may be as many watchers as players", async () => {
    for (let i = 0; i < MAX_CLIENTS; i++) await watch();
    const refused = await new Guest(server).askSeat({}, "joinOrCreate", ROOM.lobby);
    expect(refused).toMatchObject({ status: 529, headers: { "retry-after": "30" } });
    for (let rooms = 0; rooms < 4; rooms++) await open();
    expect((await new Guest(server).askSeat({}, "create")).body).toContain("as many rooms as it holds");
    expect((await new Guest(server).askSeat()).status).toBe(200);
  });

  test("[LOBBY-6] may open the list sixty times a minute, without using up its join limit", async () => {
    const guest = new Guest(server);
    for (let i = 0; i < 60; i++) {
      const seat = await guest.reserve({}, "joinOrCreate", ROOM.lobby);
      (await guest.knock(seat)).socket?.destroy();
      await until("the watcher is gone", () => roomOf(seat.roomId)?.clients.length !== 1);
    }
    expect((await guest.askSeat({}, "joinOrCreate", ROOM.lobby)).status).toBe(429);
    expect((await guest.askSeat()).status).toBe(200);
  });
});

describe("the list itself", () => {
  test.each(["create", "joinById"])("[LOBBY-7] cannot be entered by %s", async (method) => {
    const { room } = await watch();
    const id = method === "create" ? ROOM.lobby : room.roomId;
    expect((await new Guest(server).askSeat({}, method, id)).status).toBe(method === "create" ? 520 : 404);
  });

  test("[LOBBY-8] disconnects a watcher that sends a message, and no other", async () => {
    const [honest, bad] = [await watch(), await watch()];
    bad.room.send(MESSAGE.chat, { scope: "all", text: "hi" });
    await bad.closed;
    const filtering = await watch();
    filtering.room.send("filter", { name: "lobby", metadata: { x: 1 } });
    expect(await filtering.closed).toBe(CLOSE.badFrame);
    const code = await open();
    await until("the honest watcher receives the room", () => honest.rooms.has(code));
  });

  test("[LOBBY-9] survives when the rooms cannot be read, and sends the changes later", async () => {
    const watcher = await watch();
    const code = await open();
    await until("the room opens", () => watcher.rooms.has(code));
    const spy = vi
      .spyOn(server.app.rooms.directory, "listed")
      .mockRejectedValueOnce(new Error("the rooms are away"));
    await listAs(code, { title: "Later" });
    await until("the change arrives", () => watcher.rooms.get(code)?.title === "Later");
    expect(spy.mock.calls.length).toBeGreaterThan(1);
    spy.mockRestore();
  });

  test("[LOBBY-10] disconnects a watcher that answers no pings", async () => {
    const watcher = await watch();
    const list = matchMaker.getLocalRoomById(watcher.room.roomId) as LobbyRoom;
    const socket = list.clients[0]?.ref as unknown as WebSocket;
    const answered = new Promise((resolve) => socket.once("pong", resolve));
    list.pingAll();
    await answered;
    list.pingAll();
    expect(socket.readyState).toBe(socket.OPEN);
    // The second ping has not been answered.
    list.pingAll();
    await until("the watcher is gone", () => list.clients.length === 0);
  });

  test("[LOBBY-11] does not delay a shutdown, and its watchers get the code to reconnect", async () => {
    const watcher = await watch();
    const startedAt = performance.now();
    expect(await drain(server.app, 20)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await watcher.closed).toBe(CLOSE.restarting);
  });
});
