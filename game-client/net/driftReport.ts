/**
 * Tells the server of a correction that prediction does not explain, so that it keeps the last minute for its developers.
 * Late frames, a bad connection, other drones in the way and the server's own moves explain the usual ones.
 */
import { DRIFT_EVERY_MS } from "#shared/protocol/messages.ts";
import { DRONE } from "#shared/tuning.ts";
import { TELEPORT_PX } from "./remotes.ts";

const DRIFT_MIN_PX = 40;
/** Two drones at full speed towards one another, a third of a second apart: their bump was predicted wrongly. */
const BUMP_WITHIN_PX = 2 * DRONE.radiusPx + (2 * DRONE.maxSpeedPxPerSec) / 3;
/** A frame later than this is a stall, after which commands come late… */
const STALL_MS = 100;
/** …for so long. */
const RECOVERY_MS = 3_000;
const PENDING_MAX = 20;
const JITTER_MAX_MS = 40;

/** A correction of the own drone, and the circumstances at that moment. */
export interface Correction {
  readonly px: number;
  /** To the nearest other drone; infinite without one. */
  readonly nearestPx: number;
  readonly pendingCommands: number;
  readonly jitterMs: number;
}

export interface DriftReport {
  /** Call once a frame with the frame's time stamp. */
  frame(nowMs: number): void;
  corrected(correction: Correction): void;
}

/** `send` is called once in DRIFT_EVERY_MS at most. */
export function createDriftReport(send: (px: number) => void): DriftReport {
  let frameAtMs: number | undefined;
  let steadyFromMs = 0;
  let sentAtMs = Number.NEGATIVE_INFINITY;
  return {
    frame(nowMs) {
      if (frameAtMs === undefined || nowMs - frameAtMs > STALL_MS) steadyFromMs = nowMs + RECOVERY_MS;
      frameAtMs = nowMs;
    },
    corrected(correction) {
      const nowMs = frameAtMs;
      if (nowMs === undefined || nowMs < steadyFromMs || !isUnexplained(correction)) return;
      if (nowMs - sentAtMs < DRIFT_EVERY_MS) return;
      sentAtMs = nowMs;
      send(correction.px);
    },
  };
}

const isUnexplained = ({ px, nearestPx, pendingCommands, jitterMs }: Correction): boolean =>
  px > DRIFT_MIN_PX &&
  px < TELEPORT_PX &&
  nearestPx > BUMP_WITHIN_PX &&
  pendingCommands <= PENDING_MAX &&
  jitterMs <= JITTER_MAX_MS;
