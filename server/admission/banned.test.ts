/** Bans on a booted server: every way back into the room is closed to the banned visitor, and to no one else. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { freshAddress, Guest } from "#server/testing/asking.ts";
import { bootServer, TEST_PROCESSES, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  openRoom,
  type Person,
  passTime,
  returnTo,
  somebody,
} from "#server/testing/company.ts";
import { rowOf } from "#server/testing/roomProcesses.ts";
import { EMPTY_ROOM_MS } from "#shared/config.ts";
import { CHAT_RATE } from "#shared/protocol/chat.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";

let server: TestServer;
let ann: Person;
let troll: Person;
/** The address of the banned player, which other players share. */
let address: string;
const people: Person[] = [];
const enter = async (by: Guest, options: object = {}) => {
  const person = await enterRoom(server, ann.room.roomId, options, by);
  people.push(person);
  return person;
};
const refusalOf = (entry: Promise<unknown>) =>
  entry.then(
    () => "let in",
    (error) => error.code,
  );
/** As Ann sees them, with the next patch. */
const seats = () => [...ann.state.roster.keys()];
const isMuted = (person: Person, muted = true) =>
  expect.poll(() => ann.state.roster.get(person.id)?.muted).toBe(muted);

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
beforeEach(async () => {
  ann = await openRoom(server, { name: "Ann", settings: RoomSettings.parse({ bots: 0 }) });
  people.push(ann);
  address = freshAddress();
  troll = await enter(await somebody(server, { address }), { name: "Troll" });
});
afterEach(async () => {
  const open = people.splice(0).filter(({ room }) => room.connection.isOpen);
  await Promise.all(open.map(({ room }) => room.leave()));
});
afterAll(() => server.close());

const ban = async () => {
  expect(await ann.host({ do: "ban", seat: troll.id })).toEqual({ ok: true });
  await until("the banned player is disconnected", () => troll.code !== undefined);
};

test("[BANNED-1] a ban disconnects the player at once, with a code of its own, and notifies the others", async () => {
  await ban();
  expect(troll.code).toBe(CLOSE.banned);
  await until("Ann is notified", () => ann.told("left").length === 1);
  expect(ann.told("left")).toEqual([{ type: "left", name: "Troll", why: "banned" }]);
  await expect.poll(seats).toEqual([ann.id]);
});

test("[BANNED-2] a banned identity is refused under any name, from any network, as player and as spectator", async () => {
  await ban();
  const elsewhere = new Guest(server, { address: freshAddress(), token: troll.guest.token });
  for (const guest of [troll.guest, elsewhere]) {
    for (const options of [{ name: "Somebody" }, { spectate: true }]) {
      expect(await refusalOf(enter(guest, options))).toBe(REFUSAL.banned);
    }
  }
});

test("[BANNED-3] a new identity, or none, is refused from the banned network and admitted from another one", async () => {
  await ban();
  expect(await refusalOf(enter(await somebody(server, { address })))).toBe(REFUSAL.banned);
  expect(await refusalOf(enter(new Guest(server, { address })))).toBe(REFUSAL.banned);
  await enter(await somebody(server));
});

test("[BANNED-4] the token of a banned seat opens neither matchmaking nor a handshake", async () => {
  const { roomId, sessionId, reconnectionToken } = troll.room;
  const key = reconnectionToken.split(":")[1] ?? "";
  await ban();
  await expect(returnTo(server, troll)).rejects.toThrow();
  const { processId } = await troll.guest.reserve({}, "joinOrCreate");
  const knock = await troll.guest.knock({ processId, roomId, sessionId }, { reconnectionToken: key });
  await until(
    "the handshake fails or the socket closes",
    () => knock.status !== 101 || knock.socket?.closed === true,
  );
  await expect.poll(seats).toEqual([ann.id]);
  expect(await refusalOf(enter(new Guest(server, { address })))).toBe(REFUSAL.banned);
});

