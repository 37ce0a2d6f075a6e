/** Every number that decides how the game plays. Change one here and both sides follow. */
import { TICKS_PER_SEC } from "./config.ts";

export const DRONE = {
  radiusPx: 22,
  hp: 100,
  maxSpeedPxPerSec: 330,
  /** Towards the wanted velocity; also how fast it stops and turns. */
  accelerationPxPerSec2: 2400,
  respawnTicks: 3 * TICKS_PER_SEC,
} as const;

export interface WeaponTuning {
  readonly damage: number;
  readonly cooldownTicks: number;
  readonly speedPxPerSec: number;
  readonly rangePx: number;
  /** Added to the drone's radius when a shot passes. */
  readonly shotRadiusPx: number;
}

export type WeaponName = "blaster";

export const WEAPONS: Readonly<Record<WeaponName, WeaponTuning>> = {
  blaster: { damage: 20, cooldownTicks: 6, speedPxPerSec: 960, rangePx: 1000, shotRadiusPx: 6 },
};

/** Weapons go over the wire as their place in this list. */
export const WEAPON_NAMES = Object.keys(WEAPONS) as WeaponName[];

/** A shot starts at the drone's centre and is first seen this far along its way. */
export const MUZZLE_PX = 30;

export const DEATHMATCH = { pointsPerKill: 1 } as const;
