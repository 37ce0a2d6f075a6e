/** Interpolates the drones that this page does not steer: draws them in the past, between two known poses. */
import type { RoomClockLike } from "@colyseus/sdk";
import { Predict } from "@colyseus/sdk/predict";
import { interpolationMs, PATCH_MS } from "#shared/config.ts";
import type { ArenaState, Drone } from "#shared/schema/state.ts";
import { DRONE } from "#shared/tuning.ts";
import type { ArenaLink } from "./arenaLink.ts";
import { createExtrapolation } from "./extrapolation.ts";

/** A longer step in one patch is a respawn, and snaps. Ordinary movement stays far below it. */
export const TELEPORT_PX = DRONE.maxSpeedPxPerSec / 2;
/** Rate at which the interpolation delay follows the jitter, so slow that players do not see time stretch. */
const ADAPT_MS_PER_SEC = 20;

export interface Remotes {
  /** The SDK's predictor; everything else that is predicted shares its frames. */
  readonly predict: Predict<ArenaState>;
  /** Call once a frame with the frame's time stamp. Returns the number of commands due, where a drone is steered. */
  advance(nowMs: number): number;
  /** Where to draw a drone in this frame. */
  pose(drone: Drone): { x: number; y: number };
  aim(drone: Drone): number;
  /** How far behind the newest patch remote drones are drawn. */
  readonly interpolationMs: number;
  /** Jitter of the patches' arrival. */
  readonly jitterMs: number;
  dispose(): void;
}

export function createRemotes(room: ArenaLink, clock: RoomClockLike = room.clock): Remotes {
  /** Half a patch beyond the pose before: a replay of a large room has poses more rarely than patches. */
  const leastMs = (clock.patchInterval?.() ?? 0) + PATCH_MS / 2;
  const delayFor = (jitterMs: number) => Math.max(interpolationMs(jitterMs), leastMs);
  let delayMs = delayFor(0);
  let advancedAtMs = -1;
  const interpolation = () => ({ mode: "lerp", delay: delayMs, snap: TELEPORT_PX }) as const;
  const predict = Predict.get(room, { ...interpolation(), clock });
  predict.attachAll("drones", { x: "lerp", y: "lerp", aim: { mode: "lerp", angle: true } });
  const extrapolation = createExtrapolation(room, () => delayMs, TELEPORT_PX, clock);

  /** Moves the delay towards the one that the jitter requires, by a small step each frame. */
  const adapt = (nowMs: number) => {
    const elapsedSec = advancedAtMs < 0 ? 0 : (nowMs - advancedAtMs) / 1000;
    advancedAtMs = nowMs;
    const step = ADAPT_MS_PER_SEC * elapsedSec;
    const wanted = delayFor(clock.jitter());
    delayMs += Math.max(-step, Math.min(step, wanted - delayMs));
    predict.setDefaults(interpolation());
  };

  return {
    predict,
    advance(nowMs) {
      adapt(nowMs);
      return predict.tick(nowMs);
    },
    pose(drone) {
      const ahead = extrapolation.offset(drone);
      return { x: predict.value(drone, "x") + ahead.x, y: predict.value(drone, "y") + ahead.y };
    },
    aim: (drone) => predict.value(drone, "aim"),
    get interpolationMs() {
      return delayMs;
    },
    get jitterMs() {
      return clock.jitter();
    },
    dispose() {
      extrapolation.dispose();
      predict.dispose();
    },
  };
}
