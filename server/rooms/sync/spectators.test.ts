/** What spectators see: what the room's setting allows, and not before the delay it says. */
import { ClientState } from "@colyseus/core";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { arenaOf } from "#server/arenas.ts";
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { RoundTrips } from "#server/rooms/tick/roundTrips.ts";
import { bootServer, type TestServer, until } from "#server/testing/bootServer.ts";
import {
  BEHIND_PROXY,
  enterRoom,
  gatherIn,
  leaveAll,
  letIn,
  type Person,
  passTime,
  returnTo,
} from "#server/testing/company.ts";
import { PATCH_MS, SPECTATOR_DELAY_MS } from "#shared/config.ts";
import { unpackEvents } from "#shared/protocol/eventCodec.ts";
import { MESSAGE } from "#shared/protocol/names.ts";
import { Flag } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { UNREAD_PAUSE_MS } from "./backpressure.ts";

let server: TestServer;
let ann: Person;
let ben: Person;
let room: ArenaRoom;
const here: Person[] = [];
const enter = (options: object) => letIn(server, here, ann, options);
const watch = () => enter({ name: "Eve", spectate: true });
const gather = async (settings: object = {}) => {
  [ann, ben] = await gatherIn(server, here, ["Ann", "Ben"], settings);
  room = server.roomOf(ann.room);
};
const droneOf = ({ id }: Person) => {
  const drone = room.state.drones.get(id);
  if (!drone) throw new Error("no drone");
  return drone;
};
const put = (person: Person, x: number, y: number) => Object.assign(droneOf(person), { x, y });
/** The only place of respawns until the test ends; otherwise they would be near another player. */
const onlySpawn = (x: number, y: number) => {
  const arena = arenaOf(room.state.map);
  const { spawns } = arena;
  Object.assign(arena, { spawns: [{ x, y }] });
  onTestFinished(() => void Object.assign(arena, { spawns }));
};
const seen = (person: Person) => [...(person.state.drones?.keys() ?? [])].sort();
const sees = async (eve: Person, ...others: Person[]) => {
  const wanted = others.map(({ id }) => id).sort();
  await expect.poll(() => seen(eve)).toEqual(wanted);
};
const patched = async () => {
  const { elapsedTime } = room.clock;
  await until("patches have been made", () => room.clock.elapsedTime > elapsedTime + 3 * PATCH_MS);
};
/** Advances the room's clock by `ms`, with patches before and after. */
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
afterEach(() => leaveAll(here));
afterAll(() => server.close());

