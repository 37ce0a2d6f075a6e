/** Builders of small arenas, worlds, drones and commands for tests. */
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
  h: "health",
  s: "shield",
  c: "scatter",
  r: "rail",
  m: "mortar",
  f: "haste",
  o: "overcharge",
};
const TEAM_SPAWN_MARKS: Readonly<Record<string, number>> = { 0: 0, 1: 1 };
const FLAG_MARKS: Readonly<Record<string, number>> = { A: 0, B: 1 };

/**
 * An arena from a drawing, one character per tile: `#` is wall, `b` a bush, `S` a spawn point, `0` and `1` spawn points
 * of these teams, `A` and `B` the flags of teams 0 and 1, `H` a hill of one tile, a letter of PICKUP_MARKS a pickup, and
 * anything else open floor.
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
    spawns,
    pickups,
    flags,
    hills,
    modes: ["deathmatch", "teamDeathmatch"],
    players: { min: 2, max: 16 },
    theme: "foundry",
    use: "match",
  };
}

/** 40 × 20 tiles of open floor with a border and a spawn point in each corner. */
export function openArena(): Arena {
  const width = 40;
  const wall = "#".repeat(width);
  const floor = `#${".".repeat(width - 2)}#`;
  const corners = `#S${".".repeat(width - 4)}S#`;
  return drawArena(wall, corners, ...Array.from({ length: 16 }, () => floor), corners, wall);
}

/** A world in a live match that does not end by itself, unless `rules` say otherwise. */
export function createWorld(arena: Arena, seed = 1, rules: Partial<Rules> = {}): ArenaWorld {
  return createSeededWorld(arena, seed, { ...endlessRules(rules.mode ?? "deathmatch"), ...rules });
}

/** Adds a drone with full hp at 600,600, in a team of its own unless `fields` name one. */
export function addDrone(world: World, id: string, fields: Partial<Drone> = {}): Drone {
  const drone = createDrone(id, world.state.drones.size);
  Object.assign(drone, { x: 600, y: 600, hp: 100 }, fields);
  world.state.drones.set(id, drone);
  return drone;
}

/** Adds a shot of `killer` that destroys `victim` in the next tick. */
export function fireAt(world: World, killer: string, victim: string): void {
  const drone = world.state.drones.get(victim);
  if (!drone) throw new Error(`no drone has the id "${victim}"`);
  Object.assign(drone, { hp: 1, shield: 0, protectedTicks: 0 });
  fireShot(world, killer, { x: drone.x, y: drone.y, aim: 0, weapon: 0 });
  const shot = world.state.projectiles.get(String(world.lastProjectileId));
  if (shot) shot.bornTick++;
}

/** Runs one tick in which a shot of `killer` destroys `victim`; returns its events. */
export function shootDown(world: World, killer: string, victim: string): SimEvent[] {
  fireAt(world, killer, victim);
  return stepWorld(world, new Map(), seenNow);
}

/** The fields of a drone that has just taken this weapon. */
export const holding = (special: SpecialName) => ({
  special: SPECIALS.indexOf(special),
  ammo: WEAPONS[special].ammo,
});

/** A command that does nothing, apart from `fields`. */
export const command = (fields: Partial<Command> = {}): Command => ({
  moveX: 0,
  moveY: 0,
  aim: 0,
  buttons: 0,
  ...fields,
});

/** Step of the wire's 65,536 directions. */
const AIM_STEP_RAD = (2 * Math.PI) / 65536;

/** A random command on the wire's grid; it fires with probability `triggerChance`. */
export const randomCommand = (random: Random, triggerChance: number): Command => ({
  moveX: pickIndex(random, 2 * MOVE_MAX + 1) - MOVE_MAX,
  moveY: pickIndex(random, 2 * MOVE_MAX + 1) - MOVE_MAX,
  aim: pickIndex(random, 65536) * AIM_STEP_RAD,
  buttons: random.next() < triggerChance ? BUTTON.fire : 0,
});
