/** Small worlds for tests. */

import type { Arena, SpawnPoint } from "#shared/arena/arena.ts";
import { ENDLESS, type Rules } from "#shared/modes/rules.ts";
import { BUTTON, type Command, MOVE_MAX } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { type ArenaWorld, createWorld as createSeededWorld } from "#shared/sim/createWorld.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import type { World } from "#shared/sim/world.ts";
import { SPECIALS, type SpecialName, WEAPONS } from "#shared/tuning.ts";

export const TILE_PX = 64;

/** An arena from a drawing: `#` is wall, `b` a bush, `S` a spawn point, the rest open. */
export function drawArena(...rows: string[]): Arena {
  const columns = rows[0]?.length ?? 0;
  const spawns: SpawnPoint[] = [];
  const solid = new Uint8Array(columns * rows.length);
  const bushes = new Uint8Array(columns * rows.length);
  rows.forEach((text, row) => {
    [...text].forEach((mark, column) => {
      if (mark === "#") solid[row * columns + column] = 1;
      if (mark === "b") bushes[row * columns + column] = 1;
      if (mark === "S") spawns.push({ x: (column + 0.5) * TILE_PX, y: (row + 0.5) * TILE_PX });
    });
  });
  return {
    name: "drawn",
    tilePx: TILE_PX,
    columns,
    rows: rows.length,
    widthPx: columns * TILE_PX,
    heightPx: rows.length * TILE_PX,
    solid,
    bushes,
    spawns,
    pickups: [],
    flags: [],
    hills: [],
    modes: ["deathmatch", "teamDeathmatch"],
    players: { min: 2, max: 16 },
  };
}

/** Open floor with a border, 40 × 20 tiles, a spawn point in each corner. */
export function openArena(): Arena {
  const width = 40;
  const wall = "#".repeat(width);
  const floor = `#${".".repeat(width - 2)}#`;
  const corners = `#S${".".repeat(width - 4)}S#`;
  return drawArena(wall, corners, ...Array.from({ length: 16 }, () => floor), corners, wall);
}

/** A match that is under way, and does not end by itself. */
export function createWorld(arena: Arena, seed = 1, rules: Partial<Rules> = {}): ArenaWorld {
  return createSeededWorld(arena, seed, { ...ENDLESS, ...rules });
}

export function addDrone(world: World, id: string, fields: Partial<Drone> = {}): Drone {
  const drone = createDrone(id, world.state.drones.size);
  Object.assign(drone, { x: 600, y: 600, hp: 100 }, fields);
  world.state.drones.set(id, drone);
  return drone;
}

/** What a drone holds when it has just picked this up. */
export const holding = (special: SpecialName) => ({
  special: SPECIALS.indexOf(special),
  ammo: WEAPONS[special].ammo,
});

export const command = (fields: Partial<Command> = {}): Command => ({
  moveX: 0,
  moveY: 0,
  aim: 0,
  buttons: 0,
  ...fields,
});

/** The wire's 65,536 directions. */
const AIM_STEP_RAD = (2 * Math.PI) / 65536;

/** Anything that a stick and a mouse can say, on the wire's grid. */
export const randomCommand = (random: Random, triggerChance: number): Command => ({
  moveX: pickIndex(random, 2 * MOVE_MAX + 1) - MOVE_MAX,
  moveY: pickIndex(random, 2 * MOVE_MAX + 1) - MOVE_MAX,
  aim: pickIndex(random, 65536) * AIM_STEP_RAD,
  buttons: random.next() < triggerChance ? BUTTON.fire : 0,
});
