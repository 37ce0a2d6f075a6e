/** Stops a room's clock and advances it tick by tick, so that a test decides what has arrived before each tick. */
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { TICK_MS } from "#shared/config.ts";
import { until } from "./bootServer.ts";

export interface HeldTime {
  /** Advances the clock by one tick and waits until the room has stepped. */
  step(): Promise<void>;
  /** Lets the clock run again. */
  release(): void;
}

/** Added to each tick, so that rounding never skips a step. */
const ROUNDING_MS = 0.001;

export function holdTime(room: ArenaRoom): HeldTime {
  const { now } = room.clock as unknown as { now(): number };
  let heldMs = now();
  Object.assign(room.clock, { now: () => heldMs });
  return {
    async step() {
      const { tick } = room.state;
      heldMs += TICK_MS + ROUNDING_MS;
      await until("the room steps", () => room.state.tick > tick);
    },
    release() {
      // The held time may be ahead of the real one, and the clock must not run backwards.
      const aheadMs = Math.max(0, heldMs - now());
      Object.assign(room.clock, { now: () => now() + aheadMs });
    },
  };
}
