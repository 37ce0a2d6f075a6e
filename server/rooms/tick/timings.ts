/** How long a room's ticks and patches take, and how many ticks it owes. Nothing is allocated for one of them. */
import { patchDurations, tickDurations, ticks, workDurations } from "#server/services/metrics.ts";
import { TICK_MS } from "#shared/config.ts";

export class Timings {
  #lastTickMs = 0;

  /** `step` in a wrapping that measures it. The clock of what is due starts with the first. */
  ticks(step: () => void): () => void {
    let startedAt = -1;
    let due = 0;
    return () => {
      const beganAt = performance.now();
      if (startedAt < 0) startedAt = beganAt;
      const dueNow = Math.floor((beganAt - startedAt) / TICK_MS) + 1;
      // A timer that fires early makes a tick before it is due.
      if (dueNow > due) {
        ticks.due += dueNow - due;
        due = dueNow;
      }
      ticks.held++;
      step();
      this.#lastTickMs = performance.now() - beganAt;
      tickDurations.observeMs(this.#lastTickMs);
    };
  }

  /** Measures the room's patches from now on. */
  patches(room: { broadcastPatch(): boolean }): void {
    const patch = room.broadcastPatch;
    room.broadcastPatch = () => {
      const beganAt = performance.now();
      const changed = patch.call(room);
      const ms = performance.now() - beganAt;
      patchDurations.observeMs(ms);
      workDurations.observeMs(this.#lastTickMs + ms);
      return changed;
    };
  }
}
