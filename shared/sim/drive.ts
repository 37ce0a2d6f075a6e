/** One command on one drone. The server's step and the client's prediction are both this function. */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import { WEAPONS } from "#shared/tuning.ts";
import { moveDrone } from "./movement.ts";
import { type DroneBody, isAlive } from "./world.ts";

/** Turns, moves and reloads the drone by one tick. Returns whether it fires now. */
export function driveDrone(drone: DroneBody, command: Command, arena: Arena): boolean {
  if (!isAlive(drone)) return false;
  drone.aim = command.aim;
  moveDrone(drone, command, arena);
  if (drone.cooldownTicks > 0) drone.cooldownTicks--;
  return pullTrigger(drone, command);
}

/** Whether the trigger would fire with the weapon as it is. */
export const canFire = (drone: Pick<DroneBody, "hp" | "cooldownTicks">) =>
  isAlive(drone) && drone.cooldownTicks === 0;

function pullTrigger(drone: DroneBody, { buttons }: Command): boolean {
  if ((buttons & BUTTON.fire) === 0 || !canFire(drone)) return false;
  drone.cooldownTicks = WEAPONS.blaster.cooldownTicks;
  return true;
}
