/** One command applied to one drone. The server's step and the client's prediction both call driveDrone. */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import { DASH, SPECIALS, type SpecialName, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import { type Blocker, moveDrone, startDash } from "./movement.ts";
import { type DroneBody, isAlive } from "./world.ts";

const NO_WEAPONS: readonly WeaponName[] = [];

/** Turns, moves and reloads the drone by one tick. Returns the weapons that it fires. A destroyed drone does nothing. */
export function driveDrone(
  drone: DroneBody,
  command: Command,
  arena: Arena,
  blockers: Iterable<Blocker>,
): readonly WeaponName[] {
  if (!isAlive(drone)) return NO_WEAPONS;
  drone.aim = command.aim;
  if (command.buttons & BUTTON.dash && drone.dashCooldownTicks === 0 && startDash(drone, command)) {
    drone.dashTicks = DASH.ticks;
    drone.dashCooldownTicks = DASH.cooldownTicks;
  }
  moveDrone(drone, command, arena, blockers);
  runTimers(drone);
  const fired = readyWeapons(drone, command.buttons);
  for (const weapon of fired) spend(drone, weapon);
  return fired;
}

/** The fields that decide which weapons are ready. */
export type Armed = Pick<DroneBody, "hp" | "cooldownTicks" | "special" | "ammo" | "specialCooldownTicks">;

/** The weapons that these buttons would fire now. */
export function readyWeapons(drone: Armed, buttons: number): readonly WeaponName[] {
  if (!isAlive(drone)) return NO_WEAPONS;
  const blaster = (buttons & BUTTON.fire) !== 0 && drone.cooldownTicks === 0;
  const special = buttons & BUTTON.altFire && drone.specialCooldownTicks === 0 ? specialOf(drone) : undefined;
  if (!blaster && !special) return NO_WEAPONS;
  return [...(blaster ? (["blaster"] as const) : []), ...(special ? [special] : [])];
}

/** The weapon of the second trigger, or undefined when it has no ammo. */
export const specialOf = ({ special, ammo }: Pick<DroneBody, "special" | "ammo">): SpecialName | undefined =>
  ammo > 0 ? SPECIALS[special] : undefined;

function spend(drone: DroneBody, weapon: WeaponName): void {
  if (weapon === "blaster") {
    drone.cooldownTicks = WEAPONS.blaster.cooldownTicks;
  } else {
    drone.specialCooldownTicks = WEAPONS[weapon].cooldownTicks;
    drone.ammo--;
  }
}

/** Field by field: a loop over their names reads them several times as slowly. */
function runTimers(drone: DroneBody): void {
  if (drone.cooldownTicks > 0) drone.cooldownTicks--;
  if (drone.specialCooldownTicks > 0) drone.specialCooldownTicks--;
  if (drone.dashTicks > 0) drone.dashTicks--;
  if (drone.dashCooldownTicks > 0) drone.dashCooldownTicks--;
  if (drone.hasteTicks > 0) drone.hasteTicks--;
  if (drone.overchargeTicks > 0) drone.overchargeTicks--;
}
