/** Which weapon when. The blaster fires whenever there is a line; the second trigger, when its weapon is at its best. */
import type { Arena } from "#shared/arena/arena.ts";
import { BUTTON, REACH_STEP_PX } from "#shared/schema/input.ts";
import { isLineClear } from "#shared/sim/collision.ts";
import { specialOf } from "#shared/sim/drive.ts";
import type { Place } from "#shared/sim/sight.ts";
import { DRONE, PROJECTILES, type SpecialName, WEAPONS, type WeaponName } from "#shared/tuning.ts";
import { leadPlace } from "./aim.ts";
import { distanceTo } from "./geometry.ts";
import type { OwnDrone, SeenDrone } from "./perception.ts";
import type { Skill } from "./skill.ts";
import type { Target } from "./target.ts";

/** How far from a target a bot likes to be with what it holds. */
const LIKED_PX: Readonly<Record<WeaponName, number>> = { blaster: 320, scatter: 110, rail: 560, mortar: 360 };

/** Where a special is worth its shot. */
const USED = {
  scatter: { toPx: 230 },
  rail: { fromPx: 140, toPx: 1050 },
  mortar: { fromPx: 120, toPx: WEAPONS.mortar.rangePx + 40 },
} as const;

/** Shells are lobbed at places where somebody was seen so recently. */
const MORTAR_RECALL_TICKS = 60;
/** A target moves on in other ways than it does now, while a shell flies. */
const MORTAR_LEAD_SHARE = 0.6;

/** What to point at, and the trigger that it is for. */
export interface Shooting {
  readonly at: Place;
  readonly weapon: WeaponName;
  /** How far the barrel may be off. */
  readonly toleranceRad: number;
}

export const likedPx = (self: OwnDrone): number => LIKED_PX[specialOf(self) ?? "blaster"];

/** The shot to line up now, or undefined when there is none. */
export function chooseShot(
  arena: Arena,
  self: OwnDrone,
  target: Target,
  enemies: readonly SeenDrone[],
  tick: number,
  skill: Skill,
): Shooting | undefined {
  const special = readySpecial(self);
  const px = distanceTo(self, target);
  const toleranceRad = (Math.atan(DRONE.radiusPx / Math.max(px, 1)) * skill.triggerWidths) / 1.2;
  if (special === "mortar") {
    const at = mortarPlace(self, target, enemies, tick, skill);
    if (at) return { at, weapon: "mortar", toleranceRad: 0.12 };
  }
  if (!target.inSight || !target.isClear || target.isProtected) return undefined;
  if (special === "rail" && px > USED.rail.fromPx && px < USED.rail.toPx) {
    return { at: target, weapon: "rail", toleranceRad: toleranceRad * 0.5 };
  }
  const weapon = special === "scatter" && px < USED.scatter.toPx ? "scatter" : "blaster";
  const { speedPxPerSec, rangePx } = PROJECTILES[weapon];
  if (px > rangePx) return undefined;
  const lead = leadPlace(self, target, speedPxPerSec, skill.leadShare);
  const at = isLineClear(arena, self.x, self.y, lead.x, lead.y) ? lead : target;
  return { at, weapon, toleranceRad: weapon === "scatter" ? toleranceRad + 0.1 : toleranceRad };
}

/** The triggers for a shot that is lined up. The blaster fires along with what points the same way. */
export const triggersFor = ({ weapon }: Shooting): number =>
  weapon === "blaster" ? BUTTON.fire : weapon === "scatter" ? BUTTON.fire | BUTTON.altFire : BUTTON.altFire;

/** Steps of `reach` to a place, within what the wire carries. */
export const reachTo = (from: Place, to: Place): number =>
  Math.min(255, Math.round(distanceTo(from, to) / REACH_STEP_PX));

function readySpecial(self: OwnDrone): SpecialName | undefined {
  return self.specialCooldownTicks <= 1 ? specialOf(self) : undefined;
}

/** Where a shell does most: at the target, at the middle of a crowd with it, or where it went behind a wall. */
function mortarPlace(
  self: OwnDrone,
  target: Target,
  enemies: readonly SeenDrone[],
  tick: number,
  { leadShare }: Skill,
): Place | undefined {
  if (target.isProtected) return undefined;
  if (!target.inSight && tick - target.seenTick > MORTAR_RECALL_TICKS) return undefined;
  const speed = PROJECTILES.mortar.speedPxPerSec;
  const lead = target.inSight ? leadPlace(self, target, speed, leadShare * MORTAR_LEAD_SHARE) : target;
  const px = distanceTo(self, lead);
  if (px < USED.mortar.fromPx || px > USED.mortar.toPx) return undefined;
  return crowdAround(lead, enemies);
}

/** Drawn towards whoever else a splash at this place would reach. */
function crowdAround(place: Place, enemies: readonly SeenDrone[]): Place {
  const splashPx = PROJECTILES.mortar.lob?.splashPx ?? 0;
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
