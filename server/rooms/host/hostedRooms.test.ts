/** Hosted rooms: how they begin, who may join, and how long they last. */
import { matchMaker } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  leaveAll,
  openRoom,
  type Person,
  passTime,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import { EMPTY_ROOM_MS, MAX_PLAYERS, SPECTATORS_MAX } from "#shared/config.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { RANK } from "#shared/schema/state.ts";

let server: TestServer;
const here: Person[] = [];
const opened = async (options?: object) => {
  const person = await openRoom(server, options);
  here.push(person);
  return person;
};
const entered = async (code: string, options?: object, by?: Person) => {
  const person = await enterRoom(server, code, options, by?.guest);
  here.push(person);
  return person;
};
/** Opens a room with these settings and defaults for the others. */
const withSettings = (settings: object, options: object = {}) =>
  opened({ settings: RoomSettings.parse({ bots: 0, ...settings }), ...options });
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "let in",
    (error) => error.code,
  );

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await leaveAll(here);
});
afterAll(() => server.close());

describe("a new room", () => {
  test("[HOSTED-1] its creator is the host; the match waits, and players can already drive and shoot", async () => {
    const ann = await opened({ name: "Ann" });
    const { state } = ann;
    expect(JSON.parse(state.settings)).toEqual(RoomSettings.parse({}));
    expect(state).toMatchObject({ hosted: true, held: true, paused: false, locked: false, password: false });
    expect(state.roster.get(ann.id)).toMatchObject({ name: "Ann", rank: RANK.host });
    await until("the bots are there", () => state.roster.size === 4);
    const { x } = server.roomOf(ann.room).state.drones.get(ann.id) ?? {};
    ann.steer(20);
    await until("Ann drives", () => state.drones.get(ann.id)?.x !== x);
    await until("Ann shoots", () => state.projectiles.size > 0);
    const { tick } = state;
    await until("time goes on", () => state.tick > tick + 30);
    expect(state.phase).toBe("waiting");
  });

  test("[HOSTED-2] its match follows the creator's settings", async () => {
    const asked = {
      mode: "captureTheFlag",
      map: "orchard",
      players: 5,
      bots: 2,
      scoreLimit: 2,
      timeLimitMin: 7,
    };
    const ann = await withSettings({ ...asked, friendlyFire: true, title: "  Ann\u200B's  " });
    expect(JSON.parse(ann.state.settings)).toMatchObject({ ...asked, friendlyFire: true, title: "Ann's" });
    expect(ann.state).toMatchObject({ mode: "captureTheFlag", map: "orchard" });
    await ann.host({ do: "start" });
    await until("it counts down", () => ann.state.phase === "countdown");
    const { state } = server.roomOf(ann.room);
    state.phaseEndsTick = state.tick;
    await until("it is live", () => ann.state.phase === "live");
    expect(Math.abs(state.phaseEndsTick - state.tick - 7 * 60 * 30)).toBeLessThan(30);
  });

  test.each([
    ["an unknown map", { map: "atlantis" }, /there is no map "atlantis"/],
    ["a map that is not made for the mode", { map: "anvil", mode: "captureTheFlag" }, /not made for/],
    ["a number out of its range", { players: 33 }, /settings\.players/],
  ])("[HOSTED-3] %s is refused with a reason", async (_what, settings, reason) => {
    const refusal = await openRoom(server, { settings }).catch((error) => error);
    expect(refusal).toMatchObject({ code: REFUSAL.badSettings, message: expect.stringMatching(reason) });
  });

  test("[HOSTED-4] quick play never joins it, and join options cannot set up a public room", async () => {
    const ann = await opened();
    const ben = await (await somebody(server)).play({ settings: RoomSettings.parse({ players: 2 }) });
    expect(ben.roomId).not.toBe(ann.room.roomId);
    expect(JSON.parse(ben.state.settings)).toMatchObject({ players: MAX_PLAYERS, vote: true });
    expect(ben.state).toMatchObject({ hosted: false, held: false, phase: "live" });
    await ben.leave();
  });

  test("[HOSTED-5] bots make way for players and return when these leave", async () => {
    const ann = await withSettings({ players: 3, bots: 2 });
    const bots = () => [...ann.state.roster.values()].filter(({ bot }) => bot).length;
    await until("two bots", () => bots() === 2);
    const ben = await entered(ann.room.roomId);
    await until("one bot", () => bots() === 1);
    const cat = await entered(ann.room.roomId);
    await until("no bot", () => bots() === 0);
    await cat.room.leave();
    await until("one again", () => bots() === 1);
    await ben.room.leave();
    await until("both", () => bots() === 2);
  });

  test("[HOSTED-6] no two seats have the same name, bots included", async () => {
    const ann = await opened({ name: "Ann" });
    await entered(ann.room.roomId, { name: "ANN" });
    await entered(ann.room.roomId, { name: "rivet" });
    await until("all six seats are taken", () => ann.state.roster.size === 6);
    const names = [...ann.state.roster.values()].map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["Ann", "ANN 2", "rivet 2"]));
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(6);
  });

  test("[HOSTED-7] foul words in names and titles are starred, and a name that looks like another one gets a number", async () => {
    const ann = await withSettings({ title: "fuck off" }, { name: "Ann" });
    const titleIn = ({ state }: Person) => JSON.parse(state.settings).title;
    expect(titleIn(ann)).toBe("**** off");
    await ann.host({ do: "settings", change: { title: "ѕһit happens" } });
    await until("the new title is there", () => titleIn(ann) === "**** happens");
    // The first letter is Cyrillic.
    for (const name of ["Аnn", "Mr fuck"]) await entered(ann.room.roomId, { name });
    const names = () => [...ann.state.roster.values()].map((seat) => seat.name);
    await until("all are here", () => names().length === 3);
    expect(names()).toEqual(["Ann", "Аnn 2", "Mr ****"]);
  });
});

