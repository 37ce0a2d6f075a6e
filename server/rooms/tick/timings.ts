/** Measures a room's ticks and patches, and counts the ticks that were due and those that ran. Allocates nothing per tick. */
import { patchDurations, tickDurations, ticks, workDurations } from "#server/services/metrics.ts";
import { TICK_MS } from "#shared/config.ts";

export class RoomTimings {
  #lastTickMs = 0;

  /** Wraps `step` to measure it. Ticks are due from the first call on. */
  measureTicks(step: () => void): () => void {
    let startedAtMs = -1;
    let due = 0;
    return () => {
      const beganAtMs = performance.now();
      if (startedAtMs < 0) startedAtMs = beganAtMs;
      const dueNow = Math.floor((beganAtMs - startedAtMs) / TICK_MS) + 1;
      // A timer that fires early runs a tick before it is due.
      if (dueNow > due) {
        ticks.due += dueNow - due;
        due = dueNow;
      }
      ticks.held++;
      step();
      this.#lastTickMs = performance.now() - beganAtMs;
      tickDurations.observeMs(this.#lastTickMs);
    };
  }

  /** Wraps `patch` to measure it. */
  measurePatches(patch: () => void): () => void {
    return () => {
      const beganAtMs = performance.now();
      patch();
      const ms = performance.now() - beganAtMs;
      patchDurations.observeMs(ms);
      workDurations.observeMs(this.#lastTickMs + ms);
    };
  }
}
