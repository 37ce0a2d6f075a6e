/** Every number that decides how the game plays. Change one here and both sides follow. */
import { TICKS_PER_SEC } from "./config.ts";

export const DRONE = {
  radiusPx: 22,
  hp: 100,
  maxSpeedPxPerSec: 330,
  /** Towards the wanted velocity; also how fast it stops and turns. */
  accelerationPxPerSec2: 2400,
  /** How fast two that overlap are pushed apart. */
  bumpPxPerSec: 30,
  respawnTicks: 3 * TICKS_PER_SEC,
} as const;

interface WeaponTuning {
  readonly damage: number;
  readonly cooldownTicks: number;
  readonly rangePx: number;
  /** Added to the drone's radius when a shot passes. */
  readonly shotRadiusPx: number;
}

/** Weapons whose shots fly, and can be dodged. */
export interface ProjectileTuning extends WeaponTuning {
  readonly speedPxPerSec: number;
}

export type ProjectileName = "blaster";
export type HitscanName = "rail";
export type WeaponName = ProjectileName | HitscanName;

export const PROJECTILES: Readonly<Record<ProjectileName, ProjectileTuning>> = {
  blaster: { damage: 20, cooldownTicks: 6, speedPxPerSec: 960, rangePx: 1000, shotRadiusPx: 6 },
};

/** Projectiles go over the wire as their place in this list. */
export const PROJECTILE_NAMES = Object.keys(PROJECTILES) as ProjectileName[];

/** Weapons that hit in the tick in which they fire, where the shooter saw the target. */
export const HITSCANS: Readonly<Record<HitscanName, WeaponTuning>> = {
  rail: { damage: 60, cooldownTicks: 1.5 * TICKS_PER_SEC, rangePx: 1100, shotRadiusPx: 4 },
};

/** A shot starts at the drone's centre and is first seen this far along its way. */
export const MUZZLE_PX = 30;

/** Who is in a bush is seen from near, or for a while after firing. */
export const BUSH = {
  seenWithinPx: 150,
  firedShowsTicks: 1 * TICKS_PER_SEC,
} as const;

export const DEATHMATCH = { pointsPerKill: 1 } as const;
