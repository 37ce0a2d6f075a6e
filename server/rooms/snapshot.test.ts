/** A room that closes and is opened again from its snapshot, as its clients see it: SDK clients that reconnect by themselves. */
import { matchMaker } from "@colyseus/core";
import { getStateCallbacks } from "@colyseus/sdk";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { type Progress, provideProgress } from "#server/services/progress.ts";
import { type ArenaClient, bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  leaveAll,
  openRoom,
  Person,
  passTime,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import { EMPTY_ROOM_MS } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE, ROOM } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { PROTOCOL_VERSION } from "#shared/protocol/version.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import { type ArenaState, OWN_FIELDS, Projectile, RANK, VISIBLE_FIELDS } from "#shared/schema/state.ts";
import { Reopening } from "./snapshot.ts";

let server: TestServer;
const here: Person[] = [];

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

/** The person's SDK comes back by itself, but not before `move` has opened the room again. */
function returning(person: Person): Person {
  Object.assign(person.room.reconnection, { enabled: true, minUptime: 0, minDelay: 300, maxDelay: 300 });
  here.push(person);
  return person;
}

/** Closes the room and opens it again from its snapshot, through JSON; unless told not to, waits until all of them are back. */
async function move(people: readonly Person[], areReturning = true): Promise<RoomSnapshot> {
  const [first] = people as [Person];
  const code = first.room.roomId;
  const room = server.roomOf(first.room);
  const snapshot = RoomSnapshot.parse(JSON.parse(JSON.stringify(room.moving.snapshot())));
  const back = people.map(({ room }) => new Promise<void>((resolve) => room.onReconnect.once(resolve)));
  await room.disconnect(CLOSE.restarting);
  expect(matchMaker.getLocalRoomById(code)).toBeUndefined();
  await matchMaker.handleCreateRoom(ROOM.arena, { reopening: new Reopening(snapshot) }, undefined, code);
  if (!areReturning) return snapshot;
  await Promise.all(back);
  const restored = server.roomOf(first.room);
  expect(restored).not.toBe(room);
  await until("everybody is connected", () =>
    people.every(({ id }) => restored.state.roster.get(id)?.connected === true),
  );
  return snapshot;
}

const settingsOf = (fields: object) => ({ settings: RoomSettings.parse({ bots: 0, ...fields }) });

/** Without the round trips, which are measured anew. */
const rosterOf = ({ roster }: ArenaState) =>
  Array.from(roster.entries(), ([id, seat]) => [id, { ...seat.toJSON(), pingMs: 0 }] as const);

/** Fields of the drones that the client knows, as both sides have them. */
function dronesOf(client: ArenaClient, { drones }: ArenaState) {
  return Array.from(client.state.drones.keys(), (id) => {
    const fields = [...VISIBLE_FIELDS.drone, ...(id === client.sessionId ? OWN_FIELDS : [])];
    const drone = drones.get(id);
    return [id, fields.map((field) => (drone ? Reflect.get(drone, field) : "no such drone"))];
  });
}

interface DecodedRefs {
  refs: Map<number, object>;
}

/** Instances that the client's decoder keeps, and those that its state holds: more would be stale ones. */
function decodedBy({ serializer, state }: ArenaClient) {
  const { refs } = Reflect.get(serializer as object, "decoder").root as DecodedRefs;
  const { drones, projectiles, pickups, flags, awards, candidates, roster } = state;
  const collections = [drones, projectiles, pickups, flags, awards, candidates, roster];
  const held = collections.flatMap((collection) => [...collection.values()] as object[]);
  return { kept: refs.size, held: 1 + collections.length + 1 + new Set(held).size };
}

const SHARED = ["tick", "mode", "phase", "phaseEndsTick", "scoreA", "scoreB", "map", "settings"] as const;
const FLAGS = ["hosted", "held", "paused", "locked", "password"] as const;
const COLLECTIONS = ["flags", "hill", "awards", "candidates"] as const;

/** Everything that the client may know, as this state has it. */
const knownOf = (client: ArenaClient, state: ArenaState) =>
  JSON.parse(
    JSON.stringify([
      ...[...SHARED, ...FLAGS].map((field) => [field, state[field]]),
      ...COLLECTIONS.map((field) => [field, state[field].toJSON()]),
      rosterOf(state),
      dronesOf(client, state),
    ]),
  );

