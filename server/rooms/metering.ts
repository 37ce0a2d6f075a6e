/** How long a room's ticks and patches take, and how many ticks it owes. Nothing is allocated for one of them. */
import { patchDurations, tickDurations, ticks } from "#server/services/metrics.ts";
import { TICK_MS } from "#shared/config.ts";

/** `step` in a wrapping that measures it. The clock of what is due starts with the first. */
export function meterTicks(step: () => void): () => void {
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
    tickDurations.observeMs(performance.now() - beganAt);
  };
}

/** Measures the room's patches from now on. */
export function meterPatches(room: { broadcastPatch(): boolean }): void {
  const patch = room.broadcastPatch;
  room.broadcastPatch = () => {
    const beganAt = performance.now();
    const changed = patch.call(room);
    patchDurations.observeMs(performance.now() - beganAt);
    return changed;
  };
}
