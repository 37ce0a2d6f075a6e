/** How a drone answers its sticks: acceleration towards the wanted velocity, sliding along walls. */
import type { Arena } from "#shared/arena/arena.ts";
import { SUB_STEP_SEC, SUB_STEPS } from "#shared/config.ts";
import { type Command, MOVE_MAX } from "#shared/schema/input.ts";
import { snapPosition, snapVelocity } from "#shared/schema/wire.ts";
import { DASH, DRONE, HASTE } from "#shared/tuning.ts";
import { type MovingCircle, pushOutOfCircle, pushOutOfWalls } from "./collision.ts";
import { distancePx } from "./distance.ts";
import type { DroneBody } from "./world.ts";

/** Whoever else is in the way. */
export interface Blocker {
  readonly x: number;
  readonly y: number;
  readonly hp: number;
}

/**
 * Moves the drone by one tick and leaves it on the wire's grid. The living among `blockers` push it aside,
 * gently: a client knows them only as they were, and what it guesses wrong about them must not be felt.
 */
export function moveDrone(
  drone: DroneBody,
  command: Command,
  arena: Arena,
  blockers: Iterable<Blocker>,
): void {
  const wanted = wantedVelocity(command, drone.hasteTicks > 0 ? HASTE.speedShare : 1);
  // Sub-steps run in full precision on a copy: the entity's own fields round at every write.
  const body: MovingCircle = { x: drone.x, y: drone.y, vx: drone.vx, vy: drone.vy };
  for (let i = 0; i < SUB_STEPS; i++) {
    if (drone.dashTicks === 0) accelerate(body, wanted.vx, wanted.vy);
    body.x += body.vx * SUB_STEP_SEC;
    body.y += body.vy * SUB_STEP_SEC;
    pushOutOfDrones(body, blockers);
    pushOutOfWalls(arena, body, DRONE.radiusPx);
  }
  if (drone.dashTicks === 1) endDash(body);
  drone.x = snapPosition(body.x);
  drone.y = snapPosition(body.y);
  drone.vx = snapVelocity(body.vx);
  drone.vy = snapVelocity(body.vy);
}

/** Where the stick points; false when it points nowhere. */
export function startDash(drone: DroneBody, { moveX, moveY }: Command): boolean {
  const length = Math.sqrt(moveX * moveX + moveY * moveY);
  if (length === 0) return false;
  drone.vx = snapVelocity((moveX / length) * DASH.speedPxPerSec);
  drone.vy = snapVelocity((moveY / length) * DASH.speedPxPerSec);
  return true;
}

/** A dash goes as far as it goes: nothing of its speed is left to glide on. */
function endDash(body: MovingCircle): void {
  const speed = Math.sqrt(body.vx * body.vx + body.vy * body.vy);
  const share = Math.min(1, DRONE.maxSpeedPxPerSec / Math.max(speed, 1));
  body.vx *= share;
  body.vy *= share;
}

/** However many push, they push no faster: a crowd must not press anybody into a wall. */
function pushOutOfDrones(body: MovingCircle, blockers: Iterable<Blocker>): void {
  const maxPx = DRONE.bumpPxPerSec * SUB_STEP_SEC;
  const { x, y } = body;
  for (const other of blockers) {
    if (other.hp > 0) pushOutOfCircle(body, DRONE.radiusPx, other.x, other.y, maxPx);
  }
  const pushedPx = distancePx(body, { x, y });
  if (pushedPx <= maxPx) return;
  body.x = x + (body.x - x) * (maxPx / pushedPx);
  body.y = y + (body.y - y) * (maxPx / pushedPx);
}

/** A stick pushed into a corner is no faster than one pushed straight. */
function wantedVelocity({ moveX, moveY }: Command, share: number): { vx: number; vy: number } {
  const length = Math.sqrt(moveX * moveX + moveY * moveY);
  const speed = (DRONE.maxSpeedPxPerSec * share) / Math.max(length, MOVE_MAX);
  return { vx: moveX * speed, vy: moveY * speed };
}

function accelerate(body: MovingCircle, wantedVx: number, wantedVy: number): void {
  const dvx = wantedVx - body.vx;
  const dvy = wantedVy - body.vy;
  const missing = Math.sqrt(dvx * dvx + dvy * dvy);
  const gain = DRONE.accelerationPxPerSec2 * SUB_STEP_SEC;
  const share = missing <= gain ? 1 : gain / missing;
  body.vx += dvx * share;
  body.vy += dvy * share;
}
