/**
 * Parses brought arenas on a thread that exists only while there are some, one at a time: a hostile file takes no time of rooms. A
 * file that ends the thread, or takes too long, is refused, and another thread goes on with the next one.
 */
import { Worker } from "node:worker_threads";
import { log } from "#server/log.ts";
import { isLogDue } from "#server/logOnce.ts";
import { countUp } from "#server/services/metrics.ts";
import { ArenasBusyError, type Checked } from "./arenas.ts";

/** Main thread → worker, and back. */
export interface CheckRequest {
  id: number;
  tiledJson: string;
}
export type CheckReport = { is: "ready" } | { is: "checked"; id: number; checked: Checked };

/** Files of visitors, and of rooms, that may wait; those of rooms come first. */
const WAITING_MAX = 16;
const ROOMS_WAITING_MAX = 64;
const CHECK_WITHIN_MS = 5_000;
/** The time that a new thread may take to start on a busy machine. */
const START_WITHIN_MS = 30_000;
const IDLE_MS = 60_000;
/** A file has 100 KB at most. */
const MEMORY_MAX_MB = 64;

const counts = { checked: 0, ended: 0 };
countUp("fracas_arenas_checked_total", "Files that were parsed as arenas.", () => counts.checked);
countUp(
  "fracas_arena_threads_ended_total",
  "Threads that ended while they parsed a file as an arena: it took too long, or too much memory.",
  () => counts.ended,
);

interface Waiting {
  readonly tiledJson: string;
  resolve(checked: Checked): void;
}

const REFUSED: Checked = { ok: false, faults: [{ code: "notATiledMap", place: {}, values: {} }] };

export interface ArenaCheckOptions {
  /** Tests run another program than arenaWorker.ts. */
  readonly entry?: URL;
  readonly withinMs?: number;
}

export class ArenaCheck {
  readonly #entry: URL;
  readonly #withinMs: number;
  readonly #visitors: Waiting[] = [];
  readonly #rooms: Waiting[] = [];
  #worker: Worker | undefined;
  #isReady = false;
  #current: Waiting | undefined;
  #lastId = 0;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ entry, withinMs = CHECK_WITHIN_MS }: ArenaCheckOptions = {}) {
    this.#entry = entry ?? new URL("./arenaWorker.ts", import.meta.url);
    this.#withinMs = withinMs;
  }

  /** Rejects with ArenasBusyError if too many wait. `isForRoom`: it comes before the files of visitors. */
  check(tiledJson: string, isForRoom = false): Promise<Checked> {
    const queue = isForRoom ? this.#rooms : this.#visitors;
    if (this.#isClosed || queue.length >= (isForRoom ? ROOMS_WAITING_MAX : WAITING_MAX))
      return Promise.reject(new ArenasBusyError("too many arenas wait to be parsed"));
    return new Promise((resolve) => {
      queue.push({ tiledJson, resolve });
      this.#next();
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const queue of [this.#rooms, this.#visitors])
      for (const { resolve } of queue.splice(0)) resolve(REFUSED);
    this.#drop();
  }

  #next(): void {
    if (this.#current) return;
    const next = this.#rooms.shift() ?? this.#visitors.shift();
    if (!next) {
      this.#dropWithin(IDLE_MS);
      return;
    }
    this.#current = next;
    counts.checked++;
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id: ++this.#lastId, tiledJson: next.tiledJson } satisfies CheckRequest);
    this.#dropWithin(this.#isReady ? this.#withinMs : START_WITHIN_MS);
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB } });
    worker.on("message", (report: CheckReport) => {
      if (worker !== this.#worker) return;
      if (report.is === "ready") {
        this.#isReady = true;
        this.#dropWithin(this.#withinMs);
      } else if (report.id === this.#lastId) this.#conclude(report.checked);
    });
    worker.on("error", (error) => {
      if (isLogDue("arenaCheck", error.name)) log.warn({ err: error }, "a file broke the parser of arenas");
    });
    worker.once("exit", () => {
      if (worker === this.#worker) this.#drop();
    });
    worker.unref();
    return worker;
  }

  #dropWithin(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#drop(), ms).unref();
  }

  /** Ends the thread, and refuses what it parses. */
  #drop(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#isReady = false;
    void worker?.terminate();
    if (!this.#current) return;
    counts.ended++;
    this.#conclude(REFUSED);
  }

  #conclude(checked: Checked): void {
    const current = this.#current;
    this.#current = undefined;
    current?.resolve(checked);
    if (!this.#isClosed) this.#next();
  }
}
