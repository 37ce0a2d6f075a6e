/** Chooses the weapon and the aim: a special weapon within the distances of its tuning row, the blaster otherwise. */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, REACH_STEP_PX } from "#shared/schema/input.ts";
import { isLineClear } from "#shared/sim/collision.ts";
import { specialOf } from "#shared/sim/drive.ts";
import type { Place } from "#shared/sim/sight.ts";
import {
  botUseOf,
  DRONE,
  isHitscan,
  type LobTuning,
  lobOf,
  PROJECTILES,
  type ProjectileName,
  type SpecialName,
  WEAPONS,
  type WeaponName,
} from "#shared/tuning.ts";
import { leadPlace } from "./aim.ts";
import { distanceTo } from "./geometry.ts";
import type { OwnDrone, SeenDrone } from "./perception.ts";
import type { Skill } from "./skill.ts";
import type { Target } from "./target.ts";

/** Bots lob shells at a place where they saw a target at most this long ago. */
const LOB_RECALL_TICKS = 60;
/** A target changes course while a shell flies, so bots lead it only by this share. */
const LOB_LEAD_SHARE = 0.6;
const LOB_TOLERANCE_RAD = 0.12;
/** A hitscan is aimed more carefully than a projectile. */
const HITSCAN_TOLERANCE_SHARE = 0.5;

/** A shot that a bot lines up. */
export interface Shooting {
  readonly at: Place;
  readonly weapon: WeaponName;
  /** The bot fires once its barrel is off by no more than this. */
  readonly toleranceRad: number;
}

/** The distance from a target that a bot keeps with the weapon it holds. */
export const likedPx = (self: OwnDrone): number => botUseOf(specialOf(self) ?? "blaster").likedPx;

/** The shot to line up now, or undefined when there is none. */
export function chooseShot(
  arena: Arena,
  self: OwnDrone,
  target: Target,
  enemies: readonly SeenDrone[],
  tick: number,
  skill: Skill,
): Shooting | undefined {
  if (target.isProtected) return undefined;
  const special = readySpecial(self);
  const lob = special && lobOf(special);
  if (special && lob) {
    const lead = lobLead(self, target, special, tick, skill);
    if (lead)
      return { at: crowdAround(lead, enemies, lob), weapon: special, toleranceRad: LOB_TOLERANCE_RAD };
  }
  if (!target.inSight || !target.isClear) return undefined;
  const px = distanceTo(self, target);
  const toleranceRad = (Math.atan(DRONE.radiusPx / Math.max(px, 1)) * skill.triggerWidths) / 1.2;
  if (special && !lob && isInUse(special, px)) {
    if (!isHitscan(special)) return leadShot(arena, self, target, special, toleranceRad, skill);
    return { at: target, weapon: special, toleranceRad: toleranceRad * HITSCAN_TOLERANCE_SHARE };
  }
  return px > PROJECTILES.blaster.rangePx
    ? undefined
    : leadShot(arena, self, target, "blaster", toleranceRad, skill);
}

/** A shot that flies straight: aimed ahead of the target, or at it where a wall covers the place ahead. */
function leadShot(
  arena: Arena,
  self: OwnDrone,
  target: Target,
  weapon: ProjectileName,
  toleranceRad: number,
  { leadShare }: Skill,
): Shooting {
  const { speedPxPerSec, spreadRad } = PROJECTILES[weapon];
  const lead = leadPlace(self, target, speedPxPerSec, leadShare);
  const at = isLineClear(arena, self.x, self.y, lead.x, lead.y) ? lead : target;
  // A wide spread forgives a loose aim.
  return { at, weapon, toleranceRad: toleranceRad + spreadRad / 5 };
}

/** The triggers for a lined-up shot. The blaster fires along with a special that points where it would point itself. */
export function triggersFor({ weapon }: Shooting): number {
  if (weapon === "blaster") return BUTTON.fire;
  return isHitscan(weapon) || lobOf(weapon) ? BUTTON.altFire : BUTTON.fire | BUTTON.altFire;
}

/** Steps of `reach` from one place to another, capped at what the wire carries. */
export const reachTo = (from: Place, to: Place): number =>
  Math.min(255, Math.round(distanceTo(from, to) / REACH_STEP_PX));

function readySpecial(self: OwnDrone): SpecialName | undefined {
  return self.specialCooldownTicks <= 1 ? specialOf(self) : undefined;
}

function isInUse(weapon: WeaponName, px: number): boolean {
  const { fromPx = 0, toPx = WEAPONS[weapon].rangePx } = botUseOf(weapon);
  return px >= fromPx && px <= toPx;
}

/** Where to lob a shell: ahead of the target, or where it disappeared a moment ago. Undefined when out of reach. */
function lobLead(
  self: OwnDrone,
  target: Target,
  weapon: SpecialName,
  tick: number,
  { leadShare }: Skill,
): Place | undefined {
  if (isHitscan(weapon)) return undefined;
  if (!target.inSight && tick - target.seenTick > LOB_RECALL_TICKS) return undefined;
  const { speedPxPerSec } = PROJECTILES[weapon];
  const lead = target.inSight ? leadPlace(self, target, speedPxPerSec, leadShare * LOB_LEAD_SHARE) : target;
  return isInUse(weapon, distanceTo(self, lead)) ? lead : undefined;
}

/** The middle of the place and the enemies around it that one splash can also reach. */
function crowdAround(place: Place, enemies: readonly SeenDrone[], { splashPx }: LobTuning): Place {
  let { x, y } = place;
  let count = 1;
  for (const enemy of enemies) {
    const px = distanceTo(place, enemy);
    if (px < splashPx / 2 || px > 1.5 * splashPx) continue;
    x += enemy.x;
    y += enemy.y;
    count++;
  }
  return { x: x / count, y: y / count };
}