describe("admission", () => {
  test("[HOSTED-10] a wrong password is refused, always with the same code", async () => {
    const ann = await withSettings({}, { password: "sésame" });
    const code = ann.room.roomId;
    expect(ann.state.password).toBe(true);
    for (const password of ["", "sesame", "sésam", "sésame "]) {
      expect(await refusalOf(enterRoom(server, code, { password }))).toBe(REFUSAL.wrongPassword);
    }
    const ben = await entered(code, { password: "sésame" });
    expect(ben.state.roster.size).toBe(2);
    expect(JSON.stringify(ben.state.toJSON())).not.toContain("sésame");
  });

  test("[HOSTED-11] a locked room refuses newcomers, but not the owners of kept seats", async () => {
    const ann = await withSettings({});
    const ben = await entered(ann.room.roomId);
    expect(await ann.host({ do: "lock", locked: true })).toEqual({ ok: true });
    expect(await refusalOf(enterRoom(server, ann.room.roomId))).toBe(REFUSAL.roomLocked);
    expect(await refusalOf(enterRoom(server, ann.room.roomId, { spectate: true }))).toBe(REFUSAL.roomLocked);
    server.cut(ben.room);
    await until("Ben is away", () => ann.state.roster.get(ben.id)?.connected === false);
    const back = await returnTo(server, ben);
    here.push(back);
    expect(back.id).toBe(ben.id);
    await ann.host({ do: "lock", locked: false });
    await entered(ann.room.roomId);
  });

  test("[HOSTED-12] a full room refuses players; kept seats count, spectators do not", async () => {
    const ann = await withSettings({ players: 2 });
    const code = ann.room.roomId;
    await entered(code, { spectate: true });
    const ben = await entered(code);
    expect(await refusalOf(enterRoom(server, code))).toBe(REFUSAL.roomFull);
    server.cut(ben.room);
    await until("Ben is away", () => ann.state.roster.get(ben.id)?.connected === false);
    expect(await refusalOf(enterRoom(server, code))).toBe(REFUSAL.roomFull);
    here.push(await returnTo(server, ben));
  });

  test("[HOSTED-13] a room admits SPECTATORS_MAX spectators, or none if its settings say so", async () => {
    const ann = await withSettings({ players: 2 });
    const code = ann.room.roomId;
    for (let i = 0; i < SPECTATORS_MAX; i++) await entered(code, { spectate: true });
    expect(await refusalOf(enterRoom(server, code, { spectate: true }))).toBe(REFUSAL.roomFull);
    await entered(code);
    const shy = await withSettings({ spectating: "off" });
    expect(await refusalOf(enterRoom(server, shy.room.roomId, { spectate: true }))).toBe(
      REFUSAL.noSpectators,
    );
  });

  test("[HOSTED-14] a refused client leaves no seat, and others get no notice of it", async () => {
    const ann = await withSettings({}, { password: "sesame" });
    await refusalOf(enterRoom(server, ann.room.roomId, { name: "Eve" }));
    await until("the connection is gone", () => server.roomOf(ann.room).clients.length === 1);
    await ann.host({ do: "lock", locked: true });
    expect(server.roomOf(ann.room).state.roster.size).toBe(1);
    expect(ann.notices.filter(({ type }) => type !== "host")).toEqual([]);
  });
});

