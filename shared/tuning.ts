/** Every number that decides how the game plays: server and client both read it here. */
import { TICKS_PER_SEC } from "./config.ts";

export const DRONE = {
  radiusPx: 22,
  hp: 100,
  maxShield: 100,
  maxSpeedPxPerSec: 330,
  /** Towards the commanded velocity; braking and turning use it, too. */
  accelerationPxPerSec2: 2400,
  /** The speed at which two overlapping drones are pushed apart. */
  bumpPxPerSec: 30,
  respawnTicks: 3 * TICKS_PER_SEC,
  /** A respawned drone takes no damage for this long, or until it fires. */
  protectedTicks: 2 * TICKS_PER_SEC,
} as const;

/** A burst of speed in the direction of the stick: 160 px, then back to the usual maximum. */
export const DASH = {
  speedPxPerSec: 960,
  ticks: 5,
  cooldownTicks: 2.5 * TICKS_PER_SEC,
} as const;

export interface WeaponTuning {
  /** Of one pellet. */
  readonly damage: number;
  readonly cooldownTicks: number;
  readonly rangePx: number;
  /** Added to the drone's radius in the hit test. */
  readonly shotRadiusPx: number;
  /** Shots in a full magazine; the blaster's is infinite. */
  readonly ammo: number;
}

/** A weapon whose shots take time to arrive and can be dodged. */
export interface ProjectileTuning extends WeaponTuning {
  readonly speedPxPerSec: number;
  /** Shots per trigger pull, at most 8, spread evenly over `spreadRad` with a little random offset each. */
  readonly pellets: number;
  readonly spreadRad: number;
  /** Present for shells, which fly over walls and drones and burst at the aimed place. */
  readonly lob?: LobTuning;
}

export interface LobTuning {
  readonly minPx: number;
  /** Drones within this radius of the burst take damage, falling linearly to `edgeShare` of it at the edge. */
  readonly splashPx: number;
  readonly edgeShare: number;
  /** Speed added away from the burst, at its centre. */
  readonly knockBackPxPerSec: number;
}

/** How bots use a weapon. How they aim it follows from its tuning: a lob, a projectile's speed, or a hitscan. */
export interface BotUse {
  /** The distance from a target that a bot keeps while it holds the weapon. */
  readonly likedPx: number;
  /** Bots fire only at targets between these distances; by default from 0 to the weapon's range. */
  readonly fromPx?: number;
  readonly toPx?: number;
  /** Bots dash towards a target between these distances: for weapons that need to be close. */
  readonly dashIn?: { readonly fromPx: number; readonly toPx: number };
}

/** Everything the rules and the bots know about one weapon. */
export type WeaponRow = (
  | { readonly projectile: ProjectileTuning }
  /** Hits in the tick in which it fires, where the shooter saw the target. */
  | { readonly hitscan: WeaponTuning }
) & {
  /** Makes it a special weapon, which drones pick up; after this time the next one lies there. */
  readonly returnTicks?: number;
  readonly bots: BotUse;
};

/**
 * Every weapon. The tables below derive from it; their order goes over the wire, so a new or moved
 * row needs a new PROTOCOL_VERSION.
 */
