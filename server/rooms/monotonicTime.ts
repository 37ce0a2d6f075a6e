/**
 * A room's clock, freed of the wall clock: Colyseus reads Date.now in Node, and a wall clock that steps back by
 * 5 s (NTP, a laptop that woke) makes the fixed-step loop stand still for as long.
 */
import type { Room } from "@colyseus/core";

export function runOnMonotonicTime(clock: Room["clock"]): void {
  // Not a clock of our own: by now Colyseus has wrapped the timers of this one to catch what they throw.
  Object.assign(clock, { now: () => performance.now() });
  // Reads the new clock once, so that the first step is not measured from the old one.
  clock.start();
}
