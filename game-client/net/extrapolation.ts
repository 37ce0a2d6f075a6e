/**
 * Extrapolates remote drones briefly when the next patch is late. The SDK's interpolation holds the newest pose, so
 * drones would freeze and jump at every stall of the network.
 */
import type { RoomClockLike } from "@colyseus/sdk";
import type { Drone } from "#shared/schema/state.ts";
import type { ArenaLink } from "./arenaLink.ts";

/** Beyond this time a straight line no longer predicts a drone. */
const EXTRAPOLATE_MAX_MS = 100;

interface Motion {
  x: number;
  y: number;
  atMs: number;
  /** Velocity, px per ms. */
  vx: number;
  vy: number;
}

export interface Extrapolation {
  /** Estimated movement since the newest patch, px; zero unless the next patch is overdue. */
  offset(drone: Drone): { x: number; y: number };
  dispose(): void;
}

/**
 * `delayMs` is the interpolation delay. A step of more than `teleportPx` in one patch is a respawn and gives no velocity.
 * Nothing is extrapolated while the room is paused.
 */
export function createExtrapolation(
  room: ArenaLink,
  delayMs: () => number,
  teleportPx: number,
  clock: Pick<RoomClockLike, "serverNow" | "smoothedRtt" | "lastServerTime"> = room.clock,
): Extrapolation {
  const motions = new Map<Drone, Motion>();

  const update = () => {
    const atMs = clock.lastServerTime();
    const present = new Set(room.state.drones.values());
    for (const drone of present) motions.set(drone, nextMotion(motions.get(drone), drone, atMs, teleportPx));
    for (const drone of motions.keys()) if (!present.has(drone)) motions.delete(drone);
  };
  room.onStateChange(update);

  /** Time from the newest patch to the moment that is drawn, 0 to EXTRAPOLATE_MAX_MS. */
  const overdueMs = () => {
    if (room.state.paused) return 0;
    const drawnMs = clock.serverNow() - delayMs() - clock.smoothedRtt() / 2;
    return Math.min(EXTRAPOLATE_MAX_MS, Math.max(0, drawnMs - clock.lastServerTime()));
  };

  return {
    offset(drone) {
      const motion = motions.get(drone);
      const ms = overdueMs();
      return motion && drone.hp > 0 ? { x: motion.vx * ms, y: motion.vy * ms } : { x: 0, y: 0 };
    },
    dispose: () => room.onStateChange.remove(update),
  };
}

function nextMotion(before: Motion | undefined, { x, y }: Drone, atMs: number, teleportPx: number): Motion {
  const elapsedMs = before ? atMs - before.atMs : 0;
  // States may share a time stamp, as a full state does with the patch before it.
  if (before && elapsedMs <= 0) return before;
  const gonePx = before ? Math.hypot(x - before.x, y - before.y) : Number.POSITIVE_INFINITY;
  if (!before || gonePx > teleportPx) return { x, y, atMs, vx: 0, vy: 0 };
  return { x, y, atMs, vx: (x - before.x) / elapsedMs, vy: (y - before.y) / elapsedMs };
}