describe("lifetime", () => {
  test("[HOSTED-20] after all clients drop and reconnect, seats, drones and host are the same, and no tick ran meanwhile", async () => {
    const ann = await withSettings({ bots: 2 });
    const ben = await entered(ann.room.roomId);
    const room = server.roomOf(ann.room);
    const drone = room.state.drones.get(ben.id);
    for (const { room } of [ann, ben]) server.cut(room);
    await until("the room is empty", () => room.clients.length === 0);
    const { tick } = room.state;
    passTime(room, EMPTY_ROOM_MS / 2);
    const { elapsedTime } = room.clock;
    await until("half the time is over", () => room.clock.elapsedTime > elapsedTime + 500);
    expect(room.state.tick).toBe(tick);
    here.push(await returnTo(server, ben), await returnTo(server, ann));
    await until("time goes on", () => room.state.tick > tick);
    expect(room.state.drones.get(ben.id)).toBe(drone);
    await until("Ann is host again", () => room.state.roster.get(ann.id)?.rank === RANK.host);
    expect(room.state.roster.get(ben.id)?.rank).toBe(RANK.player);
  });

  test("[HOSTED-21] an empty room ends after five minutes; a player who joins before becomes its host", async () => {
    const ann = await withSettings({});
    const room = server.roomOf(ann.room);
    const code = ann.room.roomId;
    await ann.room.leave();
    passTime(room, EMPTY_ROOM_MS - 2000);
    const { elapsedTime } = room.clock;
    await until("the clock has advanced", () => room.clock.elapsedTime > elapsedTime);
    const ben = await entered(code, { name: "Ben" });
    expect(ben.state.roster.get(ben.id)).toMatchObject({ rank: RANK.host });
    passTime(room, EMPTY_ROOM_MS);
    const { elapsedTime: then } = room.clock;
    await until("the clock has advanced again", () => room.clock.elapsedTime > then);
    ben.steer();
    const { tick } = room.state;
    await until("the room lives on with Ben in it", () => room.state.tick > tick);
    await ben.room.leave();
    passTime(room, EMPTY_ROOM_MS + 1000);
    await until("it is gone", () => matchMaker.getLocalRoomById(code) === undefined);
    expect(await refusalOf(enterRoom(server, code))).not.toBe("let in");
  });

  test("[HOSTED-22] a refused join does not keep an empty room alive", async () => {
    const ann = await withSettings({}, { password: "sesame" });
    const room = server.roomOf(ann.room);
    await ann.room.leave();
    passTime(room, EMPTY_ROOM_MS - 1500);
    expect(await refusalOf(enterRoom(server, ann.room.roomId))).toBe(REFUSAL.wrongPassword);
    await until("it is gone", () => matchMaker.getLocalRoomById(ann.room.roomId) === undefined, 4000);
  });

  test("[HOSTED-23] a room that its creator never enters ends like a public one", async () => {
    const maker = await somebody(server);
    const { roomId } = await maker.reserve({ private: true }, "create");
    await until("it is gone", () => matchMaker.getLocalRoomById(roomId) === undefined, 15_000);
  });

  test("[HOSTED-24] a seat is kept for the time that the settings say", async () => {
    const ann = await withSettings({ seatKeptSec: 120 });
    const ben = await entered(ann.room.roomId);
    const keep = vi.spyOn(server.roomOf(ann.room), "allowReconnection");
    server.cut(ben.room);
    await until("Ben is away", () => ann.state.roster.get(ben.id)?.connected === false);
    expect(keep).toHaveBeenCalledWith(expect.anything(), 120);
    await ann.host({ do: "settings", change: { seatKeptSec: 45 } });
    const back = await returnTo(server, ben);
    server.cut(back.room);
    await until("Ben is away again", () => keep.mock.calls.length === 2);
    expect(keep).toHaveBeenLastCalledWith(expect.anything(), 45);
  });
});

test("[HOSTED-30] other clients get a notice when somebody joins, drops, returns or leaves", async () => {
  const ann = await withSettings({});
  const ben = await entered(ann.room.roomId, { name: "Ben" });
  await until("joined", () => ann.told("joined").length === 1);
  server.cut(ben.room);
  await until("away", () => ann.told("away").length === 1);
  const back = await returnTo(server, ben);
  await until("back", () => ann.told("back").length === 1);
  await back.room.leave();
  await until("left", () => ann.told("left").length === 1);
  const eve = await entered(ann.room.roomId, { name: "Eve", spectate: true });
  await until("Eve joined", () => ann.told("joined").length === 2);
  expect(ann.notices.slice(-5)).toEqual([
    { type: "joined", name: "Ben", spectating: false },
    { type: "away", name: "Ben" },
    { type: "back", name: "Ben" },
    { type: "left", name: "Ben", why: "left" },
    { type: "joined", name: "Eve", spectating: true },
  ]);
  expect(eve.notices).toEqual([]);
});
