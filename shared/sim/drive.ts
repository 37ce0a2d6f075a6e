/** One command on one drone. The server's step and the client's prediction are both this function. */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import { HITSCANS, PROJECTILES } from "#shared/tuning.ts";
import { type Blocker, moveDrone } from "./movement.ts";
import { type DroneBody, isAlive } from "./world.ts";

/** Turns, moves and reloads the drone by one tick. Returns the buttons whose weapons fire now. */
export function driveDrone(
  drone: DroneBody,
  command: Command,
  arena: Arena,
  blockers: Iterable<Blocker>,
): number {
  if (!isAlive(drone)) return 0;
  drone.aim = command.aim;
  moveDrone(drone, command, arena, blockers);
  reload(drone);
  return pullTriggers(drone, command.buttons);
}

/** Which of the pulled triggers would fire with the weapons as they are. */
export function readyTriggers(
  drone: Pick<DroneBody, "hp" | "cooldownTicks" | "railCooldownTicks">,
  buttons: number,
): number {
  if (!isAlive(drone)) return 0;
  const blaster = drone.cooldownTicks === 0 ? buttons & BUTTON.fire : 0;
  const rail = drone.railCooldownTicks === 0 ? buttons & BUTTON.altFire : 0;
  return blaster | rail;
}

function reload(drone: DroneBody): void {
  if (drone.cooldownTicks > 0) drone.cooldownTicks--;
  if (drone.railCooldownTicks > 0) drone.railCooldownTicks--;
}

function pullTriggers(drone: DroneBody, buttons: number): number {
  const fired = readyTriggers(drone, buttons);
  if (fired & BUTTON.fire) drone.cooldownTicks = PROJECTILES.blaster.cooldownTicks;
  if (fired & BUTTON.altFire) drone.railCooldownTicks = HITSCANS.rail.cooldownTicks;
  return fired;
}
