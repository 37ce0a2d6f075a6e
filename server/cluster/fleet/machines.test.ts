/** Three whole servers with one Redis, on addresses of 127.0.0.0/8: what players notice of it, and of machines that die. */
import { Client, type Room } from "@colyseus/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ArenaClient, until } from "#server/testing/bootServer.ts";
import { freePort } from "#server/testing/freePort.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { type ServerProcess, startServer } from "#server/testing/serverProcess.ts";
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import type { LiveMatch } from "#shared/protocol/live.ts";
import { LOBBY_MESSAGE, type LobbyEntry } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";

/** A machine that dies is gone from lists after at most this. */
const GONE_WITHIN_MS = 5_000;

let redis: TestRedis;
let [a, b, c]: ServerProcess[] = [];
const machines: ServerProcess[] = [];

async function startMachine(host: string, environment: Record<string, string> = {}): Promise<ServerProcess> {
  const port = String(await freePort());
  const machine = await startServer({
    ...{ HOST: host, PORT: port, PUBLIC_ADDRESS: `${host}:${port}` },
    ...{ REDIS_URL: redis.url, DATA_DIR: temporaryFolder("data"), DRAIN_SECONDS: "0" },
    ...environment,
  });
  machines.push(machine);
  return machine;
}

beforeAll(async () => {
  redis = await startRedis();
  [a, b, c] = await Promise.all([
    startMachine("127.0.0.2"),
    // Its rooms are in processes of their own.
    startMachine("127.0.0.3", { PROCESSES: "2" }),
    startMachine("127.0.0.4"),
  ]);
});
afterAll(async () => {
  for (const machine of machines) machine.kill();
  await redis.close();
});

const at = (machine: ServerProcess | undefined) => new Client(machine?.url);
const hostOf = (room: Room) =>
  new URL((room.connection.transport as unknown as { ws: WebSocket }).ws.url).hostname;

async function playing(joined: Promise<ArenaClient>): Promise<ArenaClient> {
  const room = await joined;
  room.onMessage("*", () => {});
  room.reconnection.enabled = false;
  await until("the first state", () => room.state?.tick > 0);
  return room;
}
const create = (machine: ServerProcess | undefined, options: object) =>
  playing(at(machine).create<ArenaState>(ROOM.arena, options));
const joinById = (machine: ServerProcess | undefined, code: string, options: object = {}) =>
  playing(at(machine).joinById<ArenaState>(code, options));
/** The room that the machine leads to by this code, or its refusal as text. */
const roomBy = (machine: ServerProcess | undefined, code: string) =>
  joinById(machine, code).then(
    ({ roomId }) => roomId,
    (error) => `${error.code} ${error.message}`,
  );
const quickPlay = (machine: ServerProcess | undefined, options: object = {}) =>
  playing(at(machine).joinOrCreate<ArenaState>(ROOM.arena, options));
const readyOf = async (machine: ServerProcess | undefined) => (await fetch(`${machine?.url}/readyz`)).text();

/** The live list, as a page that is connected to the machine sees it. */
async function watchList(machine: ServerProcess | undefined): Promise<Map<string, LobbyEntry>> {
  const list = new Map<string, LobbyEntry>();
  const lobby = await at(machine).joinOrCreate(ROOM.lobby);
  lobby.onMessage(LOBBY_MESSAGE.all, (all: LobbyEntry[]) => {
    for (const entry of all) list.set(entry.roomId, entry);
  });
  lobby.onMessage(LOBBY_MESSAGE.put, ([code, entry]: [string, LobbyEntry]) => list.set(code, entry));
  lobby.onMessage(LOBBY_MESSAGE.remove, (code: string) => list.delete(code));
  return list;
}

const seesAll = async (list: Map<string, LobbyEntry>, codes: string[]) =>
  await expect.poll(() => [...list.keys()].sort(), { timeout: GONE_WITHIN_MS }).toEqual([...codes].sort());