/** Expects the paused world to reach the client, which then knows all that the server has, and nothing else. */
async function assertEqual({ room, state }: Person): Promise<void> {
  const truth = server.roomOf(room).state;
  await vi.waitFor(() => expect(knownOf(room, state)).toEqual(knownOf(room, truth)), 10_000);
  const { kept, held } = decodedBy(room);
  expect(kept).toBe(held);
}

const MAPS = {
  deathmatch: "foundry",
  teamDeathmatch: "foundry",
  captureTheFlag: "causeway",
  kingOfTheHill: "causeway",
} as const;

describe("a room that moves in a match", () => {
  test.each(MODE_NAMES)(
    "[SNAP-1] %s: each client's state equals the server's, nothing doubled or stale",
    async (mode) => {
      const ann = returning(await openRoom(server, settingsOf({ mode, map: MAPS[mode], bots: 3 })));
      const ben = returning(await enterRoom(server, ann.room.roomId, { name: "Ben" }));
      const cleo = returning(await enterRoom(server, ann.room.roomId, { name: "Cleo", spectate: true }));
      await ann.host({ do: "start" });
      await until("the match is live", () => ann.state.phase === "live", 20_000);
      for (const person of [ann, ben]) person.steer(30);
      await until("they have fought", () => ann.state.tick > 150, 20_000);
      await ann.host({ do: "pause" });
      const own = ann.state.drones.get(ann.id);
      const counted = countCallbacks(ann.room);
      const before = rosterOf(ann.state);

      const snapshot = await move([ann, ben, cleo]);
      expect(snapshot.world.drones).toHaveLength(5);
      for (const person of [ann, ben, cleo]) await assertEqual(person);
      expect(rosterOf(ann.state)).toEqual(before);
      expect(ann.state.drones.get(ann.id)).toBe(own);
      expect(counted.seats).toEqual({ added: 0, removed: 0 });

      await ann.host({ do: "start" });
      const { tick } = server.roomOf(ann.room).state;
      for (const person of [ann, ben]) person.steer(30);
      await until("the match goes on", () => ann.state.tick > tick + 60);
      await ann.host({ do: "pause" });
      for (const person of [ann, ben, cleo]) await assertEqual(person);

      // Again: a restored room's snapshot is as good.
      await move([ann, ben, cleo]);
      for (const person of [ann, ben, cleo]) await assertEqual(person);
    },
  );
});

test("[FLIGHT-27] shots in flight go on after a move, as the instances that pages know", async () => {
  const ann = returning(await openRoom(server, settingsOf({ map: "foundry" })));
  await ann.host({ do: "start" });
  await until("the match runs", () => ann.state.tick > 20);
  await ann.host({ do: "pause" });
  const truth = () => server.roomOf(ann.room).state;
  const { x = 0, y = 0 } = truth().drones.get(ann.id) ?? {};
  const shot = { x, y, aim: 1, weapon: 0, owner: ann.id, team: 0, bornTick: truth().tick };
  truth().projectiles.set("7", new Projectile(shot));
  await until("the page sees the shot", () => ann.state.projectiles.has("7"));
  const known = ann.state.projectiles.get("7");
  await move([ann]);
  expect(truth().projectiles.get("7")).toMatchObject({ owner: ann.id, bornTick: shot.bornTick });
  expect(ann.state.projectiles.get("7")).toBe(known);
  await assertEqual(ann);
  await ann.host({ do: "start" });
  // The page no longer knows it once it has left the view.
  await until("the page no longer sees the shot", () => !ann.state.projectiles.has("7"));
  await until("the shot has flown to its end", () => truth().projectiles.size === 0);
});

