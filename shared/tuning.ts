/** Every number that decides how the game plays. Change one here and both sides follow. */
import { TICKS_PER_SEC } from "./config.ts";

export const DRONE = {
  radiusPx: 22,
  hp: 100,
  maxShield: 100,
  maxSpeedPxPerSec: 330,
  /** Towards the wanted velocity; also how fast it stops and turns. */
  accelerationPxPerSec2: 2400,
  /** How fast two that overlap are pushed apart. */
  bumpPxPerSec: 30,
  respawnTicks: 3 * TICKS_PER_SEC,
  /** After a return nothing hurts, until it fires. */
  protectedTicks: 2 * TICKS_PER_SEC,
} as const;

/** A burst of speed where the stick points: 160 px, and then no faster than before. */
export const DASH = {
  speedPxPerSec: 960,
  ticks: 5,
  cooldownTicks: 2.5 * TICKS_PER_SEC,
} as const;

interface WeaponTuning {
  readonly damage: number;
  readonly cooldownTicks: number;
  readonly rangePx: number;
  /** Added to the drone's radius when a shot passes. */
  readonly shotRadiusPx: number;
  /** Shots in a full magazine; the blaster's never ends. */
  readonly ammo: number;
}

/** Weapons whose shots fly, and can be dodged. */
export interface ProjectileTuning extends WeaponTuning {
  readonly speedPxPerSec: number;
  /** One trigger fires so many (8 at most), spread evenly over the angle, each a little off by chance. */
  readonly pellets: number;
  readonly spreadRad: number;
  /** A shell flies over walls and drones to where it was aimed, and bursts there. */
  readonly lob?: LobTuning;
}

export interface LobTuning {
  readonly minPx: number;
  /** Who is this near gets the damage, falling to a share of it at the edge. */
  readonly splashPx: number;
  readonly edgeShare: number;
  /** Away from the burst, px/s in its centre. */
  readonly knockBackPxPerSec: number;
}

export type ProjectileName = "blaster" | "scatter" | "mortar";
export type HitscanName = "rail";
export type WeaponName = ProjectileName | HitscanName;
/** What the second trigger can hold. */
export type SpecialName = Exclude<WeaponName, "blaster">;

export const PROJECTILES: Readonly<Record<ProjectileName, ProjectileTuning>> = {
  /** Always there: good at any distance, best at none. */
  blaster: {
    damage: 16,
    cooldownTicks: 9,
    speedPxPerSec: 960,
    rangePx: 1000,
    shotRadiusPx: 6,
    ammo: Infinity,
    pellets: 1,
    spreadRad: 0,
  },
  /** For corners and doors: deadly near, nothing far. */
  scatter: {
    damage: 12,
    cooldownTicks: 24,
    speedPxPerSec: 1100,
    rangePx: 380,
    shotRadiusPx: 5,
    ammo: 8,
    pellets: 8,
    spreadRad: 0.5,
  },
  /** For who hides behind a wall, and for crowds. */
  mortar: {
    damage: 70,
    cooldownTicks: 36,
    speedPxPerSec: 620,
    rangePx: 640,
    shotRadiusPx: 0,
    ammo: 6,
    pellets: 1,
    spreadRad: 0,
    lob: { minPx: 110, splashPx: 120, edgeShare: 0.35, knockBackPxPerSec: 520 },
  },
};

/** Projectiles go over the wire as their place in this list. */
export const PROJECTILE_NAMES = Object.keys(PROJECTILES) as ProjectileName[];

/** Weapons that hit in the tick in which they fire, where the shooter saw the target. */
export const HITSCANS: Readonly<Record<HitscanName, WeaponTuning>> = {
  /** For long lines and steady hands. */
  rail: { damage: 60, cooldownTicks: 1.5 * TICKS_PER_SEC, rangePx: 1100, shotRadiusPx: 4, ammo: 5 },
};

/** A drone's special goes over the wire as its place in this list. */
export const SPECIALS: readonly SpecialName[] = ["scatter", "rail", "mortar"];

export const WEAPONS: Readonly<Record<WeaponName, WeaponTuning>> = { ...PROJECTILES, ...HITSCANS };

/** A shot starts at the drone's centre and is first seen this far along its way. */
export const MUZZLE_PX = 30;

/** Who is in a bush is seen from near, or for a while after firing. */
export const BUSH = {
  seenWithinPx: 150,
  firedShowsTicks: 1 * TICKS_PER_SEC,
} as const;

export const HASTE = { ticks: 8 * TICKS_PER_SEC, speedShare: 1.35 } as const;
export const OVERCHARGE = { ticks: 8 * TICKS_PER_SEC, damageShare: 1.6 } as const;

export type PickupName = "health" | "shield" | SpecialName | "haste" | "overcharge";

/** What lies in the arena: how far it is reached, and after how long another is there. */
export const PICKUP = { reachPx: 44 } as const;
export const PICKUPS: Readonly<Record<PickupName, { amount: number; returnTicks: number }>> = {
  health: { amount: 50, returnTicks: 12 * TICKS_PER_SEC },
  shield: { amount: 50, returnTicks: 18 * TICKS_PER_SEC },
  scatter: { amount: PROJECTILES.scatter.ammo, returnTicks: 6 * TICKS_PER_SEC },
  rail: { amount: HITSCANS.rail.ammo, returnTicks: 8 * TICKS_PER_SEC },
  mortar: { amount: PROJECTILES.mortar.ammo, returnTicks: 8 * TICKS_PER_SEC },
  haste: { amount: HASTE.ticks, returnTicks: 30 * TICKS_PER_SEC },
  overcharge: { amount: OVERCHARGE.ticks, returnTicks: 45 * TICKS_PER_SEC },
};

/** Pickups go over the wire as their place in this list. */
export const PICKUP_NAMES = Object.keys(PICKUPS) as PickupName[];

export const DEATHMATCH = { pointsPerKill: 1, scoreLimit: 20 } as const;
export const TEAM_DEATHMATCH = { pointsPerKill: 1, scoreLimit: 40 } as const;
export const CAPTURE_THE_FLAG = {
  pointsPerCapture: 5,
  /** Captures. */
  scoreLimit: 3,
  /** From hull to flag. */
  reachPx: 26,
  /** A dropped flag goes home by itself. */
  returnTicks: 15 * TICKS_PER_SEC,
} as const;
export const KING_OF_THE_HILL = {
  pointEveryTicks: 1 * TICKS_PER_SEC,
  moveEveryTicks: 45 * TICKS_PER_SEC,
  /** Seconds on a hill. */
  scoreLimit: 90,
} as const;