test("[FLEET-21] a code leads to its room on another machine, from every machine", async () => {
  const host = await create(b, { private: true, name: "Host" });
  expect(hostOf(host)).toBe("127.0.0.3");
  const guests = await Promise.all([a, b, c].map((machine) => joinById(machine, host.roomId)));
  expect(guests.map(hostOf)).toEqual(["127.0.0.3", "127.0.0.3", "127.0.0.3"]);
  await until("all see one another", () => host.state.roster.size >= 4);
  const info = await (await fetch(`${a?.url}/api/rooms/${host.roomId}`)).json();
  expect(info).toMatchObject({ is: "open", listing: { hosted: true } });
  for (const room of [host, ...guests]) await room.leave();
});

test("[FLEET-22] a room elsewhere refuses as one that is here does, and a code that was never drawn is unknown", async () => {
  const host = await create(b, { private: true, password: "sesame" });
  await expect(joinById(a, host.roomId, { password: "open" })).rejects.toMatchObject({ code: 460 });
  const guest = await joinById(a, host.roomId, { password: "sesame" });
  expect(guest.roomId).toBe(host.roomId);
  await expect(joinById(a, "BBBBB")).rejects.toMatchObject({ code: 404 });
  await guest.leave();
  await host.leave();
});

test("[FLEET-23] a seat that is kept on one machine is taken back through another", async () => {
  const host = await create(b, { private: true });
  const guest = await joinById(b, host.roomId);
  const { reconnectionToken, sessionId } = guest;
  // Without consent, as a connection that is lost.
  await guest.leave(false);
  const back = await playing(at(c).reconnect<ArenaState>(reconnectionToken));
  expect([back.sessionId, hostOf(back)]).toEqual([sessionId, "127.0.0.3"]);
  await back.leave();
  await host.leave();
});

test("[FLEET-24] every list shows the rooms of every machine, and quick play leads into the fullest of them all", async () => {
  const lists = await Promise.all([a, b, c].map(watchList));
  const first = await quickPlay(a);
  for (const list of lists) await seesAll(list, [first.roomId]);
  await expect
    .poll(async () => (await quickPlayed(c)).roomId, { timeout: GONE_WITHIN_MS })
    .toBe(first.roomId);
  const second = await create(b, {});
  for (const list of lists) await seesAll(list, [first.roomId, second.roomId]);
  await first.leave();
  await second.leave();
  for (const list of lists) await seesAll(list, []);
});

test("[LIVE-27] a match on one machine is told by every machine, in the list and by its code", async () => {
  const host = await create(b, {});
  const told = async (machine: ServerProcess | undefined): Promise<string[]> => {
    const matches: LiveMatch[] = await (await fetch(`${machine?.url}/api/live`)).json();
    return matches.map(({ code }) => code);
  };
  for (const machine of [a, b, c])
    await expect.poll(() => told(machine), { timeout: 3 * SPECTATOR_DELAY_MS }).toEqual([host.roomId]);
  const live = await at(a).joinOrCreate(ROOM.live, { code: host.roomId });
  const matches = new Map<string, LiveMatch>();
  live.onMessage(LOBBY_MESSAGE.all, (all: LiveMatch[]) => {
    for (const match of all) matches.set(match.code, match);
  });
  live.onMessage(LOBBY_MESSAGE.put, ([code, match]: [string, LiveMatch]) => matches.set(code, match));
  // The first summary may be of the moment before the host had joined.
  await until(
    "the host is told",
    () => (matches.get(host.roomId)?.lines.length ?? 0) > 0,
    SPECTATOR_DELAY_MS,
  );
  expect([...matches.keys()]).toEqual([host.roomId]);
  expect(hostOf(live)).toBe("127.0.0.2");
  await live.leave();
  await host.leave();
});

/** Where quick play leads; the player leaves again. */
async function quickPlayed(machine: ServerProcess | undefined): Promise<{ roomId: string; host: string }> {
  const room = await quickPlay(machine);
  const found = { roomId: room.roomId, host: hostOf(room) };
  await room.leave();
  return found;
}

