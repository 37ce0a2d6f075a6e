/** A map that a host brings: played at once, on until it is removed, and never in a public room before it is featured. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { arenaOf } from "#server/arenas.ts";
import { ask, freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { bring, removeBrought, sha256Of, titledAnvil } from "#server/testing/broughtFiles.ts";
import {
  BEHIND_PROXY,
  gatherIn,
  leaveAll,
  OK,
  openRoom,
  type Person,
  refused,
  somebody,
} from "#server/testing/company.ts";
import { isSolidAt } from "#shared/arena/arena.ts";
import { type MapOffer, pathTo, ROUTE } from "#shared/protocol/http.ts";
import type { ClipAnswer } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { ArenaState } from "#shared/schema/state.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { Vote } from "./match/vote.ts";
import { publicSettings } from "./settings.ts";

const PASSWORD = "the password of this test";
let server: TestServer;
const here: Person[] = [];

beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, adminPassword: PASSWORD });
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

const settingsOf = (map: string, more: object = {}) => ({
  settings: RoomSettings.parse({ map, bots: 0, ...more }),
});
const order = (sha256: string, body: object) =>
  ask(server, `/admin/arenas/${sha256}`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString("base64")}`,
      "content-type": "application/json",
      "x-forwarded-for": freshAddress(),
    },
    body: JSON.stringify(body),
  });
const fileOf = (sha256: string) =>
  ask(server, pathTo(ROUTE.arenaFile, { sha256 }), { headers: { "x-forwarded-for": freshAddress() } });
const remove = (sha256: string, guest: Guest) => removeBrought(server, sha256, guest);

async function begin(host: Person): Promise<void> {
  expect(await host.host({ do: "start" })).toEqual(OK);
  await until("the countdown runs", () => host.state.phase !== "waiting");
}

/** The anvil with a wall in the middle of its open floor. */
const walled = (title: string) =>
  titledAnvil(title, ({ width, layers }) => {
    const walls = layers.find(({ name }) => name === "walls")?.data ?? [];
    walls[5 * width + 5] = 1;
  });

test("[BROUGHT-20] a file is brought, hosted and played at once, and its walls stop drones", async () => {
  const guest = await somebody(server);
  const file = walled("Quarry");
  const map = await bring(guest, file);
  expect(map).toBe(sha256Of(file));
  const ann = await openRoom(server, { name: "Ann", ...settingsOf(map, { bots: 1 }) }, guest);
  here.push(ann);
  expect(ann.state.map).toBe(map);
  await begin(ann);
  await until("the match is live", () => ann.state.phase === "live");
  const { state } = server.roomOf(ann.room);
  const arena = arenaOf(map);
  const wallPx = { x: 5 * arena.tilePx, y: 5.5 * arena.tilePx };
  expect(isSolidAt(arena, wallPx.x + 1, wallPx.y)).toBe(true);
  const drone = state.drones.get(ann.id);
  Object.assign(drone ?? {}, { x: wallPx.x - 60, y: wallPx.y, vx: 0, vy: 0 });
  ann.steer(60);
  await until("it has come to the wall", () => (drone?.x ?? 0) > wallPx.x - 30);
  ann.steer(20);
  await until("it stands there", () => drone?.vx === 0 && (drone?.x ?? 0) > wallPx.x - 30);
  expect(drone?.x).toBeLessThanOrEqual(wallPx.x - 20);
});

test("[BROUGHT-21] everybody gets the file by its SHA-256, to keep for good", async () => {
  const file = titledAnvil("To keep");
  const map = await bring(await somebody(server), file);
  const answer = await fileOf(map);
  expect(answer).toMatchObject({ status: 200, body: file, headers: { etag: `"${map}"` } });
  expect(answer.headers["cache-control"]).toContain("immutable");
  expect(await fileOf("f".repeat(64))).toMatchObject({ status: 404 });
  expect(await fileOf("x")).toMatchObject({ status: 404 });
});

test("[BROUGHT-22] a host changes to a brought map for the next match, and back", async () => {
  const [ann, ben] = await gatherIn(server, here, ["Ann", "Ben"]);
  const map = await bring(ann.guest, titledAnvil("Next"));
  const change = (to: string) => ann.host({ do: "settings", change: { map: to } });
  expect(await ben.host({ do: "settings", change: { map } })).toEqual(refused("notHost"));
  expect(await change("e".repeat(64))).toEqual(refused("badMap"));
  expect(await change(map)).toEqual(OK);
  await until("it is the map", () => ben.state.map === map);
  await begin(ann);
  expect(await change("anvil")).toEqual(OK);
  expect(await ann.host({ do: "restart" })).toEqual(OK);
  await until("the other map is played", () => ben.state.map === "anvil");
});

test("[BROUGHT-23] a room refuses a map that nobody has brought", async () => {
  const opening = openRoom(server, settingsOf("d".repeat(64)));
  await expect(opening).rejects.toMatchObject({ code: REFUSAL.badSettings });
});

test("[BROUGHT-29] a public room takes no settings, and so no brought map, from whoever opens it", async () => {
  const guest = await somebody(server);
  const map = await bring(guest, titledAnvil("Not for all"));
  const ann = await openRoom(server, { private: false, ...settingsOf(map) }, guest);
  here.push(ann);
  expect([ann.state.hosted, ann.state.map]).toEqual([false, "foundry"]);
});