test("[BANNED-5] a ban gives up the kept seat of a dropped player at once", async () => {
  server.cut(troll.room);
  await until("the troll is away", () => ann.state.roster.get(troll.id)?.connected === false);
  expect(await ann.host({ do: "ban", seat: troll.id })).toEqual({ ok: true });
  await until("the seat is gone", () => seats().length === 1);
  await expect(returnTo(server, troll)).rejects.toThrow();
});

test("[BANNED-6] players who share the banned address may return if they had a seat, and are refused otherwise", async () => {
  const sister = await enter(await somebody(server, { address }), { name: "Sister" });
  await ban();
  expect(sister.room.connection.isOpen).toBe(true);
  await sister.room.leave();
  await enter(sister.guest, { name: "Sister" });
  expect(await refusalOf(enter(await somebody(server, { address })))).toBe(REFUSAL.banned);
});

test("[BANNED-7] a ban holds while the room stands empty, not in other rooms, and until it is forgiven", async () => {
  await ban();
  server.cut(ann.room);
  await until("the room is empty", () => rowOf(server, ann)?.metadata?.players === 0);
  if (TEST_PROCESSES === 1) passTime(server.roomOf(ann.room), EMPTY_ROOM_MS / 2);
  expect(await refusalOf(enter(troll.guest))).toBe(REFUSAL.banned);
  const back = await returnTo(server, ann);
  people.push(back);
  const other = await openRoom(server, { name: "Ben" });
  people.push(other, await enterRoom(server, other.room.roomId, {}, troll.guest));
  expect(await back.host({ do: "forgiveAll" })).toEqual({ ok: true });
  await enter(troll.guest);
});

test("[BANNED-9] a player whom the host muted is still muted in a new seat", async () => {
  expect(await ann.host({ do: "mute", seat: troll.id, muted: true })).toEqual({ ok: true });
  await troll.room.leave();
  await until("the seat is free", () => !seats().includes(troll.id));
  const again = await enter(troll.guest, { name: "Somebody" });
  await isMuted(again);
  expect(await ann.host({ do: "mute", seat: again.id, muted: false })).toEqual({ ok: true });
  await isMuted(again, false);
});

test("[BANNED-10] a mute follows into a new identity or none of the same network, and spares players who were there", async () => {
  const sister = await enter(await somebody(server, { address }), { name: "Sister" });
  /** A new seat is in Ann's state from the first moment as it is. */
  const rejoined = async (by: Guest) => {
    const { id } = await enter(by);
    await until("Ann sees the seat", () => ann.state.roster.has(id));
    return ann.state.roster.get(id)?.muted;
  };
  expect(await ann.host({ do: "mute", seat: troll.id, muted: true })).toEqual({ ok: true });
  await troll.room.leave();
  await sister.room.leave();
  expect(await rejoined(new Guest(server, { address }))).toBe(true);
  expect(await rejoined(await somebody(server, { address }))).toBe(true);
  expect(await rejoined(sister.guest)).toBe(false);
  expect(await rejoined(await somebody(server))).toBe(false);
  const again = await enter(troll.guest);
  expect(await ann.host({ do: "mute", seat: again.id, muted: false })).toEqual({ ok: true });
  expect(await rejoined(await somebody(server, { address }))).toBe(false);
});

test("[BANNED-11] leaving and joining again, with a new identity or with none, does not reset the limit of chat", async () => {
  const say = ({ room }: Person) => room.request(MESSAGE.chat, { scope: "all", text: "hi" });
  for (let i = 0; i < CHAT_RATE.burst; i++) expect(await say(troll)).toEqual({ ok: true });
  let last = troll;
  for (const by of [troll.guest, await somebody(server, { address }), new Guest(server, { address })]) {
    await last.room.leave();
    last = await enter(by);
    let lines = 0;
    while ((await say(last)).ok) lines++;
    // A bucket refills while the test runs, but not to a burst.
    expect(lines).toBeLessThan(CHAT_RATE.burst);
  }
});
