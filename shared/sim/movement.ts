/** A drone's movement: acceleration towards the velocity that the stick asks for, sliding along walls, dashes. */
import type { Arena } from "#shared/arena/arena.ts";
import { SUB_STEP_SEC, SUB_STEPS } from "#shared/config.ts";
import { type Command, MOVE_MAX } from "#shared/schema/input.ts";
import { snapPosition, snapVelocity } from "#shared/schema/wire.ts";
import { DASH, DRONE, HASTE } from "#shared/tuning.ts";
import { type MovingCircle, pushOutOfCircle, pushOutOfWalls } from "./collision.ts";
import type { DroneBody } from "./world.ts";

/** Another drone that may be in the way. */
export interface Blocker {
  readonly x: number;
  readonly y: number;
  readonly hp: number;
}

/** The drone that moves: its fields round at every write, so the sub-steps run in full precision on this copy. */
const body: MovingCircle = { x: 0, y: 0, vx: 0, vy: 0 };

/**
 * Moves the drone by one tick and leaves it on the wire's grid. Living `blockers` push it aside only gently: a client
 * knows their positions of a moment ago, and the resulting misprediction must stay too small to notice.
 */
export function moveDrone(
  drone: DroneBody,
  command: Command,
  arena: Arena,
  blockers: Iterable<Blocker>,
): void {
  const speed = speedPerStick(command, drone.hasteTicks > 0 ? HASTE.speedShare : 1);
  const { dashTicks } = drone;
  body.x = drone.x;
  body.y = drone.y;
  body.vx = drone.vx;
  body.vy = drone.vy;
  for (let i = 0; i < SUB_STEPS; i++) {
    if (dashTicks === 0) accelerate(body, command.moveX * speed, command.moveY * speed);
    body.x += body.vx * SUB_STEP_SEC;
    body.y += body.vy * SUB_STEP_SEC;
    pushOutOfDrones(body, blockers);
    pushOutOfWalls(arena, body, DRONE.radiusPx);
  }
  if (dashTicks === 1) endDash(body);
  drone.x = snapPosition(body.x);
  drone.y = snapPosition(body.y);
  drone.vx = snapVelocity(body.vx);
  drone.vy = snapVelocity(body.vy);
}

/** Sets the dash velocity in the direction of the stick. Returns false when the stick is centred. */
export function startDash(drone: DroneBody, { moveX, moveY }: Command): boolean {
  const length = Math.sqrt(moveX * moveX + moveY * moveY);
  if (length === 0) return false;
  drone.vx = snapVelocity((moveX / length) * DASH.speedPxPerSec);
  drone.vy = snapVelocity((moveY / length) * DASH.speedPxPerSec);
  return true;
}

/** Caps the speed to that of normal movement, so that a dash covers a fixed distance and does not glide on. */
function endDash(body: MovingCircle): void {
  const speed = Math.sqrt(body.vx * body.vx + body.vy * body.vy);
  const share = Math.min(1, DRONE.maxSpeedPxPerSec / Math.max(speed, 1));
  body.vx *= share;
  body.vy *= share;
}

/** Caps the sum of all pushes at that of one drone, so that a crowd cannot press a drone into a wall. */
function pushOutOfDrones(body: MovingCircle, blockers: Iterable<Blocker>): void {
  const maxPx = DRONE.bumpPxPerSec * SUB_STEP_SEC;
  const { x, y } = body;
  for (const other of blockers) {
    if (other.hp > 0) pushOutOfCircle(body, DRONE.radiusPx, other.x, other.y, maxPx);
  }
  const dx = body.x - x;
  const dy = body.y - y;
  const pushedPx = Math.sqrt(dx * dx + dy * dy);
  if (pushedPx <= maxPx) return;
  body.x = x + dx * (maxPx / pushedPx);
  body.y = y + dy * (maxPx / pushedPx);
}

/** The wanted velocity is the stick times this: a diagonal stick asks for no more than the maximum speed. `share` scales it. */
function speedPerStick({ moveX, moveY }: Command, share: number): number {
  const length = Math.sqrt(moveX * moveX + moveY * moveY);
  return (DRONE.maxSpeedPxPerSec * share) / Math.max(length, MOVE_MAX);
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
