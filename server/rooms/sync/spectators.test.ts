/** What who watches is shown: what their room's setting allows, and nothing of it sooner. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  openRoom,
  type Person,
  passTime,
  returnTo,
} from "#server/testing/company.ts";
import { PATCH_MS, SPECTATOR_DELAY_MS } from "#shared/config.ts";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { SimEvent } from "#shared/sim/event.ts";

let server: TestServer;
let ann: Person;
let ben: Person;
let room: ArenaRoom;
const here: Person[] = [];
const enter = async (options: object) => {
  const person = await enterRoom(server, ann.room.roomId, options);
  here.push(person);
  return person;
};
const watch = () => enter({ name: "Eve", spectate: true });
const gather = async (settings: object = {}) => {
  ann = await openRoom(server, { name: "Ann", settings: RoomSettings.parse({ bots: 0, ...settings }) });
  here.push(ann);
  room = server.roomOf(ann.room);
  ben = await enter({ name: "Ben" });
};
const droneOf = ({ id }: Person) => {
  const drone = room.state.drones.get(id);
  if (!drone) throw new Error("no drone");
  return drone;
};
const put = (person: Person, x: number, y: number) => Object.assign(droneOf(person), { x, y });
const seen = (person: Person) => [...(person.state.drones?.keys() ?? [])].sort();
const sees = async (eve: Person, ...others: Person[]) => {
  const wanted = others.map(({ id }) => id).sort();
  await expect.poll(() => seen(eve)).toEqual(wanted);
};
const patched = async () => {
  const { elapsedTime } = room.clock;
  await until("patches have been made", () => room.clock.elapsedTime > elapsedTime + 3 * PATCH_MS);
};
/** Lets so much of the room's time go by: what is so now is in a patch before it, and patches follow after it. */
const pass = async (ms: number) => {
  await patched();
  passTime(room, ms);
  await patched();
  await patched();
};
const eventsOf = (person: Person): SimEvent[] => person.events.flatMap(({ events }) => unpackEvents(events));

beforeAll(async () => {
  server = await bootServer(BEHIND_PROXY);
});
afterEach(async () => {
  const open = here.splice(0).filter(({ room }) => room.connection.isOpen);
  await Promise.all(open.map(({ room }) => room.leave()));
});
afterAll(() => server.close());

describe("following", () => {
  test("[WATCH-1] what the followed player sees, and nothing that is that player's alone", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    const eve = await watch();
    // The first of those who play.
    await sees(eve, ann);
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    await sees(eve, ben);
    put(ann, 2700, 1900);
    await sees(eve, ann, ben);
    ben.steer(10);
    await until("Ben's own page knows more", () => ben.state.drones.get(ben.id)?.vx !== undefined);
    const theirs = eve.state.drones.get(ben.id);
    expect(theirs).toMatchObject({ name: "Ben" });
    for (const field of ["vx", "vy", "cooldownTicks", "ammo", "dashCooldownTicks", "respawnTick"]) {
      expect(theirs, field).not.toHaveProperty(field, expect.anything());
    }
  });

  test("[WATCH-2] events as the followed player is told them", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    const eve = await watch();
    await sees(eve, ann);
    droneOf(ben).hp = 0;
    await until("Ben is told of his return", () => eventsOf(ben).some(({ type }) => type === "spawn"));
    put(ben, 2900, 1900);
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    await sees(eve, ben);
    expect(eventsOf(eve).filter((event) => event.type === "spawn" && event.drone === ben.id)).toEqual([]);
    put(ann, 2700, 1900);
    droneOf(ben).hp = 0;
    const spawns = (person: Person) =>
      eventsOf(person).filter((event) => event.type === "spawn" && event.drone === ben.id);
    await until("both are told of the next", () => spawns(ben).length === 2 && spawns(eve).length === 1);
  });

  test("[WATCH-3] whom they follow begins to watch, or leaves: they look through the first who is left", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    const eve = await watch();
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    await sees(eve, ben);
    await ben.place({ to: "spectators" });
    await sees(eve, ann);
    await sees(ben, ann);
    eve.room.send(MESSAGE.follow, { seat: "nobody" });
    await ann.place({ to: "spectators" });
    await sees(eve);
    await ben.place({ to: "players" });
    await sees(eve, ben);
    await sees(ann, ben);
  });

  test("[WATCH-4] a player is not shown more for saying whom to follow", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    await sees(ann, ann);
    ann.room.send(MESSAGE.follow, { seat: ben.id });
    const { tick } = ann.state;
    await until("a while", () => ann.state.tick > tick + 10);
    expect(seen(ann)).toEqual([ann.id]);
  });

  test("[WATCH-5] dropped and back: they watch as before", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    const eve = await watch();
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    await sees(eve, ben);
    server.cut(eve.room);
    await until("away", () => room.state.roster.get(eve.id)?.connected === false);
    const back = await returnTo(server, eve);
    here.push(back);
    await sees(back, ben);
  });

  test("[WATCH-6] nothing, once the host wants nobody to watch; and again, when that is taken back", async () => {
    await gather();
    const eve = await watch();
    put(ann, 100, 100);
    put(ben, 200, 100);
    await sees(eve, ann, ben);
    await ann.host({ do: "settings", change: { spectating: "off" } });
    await sees(eve);
    expect(eve.state.pickups?.size ?? 0).toBe(0);
    await ann.host({ do: "settings", change: { spectating: "follow" } });
    await sees(eve, ann, ben);
  });

  test("[WATCH-7] the next match in another arena is theirs to see as well", async () => {
    await gather();
    const eve = await watch();
    await ann.host({ do: "settings", change: { map: "orchard" } });
    await until("it is there", () => eve.state.map === "orchard");
    put(ann, 400, 400);
    put(ben, 500, 400);
    await sees(eve, ann, ben);
  });
});

