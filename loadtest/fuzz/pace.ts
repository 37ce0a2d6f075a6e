/** Paces the attackers by the server's utilization: the fuzzer tests broken input, not overload. */
import { setTimeout as wait } from "node:timers/promises";

/** Event loop utilisation above which stalls of the machine and of the server cannot be told apart. */
const BUSY_SHARE = 0.6;
const SLOWER = 1.5;
const FASTER = 0.9;
const SHORTEST_GAP_MS = 1;
const LONGEST_GAP_MS = 500;

export class Pace {
  #gapMs = 10;

  /** Called once a second with the utilization of the server's event loop, 0…1. */
  adapt(utilization: number): void {
    const gapMs = this.#gapMs * (utilization > BUSY_SHARE ? SLOWER : FASTER);
    this.#gapMs = Math.min(LONGEST_GAP_MS, Math.max(SHORTEST_GAP_MS, gapMs));
  }

  /** The pause between two connections of an attacker. */
  next(): Promise<void> {
    return wait(this.#gapMs);
  }
}
