/** One tick of the world. Pure: the same world, seed and commands give the same world, to the bit, everywhere. */
import { judgeDeathmatch } from "#shared/modes/deathmatch.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import { fireShot, flyProjectiles } from "./combat.ts";
import { driveDrone } from "./drive.ts";
import type { SimEvent } from "./event.ts";
import { BLASTER } from "./projectile.ts";
import { fireRails, type RailShot } from "./rail.ts";
import type { SeenBy } from "./sight.ts";
import { spawnDrone } from "./spawn.ts";
import { isAlive, type World } from "./world.ts";

/** This tick's commands by drone: none leaves a drone where it is, two make up for a late one. */
export type Commands = ReadonlyMap<string, readonly Command[]>;

/** Advances the world by one tick and says what happened in it. `seen` says where a shooter saw the others. */
export function stepWorld(world: World, commands: Commands, seen: SeenBy): SimEvent[] {
  const events: SimEvent[] = [];
  world.state.tick++;
  respawnDrones(world, events);
  const railShots = driveDrones(world, commands);
  fireRails(world, railShots, seen, events);
  flyProjectiles(world, events);
  judgeDeathmatch(world, events);
  return events;
}

function respawnDrones(world: World, events: SimEvent[]): void {
  for (const [id, drone] of world.state.drones.entries()) {
    if (!isAlive(drone) && world.state.tick >= drone.respawnTick) spawnDrone(world, id, drone, events);
  }
}

/** Moves everybody before anything hits anybody. */
function driveDrones(world: World, commands: Commands): RailShot[] {
  const railShots: RailShot[] = [];
  for (const [shooter, drone] of world.state.drones.entries()) {
    for (const command of commands.get(shooter) ?? []) {
      const fired = driveDrone(drone, command, world.arena, world.state.drones.values());
      if (fired !== 0) drone.lastFiredTick = world.state.tick;
      const { x, y } = drone;
      const { aim } = command;
      if (fired & BUTTON.fire) fireShot(world, shooter, { x, y, aim, weapon: BLASTER });
      if (fired & BUTTON.altFire) railShots.push({ shooter, x, y, aim, command });
    }
  }
  return railShots;
}
