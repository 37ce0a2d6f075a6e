/** Places that nobody uses, rooms in which nobody plays, and how many places one person and one network may take. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { freshAddress, Guest } from "#server/testing/asking.ts";
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
import { SPECTATOR_DELAY_MS } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { IDLE_ANSWER_MS, IDLE_ASKED_MS } from "./activity.ts";
import { SEAT_KEPT_WHEN_FULL_MS } from "./membership.ts";

/** Places for players in a public room: one network may take four. */
const PLACES = 6;

let server: TestServer;
const here: Person[] = [];
const settled = (person: Person) => {
  here.push(person);
  return person;
};
/** Enters a new public room, or by quick play any. */
const play = async (guest?: Guest, method: "create" | "joinOrCreate" = "create") => {
  const by = guest ?? (await somebody(server));
  return settled(new Person(by, await by.play({ name: "Ann" }, method)));
};
const host = async (settings: object = {}) =>
  settled(await openRoom(server, { settings: RoomSettings.parse({ bots: 2, ...settings }) }));
const enter = async ({ room }: { room: ArenaClient }, options: object = {}, by?: Guest) =>
  settled(await enterRoom(server, room.roomId, options, by));
const statusOf = async (guest: Guest, { room }: Person, options: object = {}) =>
  (await guest.askSeat(options, "joinById", room.roomId)).status;
const pass = async (room: ArenaRoom, ms: number) => {
  passTime(room, ms);
  const { elapsedTime } = room.clock;
  await until("the room's clock has advanced", () => room.clock.elapsedTime > elapsedTime);
};
/** Until who does nothing was asked, and is idle. */
const passIdle = async (room: ArenaRoom) => {
  await pass(room, IDLE_ASKED_MS);
  await pass(room, IDLE_ANSWER_MS);
};
/** Whether the room runs ticks while its clock advances by half a second. */
const runs = async (room: ArenaRoom) => {
  const { tick } = room.state;
  const { elapsedTime } = room.clock;
  await until("half a second", () => room.clock.elapsedTime > elapsedTime + 500);
  return room.state.tick > tick + 5;
};

