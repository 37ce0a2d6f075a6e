/** One run of the thread that owns the database. */
import { Worker } from "node:worker_threads";
import type { StoreAddress } from "./database/database.ts";
import type { QueryName } from "./queries.ts";

/** Worker → main thread. */
export type WorkerReport =
  | { is: "opened" }
  | { is: "refused"; why: string; isUnusable: boolean }
  | WorkerReply;

export type WorkerReply =
  | { is: "answer"; id: number; value: unknown }
  | { is: "failure"; id: number; isAway: boolean; message: string; stack: string | undefined };

/** Main thread → worker. */
export type WorkerQuestion = PostedQuestion | { close: true };

/** The worker answers each, by a failure if it could not begin by `untilMs` (of monotonicMs). */
export interface PostedQuestion {
  id: number;
  name: QueryName;
  question: unknown;
  untilMs: number;
}

/** The folder cannot be written. */
export class StoreUnusableError extends Error {}

export interface StoreThread {
  /** Rejects with a line for the operator if the database must not be used: with StoreUnusableError, or an Error. */
  readonly opened: Promise<void>;
  /** Resolves when the thread is gone, with what it threw if it failed. */
  readonly ended: Promise<Error | undefined>;
  post(message: WorkerQuestion): void;
  /** Terminates it without waiting for running statements. */
  kill(): void;
}

export function startThread(address: StoreAddress, hear: (reply: WorkerReply) => void): StoreThread {
  const worker = new Worker(new URL("./storeWorker.ts", import.meta.url), { workerData: address });
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  let failure: Error | undefined;
  worker.on("error", (error) => {
    failure = error;
  });
  worker.on("message", (report: WorkerReport) => {
    if (report.is === "opened") resolve();
    else if (report.is === "refused")
      reject(report.isUnusable ? new StoreUnusableError(report.why) : new Error(report.why));
    else hear(report);
  });
  const ended = new Promise<Error | undefined>((settle) => worker.once("exit", () => settle(failure)));
  void ended.then((error) => reject(error ?? new Error("the store's thread has ended")));
  // The thread alone must not keep the process alive, once it is open.
  opened.then(
    () => worker.unref(),
    () => {},
  );
  return {
    opened,
    ended,
    post: (message) => worker.postMessage(message),
    kill: () => void worker.terminate(),
  };
}
