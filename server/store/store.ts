/**
 * The store as the rest of the server sees it: questions to a thread of its own, which alone runs statements.
 *
 * node:sqlite blocks the thread that calls it, and a slow disk would stop the ticks of all rooms.
 */
import { Worker } from "node:worker_threads";
import type { StoreAddress } from "./database.ts";
import type { Queries, QueryName } from "./queries.ts";

/** The database does not answer, is locked or full, or too many questions wait already. */
export class StoreAwayError extends Error {}

/** The folder cannot be written. */
export class StoreUnusableError extends Error {}

type Question<Name extends QueryName> = Parameters<Queries[Name]>[1];
type Reply<Name extends QueryName> = Awaited<ReturnType<Queries[Name]>>;

export interface Store {
  /** Throws StoreAwayError, or an Error for a fault of the query. */
  ask<Name extends QueryName>(name: Name, question: Question<Name>): Promise<Reply<Name>>;
  /** Whether the last question was answered. */
  readonly isAway: boolean;
  /** Answers what waits, then closes the database. */
  close(): Promise<void>;
}

/** Worker → main thread. */
export type WorkerReport =
  | { is: "opened" }
  | { is: "refused"; why: string; isUnusable: boolean }
  | { is: "answer"; id: number; value: unknown }
  | { is: "failure"; id: number; isAway: boolean; message: string; stack: string | undefined };

/** Main thread → worker. */
export type WorkerQuestion = { id: number; name: QueryName; question: unknown } | { close: true };

/** So many questions may wait: more mean that the database does not keep up. */
const WAITING_MAX = 2_000;
const ANSWER_WITHIN_MS = 10_000;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * Resolves once the database is open; if a PostgreSQL server does not answer, with a store that is away and tries again with
 * each question. Throws an Error with a line for the operator if the database must not be used.
 */
export async function openStore(address: StoreAddress): Promise<Store> {
  const worker = new Worker(new URL("./storeWorker.ts", import.meta.url), { workerData: address });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let isAway = false;
  const post = (message: WorkerQuestion) => worker.postMessage(message);

  const settle = (id: number, finish: (waiting: Waiting) => void) => {
    const found = waiting.get(id);
    if (!found) return;
    waiting.delete(id);
    clearTimeout(found.timer);
    finish(found);
  };

  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  void ended.then(() => {
    isAway = true;
    for (const id of [...waiting.keys()])
      settle(id, ({ reject }) => reject(new StoreAwayError("the store has closed")));
  });

  await new Promise<void>((resolve, reject) => {
    worker.once("error", reject);
    worker.on("message", (report: WorkerReport) => {
      if (report.is === "opened") resolve();
      else if (report.is === "refused")
        reject(report.isUnusable ? new StoreUnusableError(report.why) : new Error(report.why));
      else if (report.is === "answer") {
        isAway = false;
        settle(report.id, (found) => found.resolve(report.value));
      } else {
        isAway = report.isAway;
        const error = report.isAway ? new StoreAwayError(report.message) : new Error(report.message);
        if (report.stack) error.stack = report.stack;
        settle(report.id, (found) => found.reject(error));
      }
    });
  });
  worker.unref();

  return {
    ask(name, question) {
      if (waiting.size >= WAITING_MAX)
        return Promise.reject(new StoreAwayError("too many questions wait for the store"));
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          isAway = true;
          settle(id, () => reject(new StoreAwayError("the store does not answer")));
        }, ANSWER_WITHIN_MS);
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject, timer });
        post({ id, name, question });
      });
    },
    get isAway() {
      return isAway;
    },
    async close() {
      post({ close: true });
      await ended;
    },
  };
}