beforeAll(async () => {
  server = await bootServer({ ...BEHIND_PROXY, roomPlayers: PLACES });
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

describe("one person", () => {
  test("[ONESEAT-1] has one seat in a room, whether to play or to watch", async () => {
    for (const ann of [await play(), await host()]) {
      const { guest } = ann;
      for (const options of [{}, { spectate: true }]) {
        expect(await statusOf(guest, ann, options)).toBe(REFUSAL.alreadyHere);
      }
      const friend = await somebody(server, { address: guest.address });
      expect(await statusOf(friend, ann)).toBe(200);
    }
  });

  test("[ONESEAT-2] who dropped out of a public room and joins anew gives the kept seat up, and keeps the name", async () => {
    const ann = await play();
    const other = await enter(ann, { name: "Ben" });
    const { state } = server.roomOf(ann.room);
    server.cut(ann.room);
    await until("Ann's seat is kept", () => state.roster.get(ann.id)?.connected === false);
    const again = await enter(other, { name: "Ann" }, ann.guest);
    expect(state.roster.has(ann.id)).toBe(false);
    expect(state.roster.get(again.id)?.name).toBe("Ann");
  });

  test("[ONESEAT-5] does not wait for a place that their own kept seat takes", async () => {
    const address = freshAddress();
    const ann = await play(await somebody(server, { address }));
    for (let i = 0; i < 3; i++) await enter(ann, {}, await somebody(server, { address }));
    server.cut(ann.room);
    await until("away", () => server.roomOf(ann.room).state.roster.get(ann.id)?.connected === false);
    // The four hold their network's share.
    expect(await statusOf(await somebody(server, { address }), ann)).toBe(REFUSAL.networkFull);
    await enter(ann, {}, ann.guest);
  });

  test("[ONESEAT-7] who asks a full room anew frees their own kept seat, however short it was kept", async () => {
    const ann = await play();
    const others = [];
    for (let i = 1; i < PLACES; i++) others.push(await enter(ann));
    const room = server.roomOf(ann.room);
    server.cut(others[0]?.room as ArenaClient);
    server.cut(ann.room);
    await until(
      "both are away",
      () => [...room.state.roster.values()].filter((seat) => !seat.connected).length === 2,
    );
    expect(await statusOf(ann.guest, ann)).toBe(REFUSAL.roomFull);
    await until("hers is free", () => !room.state.roster.has(ann.id));
    expect(room.state.roster.has(others[0]?.id ?? "")).toBe(true);
    expect(await statusOf(ann.guest, ann)).toBe(200);
  });

  test("[ONESEAT-6] without an identity is bound by the share of their network in a hosted room as well", async () => {
    const ann = await host();
    const address = freshAddress();
    const nobody = () => new Guest(server, { address });
    for (let i = 0; i < 4; i++) await enter(ann, {}, nobody());
    expect(await statusOf(nobody(), ann)).toBe(REFUSAL.networkFull);
    expect(await statusOf(await somebody(server, { address }), ann)).toBe(200);
  });

  test("[ONESEAT-3] who dropped out of a hosted room takes the kept seat back, and gets no other", async () => {
    const ann = await host();
    server.cut(ann.room);
    await until("away", () => server.roomOf(ann.room).state.roster.get(ann.id)?.connected === false);
    expect(await statusOf(ann.guest, ann)).toBe(REFUSAL.alreadyHere);
    settled(await returnTo(server, ann));
  });
});

test("[ONESEAT-4] one network takes half of a public room's places, at least four; others find the rest", async () => {
  const address = freshAddress();
  const first = await play(await somebody(server, { address }));
  for (let i = 0; i < 3; i++) await enter(first, {}, await somebody(server, { address }));
  const fifth = await somebody(server, { address });
  expect(await statusOf(fifth, first)).toBe(REFUSAL.networkFull);
  // Quick play leads on to another room.
  expect((await play(fifth, "joinOrCreate")).room.roomId).not.toBe(first.room.roomId);
  await enter(first);
  const watcher = await enterRoom(
    server,
    first.room.roomId,
    { spectate: true },
    await somebody(server, { address }),
    "early",
  );
  settled(watcher);
  expect(await watcher.place({ to: "players" })).toEqual({ ok: false, reason: "networkFull" });
});

test("[WATCH-8] public rooms are watched ten seconds late", async () => {
  const ann = await play();
  expect(JSON.parse(ann.state.settings)).toMatchObject({ spectating: "delayed" });
  const eve = settled(
    await enterRoom(server, ann.room.roomId, { spectate: true }, await somebody(server), "early"),
  );
  await until("Eve learns it", () => eve.told("late").length === 1);
  expect(eve.told("late")).toEqual([{ type: "late", inMs: SPECTATOR_DELAY_MS }]);
});

test("[WATCH-11] a player who begins to watch late is told so, and not again with the next match", async () => {
  const ann = await host({ spectating: "delayed" });
  const ben = await enter(ann);
  expect(await ben.place({ to: "spectators" })).toEqual({ ok: true });
  await until("Ben learns it", () => ben.told("late").length === 1);
  await ann.host({ do: "restart" });
  await until("the next patch", () => ann.state.tick > 0);
  expect(ben.told("late")).toHaveLength(1);
});

describe("idle players", () => {
  test("[IDLE-4] of a public room are asked, and removed if they do not answer; who plays stays", async () => {
    const ann = await play();
    const ben = await enter(ann);
    const room = server.roomOf(ann.room);
    await pass(room, IDLE_ASKED_MS);
    await until("both are asked", () => [ann, ben].every((each) => each.told("idle").length === 1));
    ben.steer();
    await until("Ben has answered", () => ben.told("active").length === 1);
    await pass(room, IDLE_ANSWER_MS);
    await until("Ann is removed", () => ann.code === CLOSE.idle);
    await until("Ben reads why", () => ben.told("left").some(({ why }) => why === "idle"));
    expect([room.state.roster.has(ann.id), ben.room.connection.isOpen]).toEqual([false, true]);
    // Nothing of hers is kept, and she may come back.
    await enter(ben, {}, ann.guest);
  });

  test("[IDLE-5] do not keep a public room's place by dropping and returning", async () => {
    const ann = await play();
    const ben = await enter(ann);
    const room = server.roomOf(ann.room);
    await pass(room, IDLE_ASKED_MS / 2);
    ben.steer();
    server.cut(ann.room);
    await until("away", () => room.state.roster.get(ann.id)?.connected === false);
    const back = settled(await returnTo(server, ann));
    await pass(room, IDLE_ASKED_MS / 2);
    await until("she is asked all the same", () => back.told("idle").length === 1);
  });

  test("[IDLE-6] of a hosted room are asked and stay, and everybody is told that the room stands still until one of them does something", async () => {
    const ann = await host();
    const ben = await enter(ann);
    const eve = await enter(ann, { spectate: true });
    const room = server.roomOf(ann.room);
    expect(await runs(room)).toBe(true);
    await passIdle(room);
    expect(await runs(room)).toBe(false);
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    expect(await runs(room)).toBe(false);
    expect([ann, ben].map((each) => each.told("idle").length)).toEqual([1, 1]);
    const dan = await enter(ann, { spectate: true });
    for (const each of [eve, dan]) expect(each.told("still")).toEqual([{ type: "still", isStill: true }]);
    ben.steer();
    await until("time goes on", () => eve.told("still").at(-1)?.isStill === false);
    expect(await runs(room)).toBe(true);
    expect(here.every(({ room: { connection } }) => connection.isOpen)).toBe(true);
  });

  test("[IDLE-10] of a paused room are not idle", async () => {
    const ann = await host({ players: 2 });
    const ben = await enter(ann);
    const room = server.roomOf(ann.room);
    await ann.host({ do: "start" });
    await until("the match counts down", () => room.state.phase !== "waiting");
    expect(await ann.host({ do: "pause" })).toEqual({ ok: true });
    await passIdle(room);
    expect(await statusOf(await somebody(server), ann)).toBe(REFUSAL.roomFull);
    await ann.host({ do: "start" });
    expect(await runs(room)).toBe(true);
    expect([ann, ben].flatMap((each) => each.told("idle"))).toEqual([]);
    expect(room.state.roster.has(ben.id)).toBe(true);
  });

  test("[IDLE-11] of a public room who drop after they were asked hear on return how long they still have", async () => {
    const ann = await play();
    await enter(ann);
    const room = server.roomOf(ann.room);
    await pass(room, IDLE_ASKED_MS);
    await until("she is asked", () => ann.told("idle").length === 1);
    server.cut(ann.room);
    await until("away", () => room.state.roster.get(ann.id)?.connected === false);
    await pass(room, IDLE_ANSWER_MS / 2);
    const back = settled(await returnTo(server, ann));
    await until("she is asked again", () => back.told("idle").length === 1);
    expect(back.told("idle")[0]?.inMs).toBeLessThanOrEqual(IDLE_ANSWER_MS / 2);
  });

  test("[IDLE-7] an equal command in every tick keeps no room going, and is acknowledged all the same", async () => {
    const ann = await host();
    const room = server.roomOf(ann.room);
    ann.steer(1);
    await until("the command is there", () => room.state.drones.get(ann.id)?.vx !== 0);
    await passIdle(room);
    expect(await runs(room)).toBe(false);
    for (let i = 0; i < 20; i++) {
      ann.steer(1);
      const { elapsedTime } = room.clock;
      await until("a tick's time", () => room.clock.elapsedTime > elapsedTime);
    }
    await until("none waits", () => room.inputs.get(ann.id).size === 0);
    expect(await runs(room)).toBe(false);
  });
});

test("[HOSTED-25] a room of bots and spectators stands still, and goes on with the first player", async () => {
  const ann = await host();
  const room = server.roomOf(ann.room);
  expect(await ann.place({ to: "spectators" })).toEqual({ ok: true });
  expect(await runs(room)).toBe(false);
  expect(await ann.place({ to: "players" })).toEqual({ ok: true });
  expect(await runs(room)).toBe(true);
});

test("[SEAT-7] a seat kept for 10 s is given up when a full room is asked for a place, and not before", async () => {
  const ann = await host({ players: 2 });
  const ben = await enter(ann);
  const room = server.roomOf(ann.room);
  server.cut(ben.room);
  await until("Ben's seat is kept", () => room.state.roster.get(ben.id)?.connected === false);
  const dan = await somebody(server);
  expect(await statusOf(dan, ann)).toBe(REFUSAL.roomFull);
  expect(room.state.roster.has(ben.id)).toBe(true);
  await pass(room, SEAT_KEPT_WHEN_FULL_MS);
  expect(room.state.roster.has(ben.id)).toBe(true);
  expect(await statusOf(dan, ann)).toBe(REFUSAL.roomFull);
  await until("his seat is free", () => !room.state.roster.has(ben.id));
  expect(await statusOf(dan, ann)).toBe(200);
});

test("[EDGE-FULL-6] one idle player of a hosted room makes way when somebody asks for a place that is not there", async () => {
  const ann = await host({ players: 3 });
  const ben = await enter(ann);
  const cat = await enter(ann);
  const room = server.roomOf(ann.room);
  await passIdle(room);
  ann.steer();
  await until("Ann plays", () => room.state.drones.get(ann.id)?.vx !== 0);
  const dan = await somebody(server);
  expect(await statusOf(dan, ann)).toBe(REFUSAL.roomFull);
  await until("Ben has made way", () => ben.code === CLOSE.idle);
  expect(await statusOf(dan, ann)).toBe(200);
  expect([ann, cat].every(({ room: { connection } }) => connection.isOpen)).toBe(true);
});
