/** The enemy that a bot fights: chosen with each decision, tracked every tick, remembered for a while out of sight. */
import type { Arena } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
import { STATUS } from "#shared/schema/state.ts";
import { isLineClear } from "#shared/sim/collision.ts";
import type { Place } from "#shared/sim/sight.ts";
import { DRONE } from "#shared/tuning.ts";
import { distanceTo } from "./geometry.ts";
import { isSeen, type Perception, type SeenDrone } from "./perception.ts";

/** Weights of the choice in px of distance; `wounded` per missing hp. */
const WORTH = { behindWall: 700, wounded: 2.5, carrier: 500, known: 160, protected: 400 } as const;

/** An enemy in sight, or one that was a moment ago. */
export interface Target {
  readonly id: string;
  /** Its place, or the last one that was seen. */
  x: number;
  y: number;
  /** Velocity, px/s, estimated from its positions: a client does not receive the velocity of other drones. */
  vx: number;
  vy: number;
  inSight: boolean;
  /** No wall on the line to it. */
  isClear: boolean;
  isProtected: boolean;
  /** Tick since which it has been in sight, apart from gaps of up to BLINK_TICKS. */
  sinceTick: number;
  seenTick: number;
  /** Tick of its last change of place: on a client drones move with patches, not ticks. */
  movedTick: number;
}

/** After a gap no longer than this, the bot needs no new reaction time. */
const BLINK_TICKS = Math.round(0.4 * TICKS_PER_SEC);
/** A bot looks for a lost target for this long. */
const SOUGHT_TICKS = 4 * TICKS_PER_SEC;
/** Weight of each new sample in the estimated velocity. */
const NEWS_SHARE = 0.4;
const MAX_PX_PER_TICK = 40;

/** The best enemy in sight, or the lost target while the bot still looks for it. */
export function chooseTarget(
  arena: Arena,
  { self, flags, tick }: Perception,
  enemies: readonly SeenDrone[],
  current: Target | undefined,
): Target | undefined {
  let best: SeenDrone | undefined;
  let bestIsClear = false;
  let bestPx = Infinity;
  for (const enemy of enemies) {
    let px = distanceTo(self, enemy) - (DRONE.hp - enemy.hp) * WORTH.wounded;
    if (enemy.id === current?.id) px -= WORTH.known;
    if (enemy.status & STATUS.protected) px += WORTH.protected;
    for (const flag of flags) if (flag.carrier === enemy.id) px -= WORTH.carrier;
    if (px >= bestPx) continue;
    const isClear = isLineClear(arena, self.x, self.y, enemy.x, enemy.y);
    if (!isClear) px += WORTH.behindWall;
    if (px >= bestPx) continue;
    best = enemy;
    bestIsClear = isClear;
    bestPx = px;
  }
  if (!best) return current && tick - current.seenTick < SOUGHT_TICKS ? current : undefined;
  const target = current?.id === best.id ? current : createTarget(best, tick);
  target.isClear = bestIsClear;
  target.isProtected = (best.status & STATUS.protected) !== 0;
  return target;
}

const createTarget = ({ id, x, y }: SeenDrone, tick: number): Target => ({
  id,
  x,
  y,
  vx: 0,
  vy: 0,
  inSight: true,
  isClear: false,
  isProtected: false,
  sinceTick: tick,
  seenTick: tick,
  movedTick: tick,
});

/** Call every tick: updates the target's place, velocity and visibility. */
export function followTarget(arena: Arena, target: Target, { self, droneById, tick }: Perception): void {
  const drone = droneById.get(target.id);
  target.inSight = drone !== undefined && isSeen(arena, self, drone, tick);
  if (!drone || !target.inSight) return;
  if (tick - target.seenTick > BLINK_TICKS) forgetMoves(target, drone, tick);
  else if (drone.x !== target.x || drone.y !== target.y) noteMove(target, drone, tick);
  else if (tick - target.movedTick > 3) target.vx = target.vy = 0;
  target.seenTick = tick;
}

function forgetMoves(target: Target, { x, y }: Place, tick: number): void {
  Object.assign(target, { x, y, vx: 0, vy: 0, sinceTick: tick, movedTick: tick });
}

function noteMove(target: Target, { x, y }: Place, tick: number): void {
  const ticks = Math.max(1, tick - target.movedTick);
  const vx = (x - target.x) / ticks;
  const vy = (y - target.y) / ticks;
  // A larger jump is a respawn, not a movement.
  const share = Math.abs(vx) + Math.abs(vy) > MAX_PX_PER_TICK ? 0 : NEWS_SHARE;
  target.vx += (vx * TICKS_PER_SEC - target.vx) * share;
  target.vy += (vy * TICKS_PER_SEC - target.vy) * share;
  target.x = x;
  target.y = y;
  target.movedTick = tick;
}
