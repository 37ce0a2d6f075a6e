/** Who may have done it: connections, requests and old regressions that are under way, or were a moment ago. */

import { stepsOf } from "./corpusSteps.ts";
import { planConnection } from "./plan/connection.ts";
import { planRequest } from "./plan/requests.ts";

export interface Suspect {
  name: string;
  /** Of what the generator has made. */
  seed?: number;
  /** What it sends, as a corpus entry has it; nothing for what is in the corpus already. */
  steps?: () => string[];
  request?: () => string;
}

export const connectionSuspect = (seed: number, index: number): Suspect => ({
  name: `connection ${index} of seed ${seed}`,
  seed,
  steps: () => stepsOf(planConnection(seed, index)),
});

export const requestSuspect = (seed: number, index: number): Suspect => ({
  name: `request ${index} of seed ${seed}`,
  seed,
  request: () => planRequest(seed, index).text,
});

/** What a server chokes on, it chokes on soon; a report of it comes within a second more. */
const SUSPECT_MS = 1500;

export class Suspects {
  #isFrozen = false;
  readonly #known = new Map<Suspect, { doneAt: number }>();

  /** Call the returned function when it is over. */
  note(suspect: Suspect): () => void {
    if (this.#isFrozen) return () => {};
    const life = { doneAt: Number.POSITIVE_INFINITY };
    this.#known.set(suspect, life);
    return () => {
      life.doneAt = performance.now();
      this.#forgetOld();
    };
  }

  /** In the order in which they began. */
  list(): Suspect[] {
    this.#forgetOld();
    return [...this.#known.keys()];
  }

  /** Known for certain: the others are let go; or all of them, when it was none of them. */
  convict(...guilty: Suspect[]): void {
    if (this.#isFrozen) return;
    this.#known.clear();
    for (const suspect of guilty) this.note(suspect);
    this.freeze();
  }

  /** From now on nobody is forgotten, and nobody new is suspected: it has happened. */
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
