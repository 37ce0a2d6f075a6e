/**
 * Carries remote drones on for a moment when the next patch is late. The SDK's interpolation holds the newest pose
 * then, and they would freeze and jump at every stall of the network.
 */
import type { RoomClockLike } from "@colyseus/sdk";
import type { Drone } from "#shared/schema/state.ts";
import type { ArenaLink } from "./arenaLink.ts";

/** Farther than this nobody can tell where a drone has gone. */
const EXTRAPOLATE_MAX_MS = 100;

interface Motion {
  x: number;
  y: number;
  atMs: number;
  /** px a ms. */
  vx: number;
  vy: number;
}

export interface Extrapolation {
  /** How far the drone has gone since the newest patch, px: nothing unless that patch is overdue. */
  offset(drone: Drone): { x: number; y: number };
  dispose(): void;
}

/**
 * `delayMs` is how far behind the newest patch drones are drawn; a longer way than `teleportPx` in a patch is a respawn.
 * While the room is paused nobody goes anywhere.
 */
export function createExtrapolation(
  room: ArenaLink,
  delayMs: () => number,
  teleportPx: number,
  clock: Pick<RoomClockLike, "serverNow" | "smoothedRtt" | "lastServerTime"> = room.clock,
): Extrapolation {
  const motions = new Map<Drone, Motion>();

  const learn = () => {
    const atMs = clock.lastServerTime();
    const present = new Set(room.state.drones.values());
    for (const drone of present) motions.set(drone, nextMotion(motions.get(drone), drone, atMs, teleportPx));
    for (const drone of motions.keys()) if (!present.has(drone)) motions.delete(drone);
  };
  room.onStateChange(learn);

  /** How far the moment that is drawn lies after the newest patch. */
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
    dispose: () => room.onStateChange.remove(learn),
  };
}

function nextMotion(before: Motion | undefined, { x, y }: Drone, atMs: number, teleportPx: number): Motion {
  const elapsedMs = before ? atMs - before.atMs : 0;
  // Several states may come with one patch's time: a message in between, a full state.
  if (before && elapsedMs <= 0) return before;
  const gonePx = before ? Math.hypot(x - before.x, y - before.y) : Number.POSITIVE_INFINITY;
  if (!before || gonePx > teleportPx) return { x, y, atMs, vx: 0, vy: 0 };
  return { x, y, atMs, vx: (x - before.x) / elapsedMs, vy: (y - before.y) / elapsedMs };
}
