/** The movement stick: along the path, around an enemy, or out of the line of a shot. */
import { isSolidAt } from "#shared/arena/arena.ts";
import { specialOf } from "#shared/sim/drive.ts";
import type { Place } from "#shared/sim/sight.ts";
import { botUseOf } from "#shared/tuning.ts";
import { distanceTo, isWithin, type Stick, stickTo } from "./geometry.ts";
import type { Mind } from "./mind.ts";
import type { OwnDrone, Perception } from "./perception.ts";
import type { Target } from "./target.ts";
import { likedPx } from "./weapons.ts";

/** The bot avoids directions in which a wall is this near. */
const FEELER_PX = 46;
/** It spends a dash only on a shot that would hit within this time. */
const DASH_WITHIN_TICKS = 9;
/** Sideways share of the stick while weaving. */
const WEAVE_SHARE = 0.45;

export interface Move extends Stick {
  dash: boolean;
}

/** The stick and dash of this tick; call it every tick. */
export function chooseMove(mind: Mind, perception: Perception): Move {
  const { self, tick } = perception;
  const loose = mind.navigator.shakeLoose(self, mind.wantsToMove, tick);
  const move = loose ? { ...stickTo(self, loose), dash: false } : wishedMove(mind, self);
  mind.wantsToMove = move.x !== 0 || move.y !== 0;
  return move;
}

function wishedMove(mind: Mind, self: OwnDrone): Move {
  const { threat, orders, target } = mind;
  if (threat && orders.dodges) {
    const out = isOpen(mind, self, threat.out) ? threat.out : reverse(threat.out);
    return { ...out, dash: orders.mayDash && threat.inTicks < DASH_WITHIN_TICKS && canDash(self) };
  }
  const manner = orders.goal?.manner ?? "fight";
  // Without a clear line it follows its path: circling behind a wall would only move it back and forth.
  if (!target?.inSight || !target.isClear)
    return { ...stickTo(self, mind.navigator.next(self)), dash: false };
  if (manner === "press on") return weave(mind, self, target);
  return fight(mind, self, target, manner === "hold");
}

/** Circles the target at the preferred distance of its weapon. */
function fight(mind: Mind, self: OwnDrone, target: Target, holds: boolean): Move {
  const { goal, circle } = mind.orders;
  if (holds && goal && !isWithin(self, goal.place, goal.withinPx ?? 0)) {
    return { ...stickTo(self, mind.navigator.next(self)), dash: false };
  }
  const px = Math.max(1, distanceTo(self, target));
  const dirX = (target.x - self.x) / px;
  const dirY = (target.y - self.y) / px;
  const nearer = holds ? 0 : Math.max(-1, Math.min((px - likedPx(self)) / 80, 1));
  const stick = unit(dirX * nearer - dirY * circle, dirY * nearer + dirX * circle);
  const back = unit(dirX * nearer + dirY * circle, dirY * nearer - dirX * circle);
  const dash = leapsIn(mind, self, px);
  if (isOpen(mind, self, stick)) return { ...stick, dash };
  // In a corner both directions are blocked: it slides along the wall instead of reversing every tick.
  if (!isOpen(mind, self, back)) return { ...stick, dash };
  mind.orders.circle = -circle;
  return { ...back, dash };
}

/** Closes the gap with a dash, for a weapon that needs a short distance. */
function leapsIn({ orders }: Mind, self: OwnDrone, px: number): boolean {
  const special = specialOf(self);
  const dashIn = special && botUseOf(special).dashIn;
  const isNearMiss = dashIn !== undefined && px > dashIn.fromPx && px < dashIn.toPx;
  return orders.mayDash && isNearMiss && canDash(self);
}

/** Moves along its path in a zigzag under fire, and dashes when that leads away from the target. */
function weave(mind: Mind, self: OwnDrone, target: Target): Move {
  const way = stickTo(self, mind.navigator.next(self));
  const { circle, mayDash } = mind.orders;
  const woven = unit(way.x - way.y * circle * WEAVE_SHARE, way.y + way.x * circle * WEAVE_SHARE);
  const stick = isOpen(mind, self, woven) ? woven : way;
  const isRunning = way.x * (target.x - self.x) + way.y * (target.y - self.y) < 0;
  return { ...stick, dash: mayDash && isRunning && canDash(self) && isOpen(mind, self, way) };
}

const canDash = (self: OwnDrone) => self.dashCooldownTicks === 0;

function isOpen({ arena }: Mind, self: Place, { x, y }: Stick): boolean {
  return !isSolidAt(arena, self.x + x * FEELER_PX, self.y + y * FEELER_PX);
}

const reverse = ({ x, y }: Stick): Stick => ({ x: -x, y: -y });

function unit(x: number, y: number): Stick {
  const length = Math.max(1e-6, Math.hypot(x, y));
  return { x: x / length, y: y / length };
}
