/** Joining, leaving and losing rooms through the page's connection, against a real server. */
import { Client, CloseCode } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type ServerProcess, startServer } from "#client/e2e/serverProcess.ts";
import type { JoinRequest } from "#client/joinRequest.ts";
import { pageMemory } from "#client/storage.ts";
import type { HostAction } from "#shared/protocol/host.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { RANK } from "#shared/schema/state.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import type { ArenaLink } from "./arenaLink.ts";
import { type Connection, createConnection } from "./connection.ts";
import type { ConnectionState } from "./connectionContext.ts";
import { watchRooms } from "./roomList.ts";
import { lookUpRoom } from "./roomLookup.ts";

let server: ServerProcess;
const connections: Connection[] = [];
const rooms: ArenaLink[] = [];

beforeAll(async () => {
  server = await startServer();
});
afterEach(() => {
  for (const connection of connections.splice(0)) connection.leave();
  for (const room of rooms.splice(0)) if (room.connection.isOpen) void room.leave();
});
afterAll(() => server.stop());

interface Visitor {
  connection: Connection;
  /** All reported states, newest last. */
  states: ConnectionState[];
  now(): ConnectionState | undefined;
}

function visitor(url = server.url): Visitor {
  const states: ConnectionState[] = [];
  const connection = createConnection(url, { onChange: (state) => void states.push(state) });
  connections.push(connection);
  return { connection, states, now: () => states.at(-1) };
}

/** Joins and returns the room; throws the reported state if it is another one. */
async function enter({ connection, now }: Visitor, name: string, request: JoinRequest): Promise<ArenaLink> {
  await connection.join(name, request);
  const state = now();
  if (state?.kind !== "joined") throw new Error(`not joined, but ${JSON.stringify(state)}`);
  return state.room;
}

/** Opens a hosted room whose host is a bare SDK client; `ask` sends host actions. */
async function openRoom(change: Partial<RoomSettings> = {}, password = "", url = server.url) {
  const settings = RoomSettings.parse({ bots: 0, ...change });
  const room: ArenaLink = await new Client(url).create(ROOM.arena, {
    name: "Host",
    private: true,
    settings,
    password,
  });
  room.onMessage("*", () => {});
  room.reconnection.enabled = false;
  rooms.push(room);
  return { code: room.roomId, ask: (action: HostAction) => room.request(MESSAGE.host, action) };
}

const byCode = (code: string, change: { password?: string; spectate?: boolean } = {}): JoinRequest => ({
  kind: "code",
  code,
  password: "",
  spectate: false,
  ...change,
});
const refused = (code: number) => ({ kind: "idle", outcome: { kind: "refused", code } });

describe("joining", () => {
  test("[CONN-1] hosting creates a room with the given settings, and the player is its host", async () => {
    const settings = RoomSettings.parse({ title: "Friday", mode: "kingOfTheHill", map: "anvil", bots: 0 });
    const room = await enter(visitor(), "Ann", { kind: "host", settings, password: "x" });
    expect(JSON.parse(room.state.settings)).toEqual(settings);
    expect(room.state).toMatchObject({ hosted: true, password: true });
    expect(room.state.roster.get(room.sessionId)?.rank).toBe(RANK.host);
  });

  test("[CONN-2] a code joins its room; a wrong password is refused, and the request is kept for another attempt", async () => {
    const { code } = await openRoom({}, "sesame");
    const guest = visitor();
    const request = byCode(code, { password: "guess" });
    await guest.connection.join("Bob", request);
    expect(guest.now()).toMatchObject({ ...refused(REFUSAL.wrongPassword), request });
    expect((await enter(guest, "Bob", byCode(code, { password: "sesame" }))).roomId).toBe(code);
  });

  test("[CONN-3] full, locked, unwatchable and unknown rooms each refuse with their own code", async () => {
    const { code, ask } = await openRoom({ players: 2, spectating: "off" });
    const [first, second] = [visitor(), visitor()];
    await enter(first, "First", byCode(code));
    await second.connection.join("Second", byCode(code));
    expect(second.now()).toMatchObject(refused(REFUSAL.roomFull));
    await second.connection.join("Second", byCode(code, { spectate: true }));
    expect(second.now()).toMatchObject(refused(REFUSAL.noSpectators));
    first.connection.leave();
    await ask({ do: "lock", locked: true });
    await second.connection.join("Second", byCode(code));
    expect(second.now()).toMatchObject(refused(REFUSAL.roomLocked));
    await second.connection.join("Second", byCode("ZZZZZ"));
    expect(second.now()).toMatchObject(refused(REFUSAL.roomUnknown));
  });

  test("[CONN-4] a delayed spectator joins without a drone and stays, though no patch arrives for ten seconds", async () => {
    const { code } = await openRoom({ spectating: "delayed" });
    const watcher = visitor();
    const room = await enter(watcher, "Eve", byCode(code, { spectate: true }));
    expect(room.state.roster.get(room.sessionId)?.spectating).toBe(true);
    expect(room.state.drones?.get(room.sessionId)).toBeUndefined();
    // Wait for the first delayed state.
    await expect.poll(() => room.state.drones?.size ?? 0, { timeout: 20_000 }).toBeGreaterThan(0);
    expect(watcher.states.map(({ kind }) => kind)).toEqual(["joining", "joined"]);
  }, 30_000);

  test("[CONN-5] quick play joins a public room of the mode, never a hosted one", async () => {
    const { code } = await openRoom({ mode: "captureTheFlag", map: "causeway", listed: true });
    const room = await enter(visitor(), "Ann", { kind: "quick", mode: "captureTheFlag" });
    expect(room.state).toMatchObject({ hosted: false, mode: "captureTheFlag" });
    expect(room.roomId).not.toBe(code);
  });
});