test("[FLEET-25] a machine that is killed: its rooms are gone in five seconds, quick play never leads there, its players play on", async () => {
  const dying = await startMachine("127.0.0.5");
  const players = [await quickPlay(dying, { mode: "kingOfTheHill" }), await quickPlay(dying)];
  const code = players[0]?.roomId ?? "";
  expect(players.map(hostOf)).toEqual(["127.0.0.5", "127.0.0.5"]);
  const list = await watchList(a);
  await seesAll(list, [code]);
  dying.kill();
  const killedAtMs = performance.now();
  await dying.ended;
  // Each of these finds a room: none is led to the dead machine, and none is refused.
  const found = await Promise.all([quickPlayed(a), quickPlayed(b), quickPlayed(c)]);
  expect(found.map(({ host }) => host)).not.toContain("127.0.0.5");
  while (list.has(code)) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(performance.now() - killedAtMs).toBeLessThan(GONE_WITHIN_MS);
  const again = await Promise.all(players.map(() => quickPlay(a)));
  await expect(joinById(a, code)).rejects.toMatchObject({ code: 410 });
  for (const room of again) await room.leave();
});

test("[FLEET-26] without Redis nobody notices in a room; this machine's rooms are joined, others say when to come back", async () => {
  const [here, there] = [await create(a, { private: true }), await create(b, { private: true })];
  await redis.kill();
  await expect
    .poll(() => readyOf(a))
    .toMatch(/^ready, other machines away since \d+ s: Redis does not answer/);
  const ticks = [here, there].map(({ state }) => state.tick);
  const guest = await joinById(a, here.roomId);
  const seat = await fetch(`${a?.url}/matchmake/joinById/${there.roomId}`, {
    method: "POST",
    body: "{}",
    headers: { "content-type": "application/json" },
  });
  expect([seat.status, seat.headers.get("retry-after")]).toEqual([503, "3"]);
  const played = await quickPlay(c);
  expect(hostOf(played)).toBe("127.0.0.4");
  await until(
    "both fights go on",
    () => here.state.tick > (ticks[0] ?? 0) + 90 && there.state.tick > (ticks[1] ?? 0) + 90,
  );
  await redis.start();
  await expect.poll(() => readyOf(a), { timeout: GONE_WITHIN_MS }).toBe("ready\n");
  await expect
    .poll(
      () =>
        joinById(a, there.roomId).then(
          ({ roomId }) => roomId,
          () => "",
        ),
      { timeout: GONE_WITHIN_MS },
    )
    .toBe(there.roomId);
  for (const room of [here, there, guest, played]) await room.leave();
  for (const machine of [a, b, c])
    expect(machine?.output()).not.toMatch(/the server failed|unhandledRejection/);
});

test("[FLEET-35] while Redis is frozen rooms are opened and joined here, and those elsewhere again once it wakes", async () => {
  const there = await create(b, { private: true });
  redis.freeze();
  await expect.poll(() => readyOf(a)).toMatch(/^ready, other machines away/);
  const here = await create(a, { private: true });
  const guest = await joinById(a, here.roomId);
  await expect(joinById(a, there.roomId)).rejects.toMatchObject({ code: 503 });
  await expect.poll(() => readyOf(a), { timeout: 20_000 }).toMatch(/away since [4-9] s/);
  redis.wake();
  await expect.poll(() => readyOf(a), { timeout: GONE_WITHIN_MS }).toBe("ready\n");
  // REDISAWAY-3 holds the five seconds; here whole pages join meanwhile.
  await expect.poll(() => roomBy(c, here.roomId), { timeout: 20_000 }).toBe(here.roomId);
  await expect.poll(() => roomBy(a, there.roomId), { timeout: 20_000 }).toBe(there.roomId);
  for (const room of [here, there, guest]) await room.leave();
});

test("[FLEET-27] the page may connect to every machine that lives", async () => {
  const policy = async () => (await fetch(`${a?.url}/`)).headers.get("content-security-policy") ?? "";
  for (const machine of [a, b, c])
    await expect.poll(policy).toContain(`ws://${new URL(machine?.url ?? "").host} wss://`);
});