describe("following", () => {
  test("[WATCH-1] a spectator sees what the followed player sees, but none of that player's own fields", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    const eve = await watch();
    // By default, the first player in the roster.
    await sees(eve, ann);
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    await sees(eve, ben);
    put(ann, 2700, 1900);
    await sees(eve, ann, ben);
    ben.steer(10);
    await until("Ben's own page has his velocity", () => ben.state.drones.get(ben.id)?.vx !== undefined);
    const theirs = eve.state.drones.get(ben.id);
    expect(theirs).toMatchObject({ hp: 100 });
    for (const field of ["vx", "vy", "cooldownTicks", "ammo", "dashCooldownTicks", "respawnTick"]) {
      expect(theirs, field).not.toHaveProperty(field, expect.anything());
    }
  });

  test("[WATCH-2] a spectator receives the events that the followed player sees", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    const eve = await watch();
    await sees(eve, ann);
    onlySpawn(2900, 1900);
    droneOf(ben).hp = 0;
    await until("Ben receives his respawn", () => eventsOf(ben).some(({ type }) => type === "spawn"));
    put(ben, 2900, 1900);
    eve.room.send(MESSAGE.follow, { seat: ben.id });
    await sees(eve, ben);
    expect(eventsOf(eve).filter((event) => event.type === "spawn" && event.drone === ben.id)).toEqual([]);
    put(ann, 2700, 1900);
    droneOf(ben).hp = 0;
    const spawns = (person: Person) =>
      eventsOf(person).filter((event) => event.type === "spawn" && event.drone === ben.id);
    await until("both receive the next respawn", () => spawns(ben).length === 2 && spawns(eve).length === 1);
  });

  test("[WATCH-3] when the followed player watches or leaves, spectators follow the first remaining player", async () => {
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

  test("[WATCH-4] a follow message does not show a player more", async () => {
    await gather();
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    await sees(ann, ann);
    ann.room.send(MESSAGE.follow, { seat: ben.id });
    const { tick } = ann.state;
    await until("ten ticks", () => ann.state.tick > tick + 10);
    expect(seen(ann)).toEqual([ann.id]);
  });

  test("[WATCH-5] a spectator that drops and returns follows the same player", async () => {
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

  test("[WATCH-6] spectators see nothing while the host has spectating off", async () => {
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

  test("[WATCH-7] spectators see the next match in another arena", async () => {
    await gather();
    const eve = await watch();
    await ann.host({ do: "settings", change: { map: "orchard" } });
    await until("the next arena is there", () => eve.state.map === "orchard");
    put(ann, 400, 400);
    put(ben, 500, 400);
    await sees(eve, ann, ben);
  });
});

describe("delayed spectators", () => {
  /** Resolves before the first state is there. */
  const watchLate = async () => {
    const eve = await enterRoom(server, ann.room.roomId, { name: "Eve", spectate: true }, undefined, "early");
    here.push(eve);
    await until("Eve learns that she sees everything late", () => eve.told("late").length === 1);
    return eve;
  };
  const hold = async () => {
    await gather({ spectating: "delayed" });
    put(ann, 100, 100);
    put(ben, 2900, 1900);
    return watchLate();
  };

  test("[LATE-1] see all drones ten seconds late, in order", async () => {
    const eve = await hold();
    expect(seen(eve)).toEqual([]);
    await pass(SPECTATOR_DELAY_MS / 2);
    expect(seen(eve)).toEqual([]);
    put(ben, 1500, 1000);
    await pass(SPECTATOR_DELAY_MS / 2);
    // The state at the time of the join.
    await sees(eve, ann, ben);
    expect(eve.state.drones.get(ben.id)).toMatchObject({ x: 2900, y: 1900 });
    await pass(SPECTATOR_DELAY_MS / 2);
    await until("the later state", () => eve.state.drones.get(ben.id)?.x === 1500);
    expect(eve.state.drones.get(ann.id)).not.toHaveProperty("vx", expect.anything());
    expect(eve.state.tick).toBeLessThan(room.state.tick);
  });

  test("[LATE-2] events are delayed with the state; notices, answers and pings are not", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    droneOf(ben).hp = 0;
    const spawns = (person: Person) =>
      eventsOf(person).filter((event) => event.type === "spawn" && event.drone === ben.id).length;
    await until("Ben receives his respawn", () => spawns(ben) > 0);
    await enter({ name: "Dan" });
    await until("the notice is there", () => eve.told("joined").length === 1);
    expect(await eve.place({ to: "spectators" })).toEqual({ ok: true });
    await new Promise<void>((resolve) => eve.room.ping(() => resolve()));
    expect(spawns(eve)).toBe(0);
    expect(eve.state.roster.size).toBe(3);
    await pass(SPECTATOR_DELAY_MS);
    await until("Eve receives it", () => spawns(eve) > 0);
    await until("Eve sees who joined", () => eve.state.roster.size === 4);
  });

  test("[LATE-3] a spectator who joins the fight sees the present, and delayed patches are dropped", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    put(ben, 1500, 1000);
    const { tick } = room.state;
    await until("five ticks", () => room.state.tick > tick + 5);
    expect(await eve.place({ to: "players" })).toEqual({ ok: true });
    await until("Eve has her drone with all fields", () => eve.state.drones.get(eve.id)?.vx !== undefined);
    await until("the present", () => eve.state.tick >= tick);
    let newest = 0;
    for (let i = 0; i < 20; i++) {
      expect(eve.state.tick).toBeGreaterThanOrEqual(newest);
      newest = eve.state.tick;
      await until("the next tick", () => eve.state.tick > newest);
    }
    put(eve, 100, 200);
    await sees(eve, ann, eve);
  });

  test("[LATE-4] a player who begins to watch sees nothing until the delay has passed", async () => {
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

  test("[LATE-5] the host can switch spectators between delayed and following", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    await ann.host({ do: "settings", change: { spectating: "follow" } });
    await sees(eve, ann);
    await until("the present", () => room.state.tick - eve.state.tick < 20);
    await ann.host({ do: "settings", change: { spectating: "delayed" } });
    await sees(eve);
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
  });

  test("[LATE-6] the next match in another arena arrives complete, after the delay", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    await ann.host({ do: "settings", change: { map: "orchard" } });
    await until("Ann is there", () => ann.state.map === "orchard");
    const { x } = droneOf(ann);
    await pass(SPECTATOR_DELAY_MS / 2);
    expect(eve.state.map).toBe("foundry");
    await pass(SPECTATOR_DELAY_MS / 2);
    await until("Eve is there", () => eve.state.map === "orchard");
    await sees(eve, ann, ben);
    await pass(SPECTATOR_DELAY_MS);
    await until("Eve sees where Ann is", () => eve.state.drones.get(ann.id)?.x === x);
  });

  test("[LATE-7] the SDK's clock follows the delay", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    const { clock } = eve.room as unknown as { clock: { lastServerTime(): number } };
    await until("the clock is within 500 ms of the room's", () => {
      return Math.abs(room.clock.elapsedTime - clock.lastServerTime()) < 500;
    });
    expect(eve.state.tick).toBeLessThan(room.state.tick);
  });

  test("[LATE-8] a spectator that drops and returns is delayed again", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    server.cut(eve.room);
    await until("away", () => room.state.roster.get(eve.id)?.connected === false);
    const back = await returnTo(server, eve, "early");
    here.push(back);
    await until("Eve learns that she waits again", () => back.told("late").length === 1);
    await pass(SPECTATOR_DELAY_MS / 2);
    expect(seen(back)).toEqual([]);
    await pass(SPECTATOR_DELAY_MS / 2);
    await sees(back, ann, ben);
  });

  test("[LATE-9] the first state is late as well: it tells nobody who carries a flag now, or who is in the room", async () => {
    await gather({ spectating: "delayed" });
    const flag = new Flag({ team: 0, x: 100, y: 100, carrier: ben.id, droppedTick: 0 });
    room.state.flags.set("0", flag);
    const eve = await watchLate();
    const carrier = () => eve.state?.flags?.get("0")?.carrier;
    await pass(SPECTATOR_DELAY_MS / 2);
    flag.carrier = ann.id;
    expect([carrier(), eve.state?.roster?.size ?? 0]).toEqual([undefined, 0]);
    await pass(SPECTATOR_DELAY_MS / 2);
    await until("the state at the time of the join", () => carrier() === ben.id);
    await pass(SPECTATOR_DELAY_MS / 2);
    await until("the later state", () => carrier() === ann.id);
  });

  test("[LATE-10] a spectator whose patches were paused, because it did not read, gets no present state when it resumes", async () => {
    const eve = await hold();
    await pass(SPECTATOR_DELAY_MS);
    await sees(eve, ann, ben);
    const isPaused = () => room.clients.getById(eve.id)?.state === ClientState.JOINING;
    const unread = vi.spyOn(RoundTrips.prototype, "unreadMs").mockReturnValue(2 * UNREAD_PAUSE_MS);
    await until("Eve's patches are paused", isPaused);
    unread.mockRestore();
    const { tick } = eve.state;
    await until("they are resumed", () => !isPaused());
    await pass(SPECTATOR_DELAY_MS / 2);
    expect(eve.state.tick).toBe(tick);
    await pass(SPECTATOR_DELAY_MS / 2);
    await until("the state of then", () => eve.state.tick > tick);
  });
});