describe("a room that moves while results show", () => {
  test("[SNAP-6] votes, awards and the time left go on, the next match follows, and each match is kept once", async () => {
    const kept: string[] = [];
    const entering: Progress["entering"] = async (_identity, name) => ({
      name,
      isAccount: false,
      points: {},
    });
    provideProgress({ entering, keep: ({ id }) => void kept.push(id) });
    const ann = returning(await openRoom(server, settingsOf({ vote: true, mode: "teamDeathmatch" })));
    const ben = returning(await enterRoom(server, ann.room.roomId, { name: "Ben" }));
    await ann.host({ do: "start" });
    await until("the match is live", () => ann.state.phase === "live", 20_000);
    // In the match: its result keeps the id that it began with.
    const live = await move([ann, ben]);
    const { tick } = ann.state;
    await until("they play for a second", () => ann.state.tick > tick + 40);
    const truth = () => server.roomOf(ann.room).state;
    truth().scoreA = 3;
    truth().phaseEndsTick = truth().tick;
    await until("the results show", () => ann.state.phase === "results");
    ben.room.send(MESSAGE.vote, { choice: 1 });
    await until("the vote counts", () => ann.state.candidates[1]?.votes === 1);

    const results = await move([ann, ben]);
    expect(results.match).toBeNull();
    expect(results.world.candidates).toHaveLength(3);
    const leftTicks = results.world.state.phaseEndsTick - results.world.state.tick;
    expect(truth().phaseEndsTick - truth().tick).toBeGreaterThan(leftTicks - 90);
    expect(ann.state.candidates[1]?.votes).toBe(1);
    ann.room.send(MESSAGE.vote, { choice: 1 });
    const chosen = results.world.candidates[1];
    await until("the voted match follows", () => ann.state.phase === "live", 20_000);
    expect(ann.state).toMatchObject({ map: chosen?.map, mode: chosen?.mode });
    await expect.poll(() => kept).toEqual([live.match?.id]);
    provideProgress();
  });

  test("[SNAP-5] a seat of another protocol's page is kept, but not for its token", async () => {
    const ann = await openRoom(server, settingsOf({}));
    here.push(ann);
    const room = server.roomOf(ann.room);
    const snapshot = { ...room.moving.snapshot(), protocol: PROTOCOL_VERSION - 1 };
    await room.disconnect(CLOSE.restarting);
    await matchMaker.handleCreateRoom(
      ROOM.arena,
      { reopening: new Reopening(snapshot) },
      undefined,
      room.roomId,
    );
    await expect(returnTo(server, ann)).rejects.toThrow();
    expect(server.roomOf(ann.room).state.roster.get(ann.id)).toMatchObject({
      name: "Host",
      connected: false,
    });
  });
});

/** Counts additions to and removals from the roster from now on, by the SDK's schema callbacks. */
function countCallbacks(room: ArenaClient) {
  const seats = { added: 0, removed: 0 };
  const callbacks = getStateCallbacks(room as never) as unknown as (state: ArenaState) => {
    roster: { onAdd(listener: () => void, immediate: boolean): void; onRemove(listener: () => void): void };
  };
  const { roster } = callbacks(room.state);
  roster.onAdd(() => void seats.added++, false);
  roster.onRemove(() => void seats.removed++);
  return { seats };
}

test("[TOGETHER-18] a room that moves goes on to watch its replay, at the same moment of its clock", async () => {
  const ann = returning(await openRoom(server, settingsOf({})));
  const id = "0193a000-0000-7000-8000-000000000001";
  await ann.host({ do: "screen", id, lengthMs: 600_000, atMs: 1_000 });
  await ann.host({ do: "screenControl", atMs: 2_000, rate: 0.5, isPlaying: true });
  await until("Ann sees it", () => ann.state.screening.includes('"isPlaying":true'));
  const { screening } = ann.state;
  await move([ann]);
  const room = server.roomOf(ann.room);
  expect(room.state.screening).toBe(screening);
  await until("Ann sees it again", () => ann.state.screening === screening);
  expect(room.clock.elapsedTime).toBeGreaterThanOrEqual(JSON.parse(screening).setAtMs);
  expect(await ann.host({ do: "screenEnd" })).toEqual({ ok: true });
  await until("it is over", () => ann.state.screening === "");
  // A file of a version without screenings opens, too.
  const older = JSON.parse(JSON.stringify(room.moving.snapshot()));
  delete older.world.state.screening;
  expect(RoomSnapshot.parse(older).world.state.screening).toBe("");
});