describe("removal", () => {
  test("[BROUGHT-24] by who brought it: the match goes on, the next one is on another map, and everybody is told", async () => {
    const guest = await somebody(server);
    const map = await bring(guest, titledAnvil("Short-lived"));
    const ann = await openRoom(server, settingsOf(map, { bots: 1 }), guest);
    here.push(ann);
    await begin(ann);
    await until("the match is live", () => ann.state.phase === "live");
    expect(await remove(map, await somebody(server))).toMatchObject({ status: 403 });
    expect(await remove(map, new Guest(server))).toMatchObject({ status: 401 });
    expect(await remove(map, guest)).toMatchObject({ status: 204 });
    expect(await fileOf(map)).toMatchObject({ status: 410 });
    expect(ann.state.map).toBe(map);
    expect(await ann.host({ do: "restart" })).toEqual(OK);
    await until("another map is played", () => ann.state.map !== map);
    await until("the host is told", () => ann.told("mapGone").length === 1);
    expect(await ann.host({ do: "settings", change: { map } })).toEqual(refused("badMap"));
    expect(await bring(guest, titledAnvil("Short-lived"))).toBe(map);
    expect(await ann.host({ do: "settings", change: { map } })).toEqual(OK);
  });

  test("[BROUGHT-46] while a room waits: the match that its host starts is on another map", async () => {
    const guest = await somebody(server);
    const map = await bring(guest, titledAnvil("Never begun"));
    const ann = await openRoom(server, settingsOf(map, { bots: 1 }), guest);
    here.push(ann);
    expect(await remove(map, guest)).toMatchObject({ status: 204 });
    expect(await ann.host({ do: "start" })).toEqual(OK);
    await until("the match is live", () => ann.state.phase === "live");
    expect(ann.state.map).not.toBe(map);
    await until("the host is told", () => ann.told("mapGone").length === 1);
  });

  test("[BROUGHT-25] by a moderator: nobody can bring it again", async () => {
    const guest = await somebody(server);
    const file = titledAnvil("Banned");
    const map = await bring(guest, file);
    expect(await order(map, { removed: true })).toMatchObject({ status: 200 });
    expect(await order("c".repeat(64), { removed: true })).toMatchObject({ status: 404 });
    expect(await order(map, { removed: false })).toMatchObject({ status: 400 });
    const again = await guest.post(ROUTE.arenas, { tiledJson: file });
    expect(again).toMatchObject({ status: 410 });
    await expect(openRoom(server, settingsOf(map), guest)).rejects.toMatchObject({
      code: REFUSAL.badSettings,
    });
  });
});

describe("the public rotation", () => {
  const offers = async () => JSON.parse((await ask(server, ROUTE.maps)).body) as MapOffer[];
  /** The maps of many votes in a public room, and of many that begin. */
  const inRotation = () => {
    const state = new ArenaState();
    const vote = new Vote(state, seededRandom(7));
    const maps = new Set<string>();
    for (let times = 0; times < 200; times++) {
      vote.open();
      for (const { map } of state.candidates) maps.add(`vote ${map}`);
      maps.add(`first ${publicSettings("deathmatch", { players: 4, timeLimitMin: 5, scoreLimit: 0 }).map}`);
    }
    return maps;
  };
  const everywhere = (map: string) => [`vote ${map}`, `first ${map}`];

  test("[BROUGHT-26] an arena is offered while it is featured, and not before or after", async () => {
    const map = await bring(await somebody(server), titledAnvil("Featured"));
    const isOffered = async () => (await offers()).some(({ name }) => name === map);
    expect(await isOffered()).toBe(false);
    for (const place of everywhere(map)) expect(inRotation()).not.toContain(place);
    expect(await order(map, { featured: true })).toMatchObject({ status: 200 });
    expect(await isOffered()).toBe(true);
    for (const place of everywhere(map)) expect(inRotation()).toContain(place);
    expect((await offers()).find(({ name }) => name === map)).toMatchObject({ title: "Featured" });
    expect(await order(map, { featured: false })).toMatchObject({ status: 200 });
    expect(await isOffered()).toBe(false);
  });
});

describe("what is kept of a match on a brought arena", () => {
  test("[BROUGHT-27] its replay has the arena, also after it was removed", async () => {
    const guest = await somebody(server);
    const file = titledAnvil("Recorded");
    const map = await bring(guest, file);
    const ann = await openRoom(server, settingsOf(map, { bots: 1 }), guest);
    here.push(ann);
    await begin(ann);
    await until("the match is live", () => ann.state.phase === "live");
    const moment = () => ann.room.request(MESSAGE.clip, {}) as Promise<ClipAnswer>;
    await expect.poll(moment, { timeout: 10_000 }).toMatchObject({ ok: true });
    const clip = await moment();
    const id = clip.ok ? clip.id : "";
    expect(await ann.host({ do: "end" })).toEqual(OK);
    expect(await remove(map, guest)).toMatchObject({ status: 204 });
    const replayMap = () => ask(server, pathTo(ROUTE.replayMap, { id }));
    await expect.poll(replayMap, { timeout: 40_000 }).toMatchObject({ status: 200, body: file });
  });

  test("[BROUGHT-28] an incident has the arena, and is rerun where nobody has brought it", async () => {
    const guest = await somebody(server);
    const map = await bring(guest, titledAnvil("Crashed"));
    const ann = await openRoom(server, settingsOf(map, { bots: 3 }), guest);
    here.push(ann);
    await begin(ann);
    await until("the match is live", () => ann.state.phase === "live");
    const path = await server.roomOf(ann.room).writeIncident();
    expect(await runAgain(path ?? "")).toMatchObject({ code: 0 });
  });
});

/** Exit code and output of `npm run rerun -- FILE`. */
const runAgain = (file: string): Promise<{ code: number; output: string }> =>
  new Promise((resolve) =>
    execFile(
      process.execPath,
      ["run.js", "server/rerun/main.ts", file],
      { cwd: fileURLToPath(new URL("../../", import.meta.url)), timeout: 60_000 },
      (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), output: stdout + stderr }),
    ),
  );
