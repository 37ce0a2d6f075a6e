/** A room whose clock goes only when it is told to, so that a test decides what has arrived by each tick. */
import type { ArenaRoom } from "#server/rooms/ArenaRoom.ts";
import { TICK_MS } from "#shared/config.ts";
import { until } from "./bootServer.ts";

export interface HeldTime {
  /** Lets one tick's worth of time pass, and waits until the room has taken it. */
  step(): Promise<void>;
  release(): void;
}

/** A millisecond's share to spare, so that rounding never leaves a step out. */
const ROUNDING_MS = 0.001;

export function holdTime(room: ArenaRoom): HeldTime {
  const { now } = room.clock as unknown as { now(): number };
  let heldMs = now();
  Object.assign(room.clock, { now: () => heldMs });
  return {
    async step() {
      const { tick } = room.state;
      heldMs += TICK_MS + ROUNDING_MS;
      await until("the room has taken its step", () => room.state.tick > tick);
    },
    release() {
      // The timer that looks at the clock is a little faster than the ticks: time must not run back from here.
      const aheadMs = Math.max(0, heldMs - now());
      Object.assign(room.clock, { now: () => now() + aheadMs });
    },
  };
}
