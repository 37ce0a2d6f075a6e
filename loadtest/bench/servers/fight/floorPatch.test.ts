/** The floor's patches in a fight: a client that applies them knows what it may know of the world. */
import { expect, test } from "vitest";
import type { FightScenario } from "#loadtest/bench/scenarios/fight.ts";
import { HALF_HEIGHT_PX, HALF_WIDTH_PX } from "#loadtest/bench/servers/field/floorPatch.ts";
import { playRoom } from "#loadtest/bench/servers/playRoom.ts";
import {
  packFightCommand,
  readFightCommand,
  readFightPatch,
  TAKEN,
} from "#loadtest/bench/wires/floorFightWire.ts";
import { isAlive } from "#shared/sim/world.ts";
import { holding } from "#shared/testing/builders.ts";
import { Fight } from "./fight.ts";
import { noFights } from "./fightWatch.ts";
import { FightPatches } from "./floorPatch.ts";
import { Section } from "./section.ts";

const SCENARIO: FightScenario = { kind: "fight", seed: 7, players: 8, roomSize: 8 };
/** A minute; the last tick has a patch. */
const TICKS = 60 * 30 + 1;

type Patch = ReturnType<typeof readFightPatch>;

/** Plays a minute; calls `onPatch` for every patch of every player. */
function playPatches(onPatch: (fight: Fight, seat: number, patch: Patch) => void): void {
  const fight = new Fight(SCENARIO, 5, noFights());
  const patches = new FightPatches(fight, SCENARIO.roomSize);
  playRoom(SCENARIO, fight, TICKS, (tick, events) => {
    patches.stepped(events);
    if (tick % 3 === 0) return;
    patches.read();
    for (const fighter of fight.fighters.values()) {
      onPatch(fight, Number(fighter.id), readFightPatch(patches.patchFor(fighter)));
    }
  });
}

test("[BENCH-FIGHT-8] a patch has the tick, the ack, and the pose and status of exactly the living drones in view", () => {
  playPatches(({ fighters, tick }, seat, patch) => {
    const eye = fighters.get(String(seat));
    if (!eye) throw new Error(`no player has the seat ${seat}`);
    expect(patch).toMatchObject({ tick: tick & 0xffff, ack: eye.queue.taken });
    const inView = [...fighters.values()].filter(
      ({ drone }) =>
        isAlive(drone) &&
        Math.abs(drone.x - eye.drone.x) < HALF_WIDTH_PX &&
        Math.abs(drone.y - eye.drone.y) < HALF_HEIGHT_PX,
    );
    const shown = patch.drones.map(({ seat, x, y, status }) => ({ seat, x, y, status }));
    expect(shown).toEqual(
      inView.map(({ id, drone: { x, y, status } }) => ({ seat: Number(id), x, y, status })),
    );
  });
});

test("[BENCH-FIGHT-9] own fields, vitals and pickups are sent when they change, and are then those of the world", () => {
  const own = new Map<number, Patch["own"]>();
  const vitals = new Map<string, unknown>();
  const pickups = new Map<number, number>();
  let unchanged = 0;
  playPatches(({ world, fighters }, seat, patch) => {
    if (patch.own) own.set(seat, patch.own);
    else unchanged++;
    const drone = fighters.get(String(seat))?.drone;
    expect(drone).toMatchObject(own.get(seat) ?? { own: "not sent" });
    for (const { seat: of, ...rest } of patch.vitals) vitals.set(`${seat} ${of}`, rest);
    for (const [id, { hp, shield, score }] of world.state.drones.entries()) {
      expect(vitals.get(`${seat} ${id}`)).toEqual({ hp, shield, score });
    }
    if (seat > 0) return;
    for (const { place, kind } of patch.pickups) {
      if (kind === TAKEN) pickups.delete(place);
      else pickups.set(place, kind);
    }
    const present = Array.from(world.state.pickups.entries(), ([id, { kind }]) => [Number(id), kind]);
    expect([...pickups].sort()).toEqual(present.sort());
  });
  expect(unchanged).toBeGreaterThan(0);
});

test("[BENCH-FIGHT-10] every shot, hit, kill and beam reaches every client of the room once", () => {
  const fight = new Fight(SCENARIO, 5, noFights());
  const patches = new FightPatches(fight, SCENARIO.roomSize);
  const inWorld = { hits: 0, kills: 0, beams: 0, shots: new Set<string>() };
  const sent = { hits: 0, kills: 0, beams: 0, shots: 0 };
  playRoom(SCENARIO, fight, TICKS, (tick, events) => {
    patches.stepped(events);
    // Rails are rare in this fight, and only they make beams.
    if (tick % 300 === 0)
      for (const { drone } of fight.fighters.values()) Object.assign(drone, holding("rail"));
    for (const { type } of events) {
      if (type === "hit") inWorld.hits++;
      if (type === "kill") inWorld.kills++;
      if (type === "beam") inWorld.beams++;
    }
    for (const [id] of fight.world.state.projectiles.entries()) inWorld.shots.add(id);
    if (tick % 3 === 0) return;
    patches.read();
    const frames = Array.from(fight.fighters.values(), (fighter) =>
      readFightPatch(patches.patchFor(fighter)),
    );
    const [first] = frames;
    for (const { hits, kills, beams, shots } of frames) {
      expect({ hits, kills, beams, shots }).toEqual({
        hits: first?.hits,
        kills: first?.kills,
        beams: first?.beams,
        shots: first?.shots,
      });
    }
    for (const what of ["hits", "kills", "beams", "shots"] as const) sent[what] += first?.[what].length ?? 0;
  });
  expect(sent).toEqual({ ...inWorld, shots: inWorld.shots.size });
  for (const count of Object.values(sent)) expect(count).toBeGreaterThan(0);
});

test("[BENCH-FIGHT-11] after a new client has joined, the next patch names all vitals and pickups", () => {
  const fight = new Fight(SCENARIO, 5, noFights());
  const patches = new FightPatches(fight, SCENARIO.roomSize);
  const first = fight.add(0, "0");
  fight.step();
  patches.read();
  patches.patchFor(first);
  patches.read();
  expect(readFightPatch(patches.patchFor(first))).toMatchObject({ vitals: [], pickups: [], own: undefined });
  const second = fight.add(1, "1");
  patches.startOver();
  patches.read();
  const { vitals, pickups, own } = readFightPatch(patches.patchFor(second));
  expect(vitals.map(({ seat }) => seat)).toEqual([0, 1]);
  expect(pickups).toHaveLength(fight.world.arena.pickups.length);
  expect(own).toBeDefined();
});

test("[BENCH-FIGHT-12] a command survives packing and reading, its reach included", () => {
  const command = { moveX: -127, moveY: 3, aim: 1.25, buttons: 5, reach: 159 };
  const { aim, ...rest } = readFightCommand(packFightCommand(command));
  expect({ ...rest, aim: 1.25 }).toEqual(command);
  expect(aim).toBeCloseTo(1.25, 3);
});

test("[BENCH-FIGHT-13] a section holds 255 entries, and an entry beyond them replaces the last", () => {
  const section = new Section(2);
  for (let entry = 0; entry < 300; entry++) section.bytes[section.add()] = entry & 0xff;
  expect(section.count).toBe(255);
  expect(section.length).toBe(1 + 2 * 255);
  expect(section.bytes[section.length - 2]).toBe(299 & 0xff);
  section.clear();
  expect(section.length).toBe(1);
});
