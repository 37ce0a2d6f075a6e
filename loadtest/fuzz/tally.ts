/** Counts what a run sent, and how the server responded. */

export class Counts {
  readonly #counts = new Map<string, number>();

  add(name: string | number, amount = 1): void {
    this.#counts.set(String(name), (this.#counts.get(String(name)) ?? 0) + amount);
  }

  of(name: string | number): number {
    return this.#counts.get(String(name)) ?? 0;
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
  /** Frames written to an open connection, by kind. */
  readonly frames = new Counts();
  /** Frames written after one that may have closed the connection. They do not count as frames. */
  unreadFrames = 0;
  connections = 0;
  /** Connections in the honest pair's room. */
  besideThePair = 0;
  /** Reconnects to a kept seat. */
  returns = 0;
  /** Groups of connections that sent at the same moment. */
  together = 0;
  readonly closeCodes = new Counts();
  /** Reasons why attackers could not join. */
  readonly refusals = new Counts();
  requests = 0;
  readonly requestKinds = new Counts();
  /** Statuses, "hungUp" and "silent". */
  readonly answers = new Counts();
  readonly startedAt = performance.now();

  get framesPerSec(): number {
    return this.frames.total / Math.max(0.001, (performance.now() - this.startedAt) / 1000);
  }
}