describe("endings", () => {
  test.each(["kick", "ban"] as const)(
    "[CONN-6] a player removed by %s is notified and does not rejoin automatically",
    async (how) => {
      const { code, ask } = await openRoom();
      const guest = visitor();
      const { sessionId } = await enter(guest, "Bob", byCode(code));
      expect(await ask({ do: how, seat: sessionId })).toEqual({ ok: true });
      const why = how === "kick" ? "kicked" : "banned";
      await expect.poll(() => guest.now()).toEqual({ kind: "idle", outcome: { kind: "ended", why, code } });
    },
  );

  test("[CONN-7] after a restart a hosted room that the server has not kept is reported gone, and a public one is replaced", async () => {
    const own = await startServer();
    const port = Number(new URL(own.url).port);
    const { code } = await openRoom({}, "", own.url);
    const [guest, stranger] = [visitor(own.url), visitor(own.url)];
    await enter(guest, "Bob", byCode(code));
    await enter(stranger, "Cy", { kind: "quick" });
    await own.stop();
    const next = await startServer(port, { DATA_DIR: temporaryFolder("data") });
    await expect
      .poll(() => guest.now(), { timeout: 30_000 })
      .toEqual({ kind: "idle", outcome: { kind: "ended", why: "gone", code } });
    await expect.poll(() => stranger.now()?.kind, { timeout: 30_000 }).toBe("joined");
    stranger.connection.leave();
    await next.stop();
  }, 180_000);

  test("[CONN-8] a dropped seat is reported as kept for the time that the host has set", async () => {
    const { code } = await openRoom({ seatKeptSec: 90 });
    const guest = visitor();
    const room = await enter(guest, "Bob", byCode(code));
    room.connection.close(4010);
    await expect.poll(() => guest.states.some(({ kind }) => kind === "dropped")).toBe(true);
    const dropped = guest.states.find((state) => state.kind === "dropped");
    expect(((dropped?.seatLostAt ?? 0) - performance.now()) / 1000).toBeGreaterThan(80);
    await expect.poll(() => guest.now()?.kind).toBe("joined");
  });

  test("[CONN-11] a seat that is set aside while the connection is down is not held by a retry that waits", async () => {
    const { code } = await openRoom();
    const guest = visitor();
    const room = await enter(guest, "Bob", byCode(code));
    const { connection } = room;
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    connection.close(CloseCode.MAY_TRY_RECONNECT);
    expect(guest.now()?.kind).toBe("dropped");
    const connect = vi.spyOn(connection.transport, "connect");
    guest.connection.setAside({ kind: "cannotShow", why: "pictureLost" });
    vi.advanceTimersByTime(60_000);
    vi.useRealTimers();
    expect(connect).not.toHaveBeenCalled();
  });
});

describe("an identity that the server does not accept, as after a new secret", () => {
  const KEY = "fracas.identity";
  beforeEach(() => pageMemory.remember(KEY, "of another server"));
  afterEach(() => pageMemory.forget(KEY));

  test("[CONN-9] does not keep the list of rooms away", async () => {
    const kinds: string[] = [];
    const stop = watchRooms(server.url, ({ kind }) => kinds.push(kind));
    await expect.poll(() => kinds.at(-1)).toBe("live");
    stop();
    expect(kinds).not.toContain("away");
  });

  test("[CONN-10] is replaced where a seat is asked for, and does not hide a room", async () => {
    const { code } = await openRoom();
    expect(await lookUpRoom(server.url, code)).toMatchObject({ is: "open", yours: false });
    pageMemory.remember(KEY, "of another server");
    await enter(visitor(), "Bob", byCode(code));
    expect(await lookUpRoom(server.url, code)).toMatchObject({ is: "open", yours: true });
    expect(await lookUpRoom(server.url, "ZZZZZ")).toEqual({ is: "unknown" });
  });
});
