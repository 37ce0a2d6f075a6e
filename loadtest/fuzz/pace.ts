/** How fast attackers come: as fast as the server stands it. What is tested is what it makes of frames, not overload. */
import { setTimeout as wait } from "node:timers/promises";

/** Of one core. Above it a busy machine's hiccups and the server's own work cannot be told apart any more. */
const BUSY_SHARE = 0.6;
const SLOWER = 1.5;
const FASTER = 0.9;
const SHORTEST_GAP_MS = 1;
const LONGEST_GAP_MS = 500;

export class Pace {
  #gapMs = 10;

  /** Once a second: how busy the server was. */
  adapt(utilization: number): void {
    const gapMs = this.#gapMs * (utilization > BUSY_SHARE ? SLOWER : FASTER);
    this.#gapMs = Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, gapMs));
  }

  /** Between two connections of an attacker. */
  next(): Promise<void> {
    return wait(this.#gapMs);
  }
}
