/**
 * The store as the rest of the server sees it: typed questions to a worker thread, which alone runs statements.
 *
 * node:sqlite blocks the thread that calls it, and a slow disk would stop the ticks of all rooms.
 */
import { log } from "#server/log.ts";
import type { StoreAddress } from "./database/database.ts";
import { monotonicMs } from "./deadline.ts";
import type { Queries, QueryName } from "./queries.ts";
import { type StoreThread, startThread, type WorkerReply } from "./storeThread.ts";

export { StoreUnusableError } from "./storeThread.ts";

/** The database does not answer, is locked or full, or too many questions wait already. */
export class StoreAwayError extends Error {}

type Question<Name extends QueryName> = Parameters<Queries[Name]>[1];
type Reply<Name extends QueryName> = Awaited<ReturnType<Queries[Name]>>;

export interface Store {
  /** Throws StoreAwayError, or an Error for a fault of the query. */
  ask<Name extends QueryName>(name: Name, question: Question<Name>): Promise<Reply<Name>>;
  /** Whether the last question was left without an answer. */
  readonly isAway: boolean;
  /** Answers what waits, then closes the database; gives up on one that hangs. */
  close(): Promise<void>;
}

/** Refuses further questions while the thread has this many to answer: the database does not keep up. */
const UNANSWERED_MAX = 2_000;
/**
 * The thread begins and commits nothing of a question later than this. Visitors wait for most questions, on connections that
 * end after 8 s without a byte (edge/httpBounds.ts).
 */
const DONE_WITHIN_MS = 4_000;
const RESULT_DONE_WITHIN_MS = 9_000;
/** How much longer to wait for the answer, as for a commit on a slow disk. */
const GRACE_MS = 1_000;
const CLOSE_WITHIN_MS = 1_000;
/** The wait before a failed thread is started again; it doubles with each further failure in a row. */
const RESTART_MS = { first: 1_000, max: 60_000 } as const;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * Resolves once the database is open; if it does not answer, is locked or full, with a store that is away and tries again with
 * each question. Throws an Error with a line for the operator if the database must not be used.
 */
export async function openStore(address: StoreAddress): Promise<Store> {
  const store = new ThreadStore(address);
  await store.start();
  return store;
}

class ThreadStore implements Store {
  readonly #address: StoreAddress;
  /** Questions whose askers still wait. */
  readonly #waiting = new Map<number, Waiting>();
  /** Questions that the thread has not answered, also those whose askers have given up. */
  #unanswered = 0;
  #thread: StoreThread | undefined;
  #lastId = 0;
  #failures = 0;
  #isClosing = false;
  isAway = false;

  constructor(address: StoreAddress) {
    this.#address = address;
  }

  async start(): Promise<void> {
    const thread = startThread(this.#address, (reply) => this.#hear(reply));
    await thread.opened;
    this.#thread = thread;
    void thread.ended.then((error) => this.#ended(error));
  }

  ask<Name extends QueryName>(name: Name, question: Question<Name>): Promise<Reply<Name>> {
    const thread = this.#thread;
    if (!thread) return this.#refuse("the store's thread has ended");
    if (this.#unanswered >= UNANSWERED_MAX) return this.#refuse("too many questions wait for the store");
    const id = ++this.#lastId;
    const withinMs = name === "applyResult" ? RESULT_DONE_WITHIN_MS : DONE_WITHIN_MS;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(id, "the store does not answer"), withinMs + GRACE_MS);
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, timer });
      thread.post({ id, name, question, untilMs: monotonicMs() + withinMs });
      this.#unanswered++;
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const thread = this.#thread;
    if (!thread) return;
    thread.post({ close: true });
    const { promise: late, resolve } = Promise.withResolvers<"late">();
    const timer = setTimeout(() => resolve("late"), CLOSE_WITHIN_MS);
    const end = await Promise.race([thread.ended, late]);
    clearTimeout(timer);
    if (end !== "late") return;
    log.warn("the store hangs while closing: leaving without it");
    thread.kill();
    this.#ended(undefined);
  }

  #refuse(why: string): Promise<never> {
    this.isAway = true;
    return Promise.reject(new StoreAwayError(why));
  }

  #hear(reply: WorkerReply): void {
    this.#failures = 0;
    this.#unanswered--;
    this.isAway = reply.is === "failure" && reply.isAway;
    this.#settle(reply.id, ({ resolve, reject }) => {
      if (reply.is === "answer") return resolve(reply.value);
      const error = reply.isAway ? new StoreAwayError(reply.message) : new Error(reply.message);
      if (reply.stack) error.stack = reply.stack;
      reject(error);
    });
  }

  #fail(id: number, why: string): void {
    this.isAway = true;
    this.#settle(id, ({ reject }) => reject(new StoreAwayError(why)));
  }

  /** Ignores the answer to a question that has timed out. */
  #settle(id: number, finish: (waiting: Waiting) => void): void {
    const found = this.#waiting.get(id);
    if (!found) return;
    this.#waiting.delete(id);
    clearTimeout(found.timer);
    finish(found);
  }

  #ended(error: Error | undefined): void {
    this.#thread = undefined;
    this.#unanswered = 0;
    for (const id of [...this.#waiting.keys()]) this.#fail(id, "the store has closed");
    if (!this.#isClosing) this.#restartLater(error);
  }

  #restartLater(error: Error | undefined): void {
    const inMs = Math.min(RESTART_MS.max, RESTART_MS.first * 2 ** this.#failures++);
    this.isAway = true;
    log.error({ err: error, inMs }, "the store's thread has ended: it is started again");
    setTimeout(() => {
      if (!this.#isClosing) this.start().catch((failure: Error) => this.#restartLater(failure));
    }, inMs).unref();
  }
}