const WEAPON_ROWS = {
  /** Always at hand: fair at any distance, best at none. */
  blaster: {
    projectile: {
      damage: 16,
      cooldownTicks: 9,
      speedPxPerSec: 960,
      rangePx: 1000,
      shotRadiusPx: 6,
      ammo: Infinity,
      pellets: 1,
      spreadRad: 0,
    },
    bots: { likedPx: 320 },
  },
  /** For corners and doors: deadly at close range, harmless beyond. */
  scatter: {
    projectile: {
      damage: 12,
      cooldownTicks: 24,
      speedPxPerSec: 1100,
      rangePx: 380,
      shotRadiusPx: 5,
      ammo: 8,
      pellets: 8,
      spreadRad: 0.5,
    },
    returnTicks: 6 * TICKS_PER_SEC,
    bots: { likedPx: 110, toPx: 230, dashIn: { fromPx: 190, toPx: 330 } },
  },
  /** For long lines and steady hands. */
  rail: {
    hitscan: {
      damage: 60,
      cooldownTicks: 1.5 * TICKS_PER_SEC,
      rangePx: 1100,
      shotRadiusPx: 4,
      ammo: 5,
    },
    returnTicks: 8 * TICKS_PER_SEC,
    bots: { likedPx: 560, fromPx: 140, toPx: 1050 },
  },
  /** Against crowds and enemies behind walls. */
  mortar: {
    projectile: {
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
    returnTicks: 8 * TICKS_PER_SEC,
    // The range and a third of the splash: a shell that falls short still hurts.
    bots: { likedPx: 360, fromPx: 120, toPx: 680 },
  },
} as const satisfies Record<string, WeaponRow>;

type WeaponRows = typeof WEAPON_ROWS;
type NamesWith<Field> = {
  [Name in keyof WeaponRows]: WeaponRows[Name] extends Field ? Name : never;
}[keyof WeaponRows];

export type WeaponName = keyof WeaponRows;
export type ProjectileName = NamesWith<{ projectile: ProjectileTuning }>;
export type HitscanName = NamesWith<{ hitscan: WeaponTuning }>;
/** What the second trigger can hold. */
export type SpecialName = NamesWith<{ returnTicks: number }>;

const ROWS: readonly (readonly [string, WeaponRow])[] = Object.entries(WEAPON_ROWS);

export const PROJECTILES = Object.fromEntries(
  ROWS.flatMap(([name, row]) => ("projectile" in row ? [[name, row.projectile]] : [])),
) as Readonly<Record<ProjectileName, ProjectileTuning>>;

/** A projectile's weapon goes over the wire as its index in this list. */
export const PROJECTILE_NAMES = Object.keys(PROJECTILES) as ProjectileName[];

export const HITSCANS = Object.fromEntries(
  ROWS.flatMap(([name, row]) => ("hitscan" in row ? [[name, row.hitscan]] : [])),
) as Readonly<Record<HitscanName, WeaponTuning>>;

export const isHitscan = (weapon: WeaponName): weapon is HitscanName => weapon in HITSCANS;

/** Present for weapons that fire shells. */
export const lobOf = (weapon: WeaponName): LobTuning | undefined =>
  isHitscan(weapon) ? undefined : PROJECTILES[weapon].lob;

/** A drone's special weapon goes over the wire as its index in this list. */
export const SPECIALS = ROWS.flatMap(([name, row]) => (row.returnTicks ? [name] : [])) as SpecialName[];

export const isSpecial = (kind: PickupName): kind is SpecialName => SPECIALS.includes(kind as SpecialName);

export const WEAPONS: Readonly<Record<WeaponName, WeaponTuning>> = { ...PROJECTILES, ...HITSCANS };

/** A function, so that the protocol's fingerprint leaves bots out: no client predicts them. */
export const botUseOf = (weapon: WeaponName): BotUse => WEAPON_ROWS[weapon].bots;

/** A shot starts at the drone's centre and is first visible this far along its path. */
export const MUZZLE_PX = 30;

/** A drone in a bush is visible from close by, and from anywhere for a while after it fires. */
export const BUSH = {
  seenWithinPx: 150,
  firedShowsTicks: 1 * TICKS_PER_SEC,
} as const;

export const HASTE = { ticks: 8 * TICKS_PER_SEC, speedShare: 1.35 } as const;
export const OVERCHARGE = { ticks: 8 * TICKS_PER_SEC, damageShare: 1.6 } as const;

export type PickupName = "health" | "shield" | SpecialName | "haste" | "overcharge";

/** `amount` is health, shield, shots or ticks; after `returnTicks` the next one lies there. */
export interface PickupTuning {
  readonly amount: number;
  readonly returnTicks: number;
}

/** The distance between centres at which a drone takes a pickup. */
export const PICKUP = { reachPx: 44 } as const;
export const PICKUPS: Readonly<Record<PickupName, PickupTuning>> = {
  health: { amount: 50, returnTicks: 12 * TICKS_PER_SEC },
  shield: { amount: 50, returnTicks: 18 * TICKS_PER_SEC },
  ...(Object.fromEntries(
    SPECIALS.map((name) => [
      name,
      { amount: WEAPONS[name].ammo, returnTicks: WEAPON_ROWS[name].returnTicks },
    ]),
  ) as Record<SpecialName, PickupTuning>),
  haste: { amount: HASTE.ticks, returnTicks: 30 * TICKS_PER_SEC },
  overcharge: { amount: OVERCHARGE.ticks, returnTicks: 45 * TICKS_PER_SEC },
};

/** A pickup's kind goes over the wire as its index in this list. */
export const PICKUP_NAMES = Object.keys(PICKUPS) as PickupName[];

export const DEATHMATCH = { pointsPerKill: 1, scoreLimit: 20 } as const;
export const TEAM_DEATHMATCH = { pointsPerKill: 1, scoreLimit: 40 } as const;
export const CAPTURE_THE_FLAG = {
  pointsPerCapture: 5,
  /** In captures. */
  scoreLimit: 3,
  /** From the hull to the flag. */
  reachPx: 26,
  /** A dropped flag returns home after this time. */
  returnTicks: 15 * TICKS_PER_SEC,
} as const;
export const KING_OF_THE_HILL = {
  pointEveryTicks: 1 * TICKS_PER_SEC,
  moveEveryTicks: 45 * TICKS_PER_SEC,
  /** In seconds of holding the hill alone. */
  scoreLimit: 90,
} as const;
