/** Notices a front that hangs, and ends what a front that was killed has left. */
import { log } from "#server/log.ts";
import { isRunningElsewhere, markOf } from "#server/services/runningProcess.ts";

/** A front of which nothing is heard for this long hangs. It beats twice a second. */
export const SILENT_MS = 5_000;
const WATCH_MS = 250;
/** Room processes close their rooms within 2.5 s when their front is gone. */
const LEFT_WITHIN_MS = 5_000;

export interface WatchedFront {
  readonly generation: number;
  readonly pid: number | undefined;
  /** When it was last heard of: performance.now(). */
  heardAtMs: number;
  /** Not before it is open: what it does until then has deadlines of its own. */
  readonly isWatched: boolean;
  kill(): void;
}

export class FrontWatch {
  readonly #fronts: () => readonly WatchedFront[];
  readonly #killed = new WeakSet<WatchedFront>();
  #lookedAtMs = performance.now();

  constructor(fronts: () => readonly WatchedFront[]) {
    this.#fronts = fronts;
    setInterval(() => this.look(performance.now()), WATCH_MS).unref();
  }

  /**
   * A primary that was late itself, because it was stopped or the machine is overloaded, forgives the fronts that time. It
   * judges after the input that waits in its pipes.
   */
  look(nowMs: number): void {
    const lateMs = Math.max(0, nowMs - this.#lookedAtMs - WATCH_MS);
    this.#lookedAtMs = nowMs;
    for (const front of this.#fronts()) front.heardAtMs = Math.min(nowMs, front.heardAtMs + lateMs);
    setImmediate(() => {
      for (const front of this.#fronts()) this.#judge(front, nowMs);
    });
  }

  #judge(front: WatchedFront, nowMs: number): void {
    const silentMs = Math.round(nowMs - front.heardAtMs);
    if (!front.isWatched || silentMs < SILENT_MS || this.#killed.has(front)) return;
    this.#killed.add(front);
    log.error({ generation: front.generation, pid: front.pid, silentMs }, "a front hangs: it is killed");
    front.kill();
  }
}

/** The processes of a front. */
export class Children {
  /** By process id. */
  readonly #marks = new Map<number, string>();

  /** Call it while they run. */
  know(pids: readonly number[]): void {
    for (const pid of this.#marks.keys()) if (!pids.includes(pid)) this.#marks.delete(pid);
    for (const pid of pids) if (!this.#marks.has(pid)) this.#marks.set(pid, markOf(pid));
  }

  /** Kills those that do not end by themselves: a stopped process does not notice that its front is gone. */
  killSoon(): void {
    setTimeout(() => this.kill(), LEFT_WITHIN_MS).unref();
  }

  kill(): void {
    for (const [pid, mark] of this.#marks) {
      if (!isRunningElsewhere(mark)) continue;
      log.warn({ pid }, "a room process is left of a front that was killed: it is killed, too");
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has just ended.
      }
    }
    this.#marks.clear();
  }
}
