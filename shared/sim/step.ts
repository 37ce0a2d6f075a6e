/** One tick of the world. Pure: the same world, seed and commands give the same world, to the bit, everywhere. */
import { judgeDeathmatch } from "#shared/modes/deathmatch.ts";
import type { Command } from "#shared/schema/input.ts";
import { WEAPON_NAMES } from "#shared/tuning.ts";
import { fireShot, flyProjectiles } from "./combat.ts";
import { driveDrone } from "./drive.ts";
import type { SimEvent } from "./event.ts";
import { spawnDrone } from "./spawn.ts";
import { isAlive, type World } from "./world.ts";

/** This tick's commands by drone: none leaves a drone where it is, two make up for a late one. */
export type Commands = ReadonlyMap<string, readonly Command[]>;

/** Advances the world by one tick and says what happened in it. */
export function stepWorld(world: World, commands: Commands): SimEvent[] {
  const events: SimEvent[] = [];
  world.state.tick++;
  respawnDrones(world, events);
  driveDrones(world, commands);
  flyProjectiles(world, events);
  judgeDeathmatch(world, events);
  return events;
}

function respawnDrones(world: World, events: SimEvent[]): void {
  for (const [id, drone] of world.state.drones.entries()) {
    if (!isAlive(drone) && world.state.tick >= drone.respawnTick) spawnDrone(world, id, drone, events);
  }
}

function driveDrones(world: World, commands: Commands): void {
  for (const [id, drone] of world.state.drones.entries()) {
    for (const command of commands.get(id) ?? []) {
      const fires = driveDrone(drone, command, world.arena);
      if (fires) fireShot(world, id, { x: drone.x, y: drone.y, aim: drone.aim, weapon: BLASTER });
    }
  }
}

const BLASTER = WEAPON_NAMES.indexOf("blaster");