describe("everything, late", () => {
  const hold = async () => {
    await gather({ spectating: "delayed" });
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    return watch();
  };

  test("[LATE-1] sees everybody wherever they are, ten seconds after it was so, in order", async () => {
    const eve = await hold();
    expect(seen(eve)).toEqual([]);
    const { tick } = eve.state;
    await pass(SPECTATOR_DELAY_MS / 2);
    expect([seen(eve), eve.state.tick]).toEqual([[], tick]);
    put(ben, 1500, 1000);
    await pass(SPECTATOR_DELAY_MS / 2);
    // What was true when they came.
    await sees(eve, ann, ben);
    expect(eve.state.drones.get(ben.id)).toMatchObject({ x: 2900, y: 1900 });
    await pass(SPECTATOR_DELAY_MS / 2);
    await until("what was true later", () => eve.state.drones.get(ben.id)?.x === 1500);
    expect(eve.state.drones.get(ann.id)).not.toHaveProperty("vx", expect.anything());
    expect(eve.state.tick).toBeLessThan(room.state.tick);
  });

  test("[LATE-2] events are as late as what they are about; notices, answers and pings are not", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    droneOf(ben).hp = 0;
    const told = (person: Person) =>
      eventsOf(person).filter((event) => event.type === "spawn" && event.drone === ben.id).length;
    await until("Ben is told", () => told(ben) > 0);
    await enter({ name: "Dan" });
    await until("the notice is there", () => eve.told("joined").length === 1);
    expect(await eve.place({ to: "spectators" })).toEqual({ ok: true });
    await new Promise<void>((resolve) => eve.room.ping(() => resolve()));
    expect(told(eve)).toBe(0);
    expect(eve.state.roster.size).toBe(3);
    await pass(SPECTATOR_DELAY_MS);
    await until("she is told", () => told(eve) > 0);
    await until("and sees who came", () => eve.state.roster.size === 4);
  });

  test("[LATE-3] who takes a seat is shown what is true now, and what was held back never comes", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    put(ben, 1500, 1000);
    const { tick } = room.state;
    await until("it is in a patch", () => room.state.tick > tick + 5);
    expect(await eve.place({ to: "players" })).toEqual({ ok: true });
    await until("her drone is there, whole", () => eve.state.drones.get(eve.id)?.vx !== undefined);
    await until("in the present", () => eve.state.tick >= tick);
    let newest = 0;
    for (let i = 0; i < 20; i++) {
      expect(eve.state.tick).toBeGreaterThanOrEqual(newest);
      newest = eve.state.tick;
      await until("time goes on", () => eve.state.tick > newest);
    }
    put(eve, 100, 200);
    await sees(eve, ann, eve);
  });

  test("[LATE-4] a player who begins to watch sees nothing at first: what they saw is taken back", async () => {
    await gather({ spectating: "delayed" });
    put(ann, 100, 100);
    put(ben, 200, 100);
    await sees(ben, ann, ben);
    expect(await ben.place({ to: "spectators" })).toEqual({ ok: true });
    await sees(ben);
    const { tick } = ben.state;
    put(ann, 2900, 1900);
    await pass(SPECTATOR_DELAY_MS / 2);
    expect([seen(ben), ben.state.tick]).toEqual([[], tick]);
    await pass(SPECTATOR_DELAY_MS);
    await sees(ben, ann);
  });

  test("[LATE-5] from late to following and back, as the host says", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    await ann.host({ do: "settings", change: { spectating: "follow" } });
    await sees(eve, ann);
    await until("in the present", () => room.state.tick - eve.state.tick < 20);
    await ann.host({ do: "settings", change: { spectating: "delayed" } });
    await sees(eve);
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
  });

  test("[LATE-6] the next match in another arena comes when its time has come, and whole", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    await ann.host({ do: "settings", change: { map: "orchard" } });
    await until("Ann is there", () => ann.state.map === "orchard");
    const { x } = droneOf(ann);
    await pass(SPECTATOR_DELAY_MS / 2);
    expect(eve.state.map).toBe("foundry");
    await pass(SPECTATOR_DELAY_MS / 2);
    await until("so is Eve", () => eve.state.map === "orchard");
    await sees(eve, ann, ben);
    await pass(SPECTATOR_DELAY_MS);
    await until("and sees where Ann is", () => eve.state.drones.get(ann.id)?.x === x);
  });

  test("[LATE-7] the client's clock takes late patches for what they are: as even as others' are", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    const { clock } = eve.room as unknown as { clock: { lastServerTime(): number } };
    await until("a patch is as new as it is late", () => {
      return Math.abs(room.clock.elapsedTime - clock.lastServerTime()) < 500;
    });
    expect(eve.state.tick).toBeLessThan(room.state.tick);
  });

  test("[LATE-8] dropped and back: late again, and never ahead", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    server.cut(eve.room);
    await until("away", () => room.state.roster.get(eve.id)?.connected === false);
    const back = await returnTo(server, eve);
    here.push(back);
    expect(seen(back)).toEqual([]);
    await pass(SPECTATOR_DELAY_MS / 2);
    expect(seen(back)).toEqual([]);
    await pass(SPECTATOR_DELAY_MS / 2);
    await sees(back, ann, ben);
  });
});
