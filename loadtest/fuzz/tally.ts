/** What was done in a run, and what the server said to it. */

export class Counts {
  readonly #counts = new Map<string, number>();

  add(name: string | number, amount = 1): void {
    this.#counts.set(String(name), (this.#counts.get(String(name)) ?? 0) + amount);
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** "name 12, other 3", the most frequent first. */
  toString(): string {
    const entries = [...this.#counts].sort(([, a], [, b]) => b - a);
    return entries.map(([name, count]) => `${name} ${count.toLocaleString("en")}`).join(", ") || "none";
  }
}

export class Tally {
  /** Written to a connection that stood, by kind. */
  readonly frames = new Counts();
  /** Written after what the server may have closed the connection for: they are not counted as frames. */
  unreadFrames = 0;
  connections = 0;
  /** Of those, how many were in the honest pair's room. */
  besideThePair = 0;
  /** Seats that were taken back after a cut. */
  returns = 0;
  readonly closeCodes = new Counts();
  /** Why attackers did not get in. */
  readonly refusals = new Counts();
  requests = 0;
  readonly requestKinds = new Counts();
  /** Statuses, "hung up" and "silent". */
  readonly answers = new Counts();
  readonly startedAt = performance.now();

  get framesPerSec(): number {
    return this.frames.total / Math.max(0.001, (performance.now() - this.startedAt) / 1000);
  }
}
