/** The flight of a shot. It follows from how the shot was fired, so a projectile is synced once and rarely patched. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { REACH_STEP_PX } from "#shared/schema/input.ts";
import type { Projectile } from "#shared/schema/state.ts";
import {
  MUZZLE_PX,
  PROJECTILE_NAMES,
  PROJECTILES,
  type ProjectileName,
  type ProjectileTuning,
} from "#shared/tuning.ts";
import { cos, sin } from "./angle.ts";
import { castRay } from "./collision.ts";
import { seededRandom } from "./random.ts";
import type { Shot } from "./world.ts";

export const projectileName = (shot: Pick<Shot, "weapon">): ProjectileName =>
  PROJECTILE_NAMES[shot.weapon] ?? "blaster";

export const weaponOf = (shot: Pick<Shot, "weapon">): ProjectileTuning => PROJECTILES[projectileName(shot)];

/** One pellet of a shot: its direction, and its distance up to a wall or its range. */
export interface Pellet {
  readonly aim: number;
  readonly reachPx: number;
}

/** A projectile's pellets, computed once, with their progress. */
export interface Flight {
  readonly pellets: readonly Pellet[];
  /** A bit for each pellet that a wall or its range has ended. */
  ended: number;
}

const flights = new WeakMap<Projectile, Flight>();

/** The projectile's flight; computed on first use and kept with the projectile. */
export function flightOf(projectile: Projectile, arena: Arena): Flight {
  const known = flights.get(projectile);
  if (known) return known;
  const flight = { pellets: pelletsOf(projectile, arena), ended: 0 };
  flights.set(projectile, flight);
  return flight;
}

/** The place of the shot's centre line at this age; it stops where the longest pellet ends. */
export function placeOfProjectile(
  projectile: Projectile,
  arena: Arena,
  ageTicks: number,
): { x: number; y: number } {
  const reachPx = Math.max(...flightOf(projectile, arena).pellets.map((pellet) => pellet.reachPx));
  return placeAlong(projectile, Math.min(flownPx(projectile, ageTicks), reachPx));
}

/** Casts rays and draws random numbers: callers keep the result for as long as the shot flies. */
export function pelletsOf(shot: Shot, arena: Arena): readonly Pellet[] {
  const weapon = weaponOf(shot);
  if (weapon.lob) return [{ aim: shot.aim, reachPx: lobPx(shot, weapon) }];
  return spread(shot.aim, weapon).map((aim) => ({
    aim,
    reachPx: castRay(arena, shot.x, shot.y, cos(aim), sin(aim), weapon.rangePx),
  }));
}

/** Distance from the place of firing after `ageTicks` (fractions allowed). A new shot is at the muzzle. */
export function flownPx(shot: Pick<Shot, "weapon">, ageTicks: number): number {
  return MUZZLE_PX + (weaponOf(shot).speedPxPerSec / TICKS_PER_SEC) * ageTicks;
}

/** The place `gonePx` along the line of fire. */
export function placeAlong(
  from: { x: number; y: number; aim: number },
  gonePx: number,
): { x: number; y: number } {
  return { x: from.x + cos(from.aim) * gonePx, y: from.y + sin(from.aim) * gonePx };
}

/** The wire's 65,536 directions. Both sides know an aim to the bit, so the aim seeds the random spread of its pellets. */
const AIM_STEPS_PER_RAD = 65536 / (2 * Math.PI);

function spread(aim: number, { pellets, spreadRad }: ProjectileTuning): number[] {
  if (pellets === 1) return [aim];
  const random = seededRandom(Math.round(aim * AIM_STEPS_PER_RAD) & 0xffff);
  const gap = spreadRad / (pellets - 1);
  return Array.from(
    { length: pellets },
    (_, place) => aim - spreadRad / 2 + (place + random.next() - 0.5) * gap,
  );
}

function lobPx({ reach }: Pick<Shot, "reach">, { lob, rangePx }: ProjectileTuning): number {
  return Math.max(lob?.minPx ?? 0, Math.min((reach ?? 0) * REACH_STEP_PX, rangePx));
}