describe("the people of a moved room", () => {
  test("[SNAP-2] ranks, mutes, bans, password, chat and settings hold", async () => {
    const ann = returning(await openRoom(server, { ...settingsOf({ listed: true }), password: "secret" }));
    const code = ann.room.roomId;
    const joined = async (name: string) =>
      returning(await enterRoom(server, code, { name, password: "secret" }));
    const [ben, cleo, dan] = [await joined("Ben"), await joined("Cleo"), await joined("Dan")];
    await ann.host({ do: "cohost", seat: ben.id, cohost: true });
    await ann.host({ do: "mute", seat: cleo.id, muted: true });
    await ann.host({ do: "ban", seat: dan.id });
    await ann.host({ do: "lock", locked: false });
    await until("Dan is gone", () => dan.code === CLOSE.banned && !ann.state.roster.has(dan.id));
    await ben.room.request(MESSAGE.chat, { scope: "all", text: "before the move" });

    const lines: unknown[] = [];
    ann.room.onMessage(
      MESSAGE.chat,
      (some: { said: unknown }[]) => void lines.push(...some.map(({ said }) => said)),
    );
    await move([ann, ben, cleo]);

    await until("the new state", () => ben.state.roster.get(ben.id)?.connected === true);
    expect(ben.state.roster.get(ann.id)?.rank).toBe(RANK.host);
    await expect.poll(() => ben.state.roster.get(ben.id)).toMatchObject({ name: "Ben", rank: RANK.cohost });
    expect(ben.state.password).toBe(true);
    await until("Ann has the chat", () => lines.length === 1);
    expect(lines).toEqual([{ text: "before the move" }]);
    expect(await cleo.room.request(MESSAGE.chat, { scope: "all", text: "psst" })).toMatchObject({
      reason: "muted",
    });
    const refused = (asked: Promise<unknown>) =>
      asked.then(
        () => "let in",
        ({ code }) => code,
      );
    expect(await refused(enterRoom(server, code, { password: "secret" }, dan.guest))).toBe(REFUSAL.banned);
    expect(await refused(enterRoom(server, code, { password: "wrong" }))).toBe(REFUSAL.wrongPassword);
    expect(await ben.host({ do: "kick", seat: cleo.id })).toEqual({ ok: true });
    await until("Cleo is gone", () => !ann.state.roster.has(cleo.id));
  });

  test("[SNAP-3] a seat is reopened by its owner only, and is free when nobody comes", async () => {
    const ann = returning(await openRoom(server, settingsOf({})));
    const ben = await enterRoom(server, ann.room.roomId, { name: "Ben" });
    const ccu = matchMaker.stats.local.ccu;
    await move([ann]);
    const room = server.roomOf(ann.room);
    const clients = async () => (await matchMaker.query({ roomId: room.roomId }))[0]?.clients;
    expect([matchMaker.stats.local.ccu, await clients()]).toEqual([ccu, 2]);
    await expect.poll(() => ann.state.roster.get(ben.id)).toMatchObject({ name: "Ben", connected: false });

    const thief = await somebody(server);
    const stolen = returnTo(server, new Person(thief, ben.room));
    await expect(stolen).rejects.toMatchObject({ code: REFUSAL.badToken });
    const back = await returnTo(server, ben);
    expect(back.id).toBe(ben.id);
    await back.room.leave();
    await until("Ben is gone", () => !ann.state.roster.has(ben.id));
    expect([matchMaker.stats.local.ccu, await clients()]).toEqual([ccu - 1, 1]);
  });

  test("[SNAP-4] the seat of somebody who does not come back is free again, and a room that stays empty ends", async () => {
    const ann = await openRoom(server, settingsOf({ seatKeptSec: 30 }));
    const ccu = matchMaker.stats.local.ccu;
    await move([ann], false);
    const room = server.roomOf(ann.room);
    expect(room.state.roster.get(ann.id)).toMatchObject({ connected: false, rank: RANK.host });
    room.membership.freePlace(ann.id);
    await until("the seat is free", () => !room.state.roster.has(ann.id));
    await until("nobody is counted", () => matchMaker.stats.local.ccu === ccu - 1);
    expect(matchMaker.getLocalRoomById(room.roomId)).toBe(room);
    passTime(room, EMPTY_ROOM_MS);
    await until("the room has ended", () => !matchMaker.getLocalRoomById(room.roomId));
  });
});
