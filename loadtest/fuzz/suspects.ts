/** What may have caused a violation: connections, requests and corpus entries under way, now or a moment ago. */
import { stepsOf } from "./corpusSteps.ts";
import type { ConnectionPlan } from "./plan/connection.ts";
import { planRequest } from "./plan/requests.ts";

export interface Suspect {
  name: string;
  /** Undefined for corpus entries. */
  seed?: number;
  /** What it sends, in the form of a corpus entry; undefined for what is in the corpus already. */
  steps?: () => string[];
  request?: () => string;
}

export const connectionSuspect = (seed: number, plan: ConnectionPlan): Suspect => ({
  name: `connection ${plan.index} of seed ${seed}`,
  seed,
  steps: () => stepsOf(plan),
});

export const requestSuspect = (seed: number, index: number): Suspect => ({
  name: `request ${index} of seed ${seed}`,
  seed,
  request: () => planRequest(seed, index).text,
});

/** A cause shows soon after it was sent, and the server's report of it follows within a second. */
const SUSPECT_MS = 1500;

export class Suspects {
  #isFrozen = false;
  readonly #known = new Map<Suspect, { doneAt: number }>();

  /** Adds a suspect. Call the returned function when its connection or request is over. */
  note(suspect: Suspect): () => void {
    if (this.#isFrozen) return () => {};
    const life = { doneAt: Number.POSITIVE_INFINITY };
    this.#known.set(suspect, life);
    return () => {
      life.doneAt = performance.now();
      this.#forgetOld();
    };
  }

  /** In the order in which they started. */
  list(): Suspect[] {
    this.#forgetOld();
    return [...this.#known.keys()];
  }

  /** Keeps only these suspects, or none, because the cause is known. Freezes the list. */
  convict(...guilty: Suspect[]): void {
    if (this.#isFrozen) return;
    this.#known.clear();
    for (const suspect of guilty) this.note(suspect);
    this.freeze();
  }

  /** After a violation: from now on suspects are neither added nor forgotten. */
  freeze(): void {
    this.#forgetOld();
    this.#isFrozen = true;
  }

  #forgetOld(): void {
    if (this.#isFrozen) return;
    const since = performance.now() - SUSPECT_MS;
    for (const [suspect, { doneAt }] of this.#known) if (doneAt < since) this.#known.delete(suspect);
  }
}
