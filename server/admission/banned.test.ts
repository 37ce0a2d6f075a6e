/** A ban holds however who was banned comes back, and for nobody else. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  openRoom,
  type Person,
  passTime,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import { EMPTY_ROOM_MS } from "#shared/config.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import { mayReturn } from "./bans.ts";

let server: TestServer;
let ann: Person;
let troll: Person;
/** The banned one's, with others behind it. */
let address: string;
const here: Person[] = [];
const enter = async (by: Guest, options: object = {}) => {
  const person = await enterRoom(server, ann.room.roomId, options, by);
  here.push(person);
  return person;
};
const refusalOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "let in",
    (error) => error.code,
  );
const seats = () => [...server.roomOf(ann.room).state.roster.keys()];

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
beforeEach(async () => {
  ann = await openRoom(server, { name: "Ann", settings: RoomSettings.parse({ bots: 0 }) });
  here.push(ann);
  address = freshAddress();
  troll = await enter(await somebody(server, { address }), { name: "Troll" });
});
afterEach(async () => {
  const open = here.splice(0).filter(({ room }) => room.connection.isOpen);
  await Promise.all(open.map(({ room }) => room.leave()));
});
afterAll(() => server.close());

const ban = async () => {
  expect(await ann.host({ do: "ban", seat: troll.id })).toEqual({ ok: true });
  await until("the banned one is told", () => troll.code !== undefined);
};

test("[BANNED-1] told so, gone at once, and everybody else hears it", async () => {
  await ban();
  expect(troll.code).toBe(CLOSE.banned);
  await until("Ann is told", () => ann.told("left").length === 1);
  expect(ann.told("left")).toEqual([{ type: "left", name: "Troll", why: "banned" }]);
  expect(seats()).toEqual([ann.id]);
});

test("[BANNED-2] the same identity under a new name, from the same network or from another one: kept out", async () => {
  await ban();
  const elsewhere = new Guest(server, { address: freshAddress(), token: troll.guest.token });
  for (const guest of [troll.guest, elsewhere]) {
    for (const options of [{ name: "Somebody" }, { spectate: true }]) {
      expect(await refusalOf(enter(guest, options))).toBe(REFUSAL.banned);
    }
  }
});

test("[BANNED-3] a new identity from the same network, or none: kept out; from another network it is somebody else", async () => {
  await ban();
  expect(await refusalOf(enter(await somebody(server, { address })))).toBe(REFUSAL.banned);
  expect(await refusalOf(enter(new Guest(server, { address })))).toBe(REFUSAL.banned);
  await enter(await somebody(server));
});

test("[BANNED-4] with the token of the seat, asked for or knocked with: no seat", async () => {
  const { roomId, sessionId, reconnectionToken } = troll.room;
  const key = reconnectionToken.split(":")[1] ?? "";
  await ban();
  await expect(returnTo(server, troll)).rejects.toThrow();
  const { processId } = await troll.guest.reserve({}, "joinOrCreate");
  const knock = await troll.guest.knock({ processId, roomId, sessionId }, { reconnectionToken: key });
  await until("it is shown out", () => knock.status !== 101 || knock.socket?.closed === true);
  expect(seats()).toEqual([ann.id]);
  expect(mayReturn(roomId, { identity: undefined, network: address })).toBe(false);
});

test("[BANNED-5] while away, and in every tab at once", async () => {
  const tab = await enter(troll.guest, { name: "Tab", spectate: true });
  server.cut(troll.room);
  await until("away", () => server.roomOf(ann.room).state.roster.get(troll.id)?.connected === false);
  expect(await ann.host({ do: "ban", seat: tab.id })).toEqual({ ok: true });
  await until("both seats are gone", () => seats().length === 1);
  await until("the tab is told", () => tab.code === CLOSE.banned);
  await expect(returnTo(server, troll)).rejects.toThrow();
});

test("[BANNED-6] a household shares an address: who was there gets in again, who was not does not", async () => {
  const sister = await enter(await somebody(server, { address }), { name: "Sister" });
  await ban();
  expect(sister.room.connection.isOpen).toBe(true);
  await sister.room.leave();
  await enter(sister.guest, { name: "Sister" });
  expect(await refusalOf(enter(await somebody(server, { address })))).toBe(REFUSAL.banned);
});

test("[BANNED-7] for the room's life, also while it stands empty, and in no other room; forgiven, all may come", async () => {
  await ban();
  const room = server.roomOf(ann.room);
  server.cut(ann.room);
  await until("nobody is there", () => room.clients.length === 0);
  passTime(room, EMPTY_ROOM_MS / 2);
  expect(await refusalOf(enter(troll.guest))).toBe(REFUSAL.banned);
  const back = await returnTo(server, ann);
  here.push(back);
  const other = await openRoom(server, { name: "Ben" });
  here.push(other, await enterRoom(server, other.room.roomId, {}, troll.guest));
  expect(await back.host({ do: "forgiveAll" })).toEqual({ ok: true });
  await enter(troll.guest);
});

test("[BANNED-8] a co-host cannot ban the host through a second seat that the host has here", async () => {
  const ben = await enter(await somebody(server, { address: freshAddress() }), { name: "Ben" });
  const tab = await enter(ann.guest, { name: "Ann", spectate: true });
  expect(await ann.host({ do: "cohost", seat: ben.id, cohost: true })).toEqual({ ok: true });
  expect(await ben.host({ do: "ban", seat: tab.id })).toEqual({ ok: false, reason: "notOnThem" });
  expect(seats()).toContain(ann.id);
  expect(await ben.host({ do: "ban", seat: troll.id })).toEqual({ ok: true });
});

test("[BANNED-9] who was muted by the host is still muted in a new seat", async () => {
  expect(await ann.host({ do: "mute", seat: troll.id, muted: true })).toEqual({ ok: true });
  await troll.room.leave();
  await until("the seat is free", () => !seats().includes(troll.id));
  const again = await enter(troll.guest, { name: "Somebody" });
  const muted = () => server.roomOf(ann.room).state.roster.get(again.id)?.muted;
  expect(muted()).toBe(true);
  expect(await ann.host({ do: "mute", seat: again.id, muted: false })).toEqual({ ok: true });
  expect(muted()).toBe(false);
});
