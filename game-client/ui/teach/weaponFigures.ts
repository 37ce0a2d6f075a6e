/** The figures of each weapon and pickup for the page of weapons: all of them from the tuning. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import {
  isHitscan,
  lobOf,
  PICKUPS,
  type PickupName,
  PROJECTILES,
  WEAPONS,
  type WeaponName,
} from "#shared/tuning.ts";

/** The tile of the maps that come with Fracas: players see tiles, and no px. */
const TILE_PX = 64;

export interface WeaponFigures {
  /** The damage of one hit, weakest and strongest; equal except for shells. */
  readonly damage: { readonly min: number; readonly max: number };
  /** Hits of one shot. */
  readonly pellets: number;
  readonly rangeTiles: number;
  readonly shotsPerSec: number;
  /** Infinity for the blaster. */
  readonly shots: number;
}

export function weaponFigures(weapon: WeaponName): WeaponFigures {
  const { damage, rangePx, cooldownTicks, ammo } = WEAPONS[weapon];
  const weakest = damage * (lobOf(weapon)?.edgeShare ?? 1);
  return {
    damage: { min: Math.round(weakest), max: damage },
    pellets: isHitscan(weapon) ? 1 : PROJECTILES[weapon].pellets,
    rangeTiles: rangePx / TILE_PX,
    shotsPerSec: TICKS_PER_SEC / cooldownTicks,
    shots: ammo,
  };
}

export const returnSec = (kind: PickupName): number => PICKUPS[kind].returnTicks / TICKS_PER_SEC;
