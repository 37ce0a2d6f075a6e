/** Small worlds for tests. */

import type { Arena, FlagSpot, HillSpot, PickupSpot, SpawnPoint } from "#shared/arena/arena.ts";
import { type ArenaWorld, createWorld as createSeededWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { endlessRules } from "#shared/modes/rules.ts";
import { BUTTON, type Command, MOVE_MAX } from "#shared/schema/input.ts";
import type { Drone } from "#shared/schema/state.ts";
import { fireShot } from "#shared/sim/combat.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { pickIndex, type Random } from "#shared/sim/random.ts";
import type { Rules } from "#shared/sim/rules.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import type { World } from "#shared/sim/world.ts";
import { type PickupName, SPECIALS, type SpecialName, WEAPONS } from "#shared/tuning.ts";

export const TILE_PX = 64;

const PICKUP_MARKS: Readonly<Record<string, PickupName>> = {
  ...{ h: "health", s: "shield", c: "scatter", r: "rail", m: "mortar", f: "haste", o: "overcharge" },
};
const TEAM_SPAWN_MARKS: Readonly<Record<string, number>> = { 0: 0, 1: 1 };
const FLAG_MARKS: Readonly<Record<string, number>> = { A: 0, B: 1 };

/**
 * An arena from a drawing: `#` is wall, `b` a bush, `S` a spawn point, `0` and `1` one of a team, `A` and `B` the
 * flags of these teams, `H` a hill of one tile, the letters of PICKUP_MARKS a pickup, the rest open.
 */
export function drawArena(...rows: string[]): Arena {
  const columns = rows[0]?.length ?? 0;
  const spawns: SpawnPoint[] = [];
  const pickups: PickupSpot[] = [];
  const flags: FlagSpot[] = [];
  const hills: HillSpot[] = [];
  const solid = new Uint8Array(columns * rows.length);
  const bushes = new Uint8Array(columns * rows.length);
  rows.forEach((text, row) => {
    [...text].forEach((mark, column) => {
      if (mark === "#") solid[row * columns + column] = 1;
      if (mark === "b") bushes[row * columns + column] = 1;
      const place = { x: (column + 0.5) * TILE_PX, y: (row + 0.5) * TILE_PX };
      if (mark === "S") spawns.push(place);
      const spawnTeam = TEAM_SPAWN_MARKS[mark];
      if (spawnTeam !== undefined) spawns.push({ ...place, team: spawnTeam });
      const flagTeam = FLAG_MARKS[mark];
      if (flagTeam !== undefined) flags.push({ ...place, team: flagTeam });
      const kind = PICKUP_MARKS[mark];
      if (kind) pickups.push({ ...place, kind });
      if (mark === "H")
        hills.push({ x: column * TILE_PX, y: row * TILE_PX, width: TILE_PX, height: TILE_PX });
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
    ...{ spawns, pickups, flags, hills },
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
  return createSeededWorld(arena, seed, { ...endlessRules(rules.mode ?? "deathmatch"), ...rules });
}

export function addDrone(world: World, id: string, fields: Partial<Drone> = {}): Drone {
  const drone = createDrone(id, world.state.drones.size);
  Object.assign(drone, { x: 600, y: 600, hp: 100 }, fields);
  world.state.drones.set(id, drone);
  return drone;
}

/** A shot of one that destroys the other in the tick that comes. */
export function fireAt(world: World, killer: string, victim: string): void {
  const drone = world.state.drones.get(victim);
  if (!drone) throw new Error(`nobody is called "${victim}"`);
  Object.assign(drone, { hp: 1, shield: 0, protectedTicks: 0 });
  fireShot(world, killer, { x: drone.x, y: drone.y, aim: 0, weapon: 0 });
  const shot = world.state.projectiles.get(String(world.lastProjectileId));
  if (shot) shot.bornTick++;
}

/** One tick, in which a shot of one destroys the other. */
export function shootDown(world: World, killer: string, victim: string): SimEvent[] {
  fireAt(world, killer, victim);
  return stepWorld(world, new Map(), seenNow);
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
