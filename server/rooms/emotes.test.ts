/** Emotes and pings between real clients: who may show them, how often, and who learns of them. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import { BEHIND_PROXY, enterRoom, leaveAll, OK, openRoom, type Person } from "#server/testing/company.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { Answer } from "#shared/protocol/answer.ts";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import { EMOTE_RATE, type EmoteMessage } from "#shared/protocol/messages.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { SimEvent } from "#shared/sim/event.ts";

let server: TestServer;
let room: ArenaRoom;
const here: Person[] = [];

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(() => leaveAll(here));
afterAll(() => server.close());

async function gather(settings: object, names: readonly string[]): Promise<Person[]> {
  const host = await openRoom(server, {
    name: "Host",
    settings: RoomSettings.parse({ bots: 0, ...settings }),
  });
  here.push(host);
  room = server.roomOf(host.room);
  for (const name of names) here.push(await enterRoom(server, host.room.roomId, { name }));
  return [...here];
}

/** Places the person's drone on foundry's open floor; `at` is 0 to the left and 1 far to the right, out of view. */
function put(person: Person, at: 0 | 1, more: object = {}): void {
  const drone = room.state.drones.get(person.id);
  if (!drone) throw new Error("no drone");
  Object.assign(drone, { x: at === 0 ? 300 : 2700, y: 300, ...more });
}
const send = ({ room }: Person, message: EmoteMessage): Promise<Answer> =>
  room.request(MESSAGE.emote, message);
const shownTo = ({ events }: Person): SimEvent[] =>
  events
    .flatMap(({ events }) => unpackEvents(events))
    .filter(({ type }) => type === "emote" || type === "ping");

/** Resolves when everybody has received what the room sent until now: the host's own emote comes after it. */
async function settled(witness: Person): Promise<void> {
  const before = shownTo(witness).length;
  await until("the emote has come back", () => shownTo(witness).length > before);
}

test("[EMOTE-1] an emote reaches those who see the drone, the sender included, and a spectator who follows one of them", async () => {
  const [ann, near, far] = (await gather({}, ["Near", "Far"])) as [Person, Person, Person];
  const eve = await enterRoom(server, ann.room.roomId, { name: "Eve", spectate: true });
  here.push(eve);
  put(ann, 0);
  put(near, 0);
  put(far, 1);
  eve.room.send(MESSAGE.follow, { seat: near.id });
  await until("Eve sees Near", () => eve.state.drones?.get(near.id)?.x !== undefined);
  const received = settled(near);
  expect(await send(ann, { emote: "wave" })).toEqual(OK);
  await received;
  await until("Eve has it, too", () => shownTo(eve).length > 0);
  for (const person of [ann, near, eve]) {
    expect(shownTo(person)).toMatchObject([{ type: "emote", emote: "wave", drone: ann.id }]);
  }
  // The next message to Far proves that nothing came before.
  const own = settled(far);
  await send(far, { emote: "laugh" });
  await own;
  expect(shownTo(far)).toMatchObject([{ emote: "laugh", drone: far.id }]);
});

test("[EMOTE-2] a ping reaches the own team wherever they are, and nobody else", async () => {
  const people = await gather({ mode: "teamDeathmatch", map: "foundry" }, ["Ben", "Cleo", "Dan"]);
  const teamOf = ({ id }: Person) => room.state.drones.get(id)?.team;
  const [ann] = people as [Person];
  const mates = people.filter((person) => person !== ann && teamOf(person) === teamOf(ann));
  const foes = people.filter((person) => teamOf(person) !== teamOf(ann));
  expect([mates.length, foes.length]).toEqual([1, 2]);
  put(ann, 0);
  for (const mate of mates) put(mate, 1);
  for (const foe of foes) put(foe, 0);
  const received = settled(mates[0] as Person);
  expect(await send(ann, { ping: "enemy", x: 500, y: 320 })).toEqual(OK);
  await received;
  for (const person of [ann, ...mates]) {
    expect(shownTo(person)).toMatchObject([{ type: "ping", ping: "enemy", drone: ann.id, x: 500, y: 320 }]);
  }
  for (const foe of foes) {
    const own = settled(foe);
    await send(foe, { emote: "gg" });
    await own;
    expect(shownTo(foe).filter(({ type }) => type === "ping")).toEqual([]);
  }
});

test("[EMOTE-3] a muted player, a spectator and a destroyed drone show nothing; a ping needs a team and a place in view", async () => {
  const [ann, ben] = (await gather({}, ["Ben"])) as [Person, Person];
  const eve = await enterRoom(server, ann.room.roomId, { name: "Eve", spectate: true });
  here.push(eve);
  expect(await send(eve, { emote: "wave" })).toEqual({ ok: false, reason: "nobody" });
  expect(await send(ann, { ping: "look", x: 300, y: 300 })).toEqual({ ok: false, reason: "noChoice" });
  await ann.host({ do: "mute", seat: ben.id, muted: true });
  expect(await send(ben, { emote: "wave" })).toEqual({ ok: false, reason: "muted" });
  put(ann, 0, { hp: 0, respawnTick: room.state.tick + 60 * TICKS_PER_SEC });
  expect(await send(ann, { emote: "sorry" })).toEqual({ ok: false, reason: "notNow" });
  const [cat] = (await gather({ mode: "teamDeathmatch", map: "foundry" }, [])).slice(-1) as [Person];
  put(cat, 0);
  expect(await send(cat, { ping: "look", x: 2700, y: 300 })).toEqual({ ok: false, reason: "notNow" });
});

test("[EMOTE-4] a player shows EMOTE_RATE.burst emotes at once; a refusal says how long to wait, and ends no connection", async () => {
  const [ann] = (await gather({}, [])) as [Person];
  for (let shown = 0; shown < EMOTE_RATE.burst; shown++)
    expect(await send(ann, { emote: "nice" })).toEqual(OK);
  const refused = await send(ann, { emote: "nice" });
  expect(refused).toMatchObject({ ok: false, reason: "tooFast" });
  expect("waitMs" in refused && refused.waitMs).toBeGreaterThan(0);
  expect(ann.room.connection.isOpen).toBe(true);
});
