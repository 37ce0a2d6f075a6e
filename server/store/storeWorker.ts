/** The thread that owns the database: answers the questions of store.ts, one after the other for SQLite. */
import { parentPort, workerData } from "node:worker_threads";
import { faultKind } from "./database/awayErrors.ts";
import { type Database, openDatabase, type StoreAddress } from "./database/database.ts";
import { QUERIES, type Query } from "./queries.ts";
import type { WorkerQuestion, WorkerReport } from "./storeThread.ts";

const address = workerData as StoreAddress;
const port = parentPort;
if (!port) throw new Error("storeWorker.ts runs as a worker thread");
const report = (message: WorkerReport) => port.postMessage(message);

/** Undefined before the first question and after a failed attempt, so that the next question tries again. */
let current: Promise<Database> | undefined;
/** Questions that are being answered: PostgreSQL answers several at once. */
const inWork = new Set<Promise<void>>();

await start();

async function start(): Promise<void> {
  try {
    await database();
    report({ is: "opened" });
  } catch (error) {
    const kind = faultKind(error);
    if (kind === "away") return report({ is: "opened" });
    report({ is: "refused", why: (error as Error).message, isUnusable: kind === "unusable" });
    // Without a referenced port the thread ends.
    port?.unref();
  }
}

/** The database with current tables. Questions that arrive while it opens wait for the same attempt. */
function database(): Promise<Database> {
  current ??= open().catch((error) => {
    current = undefined;
    throw error;
  });
  return current;
}

async function open(): Promise<Database> {
  const opened = openDatabase(address);
  try {
    await opened.migrate();
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

port.on("message", (message: WorkerQuestion) => {
  if ("close" in message) return void close();
  const work = answer(message);
  inWork.add(work);
  void work.finally(() => inWork.delete(work));
});

async function answer({ id, name, question }: Exclude<WorkerQuestion, { close: true }>): Promise<void> {
  let isOpen = false;
  try {
    const { db } = await database();
    isOpen = true;
    const query = QUERIES[name] as Query<unknown, unknown>;
    report({ is: "answer", id, value: await query(db, question) });
  } catch (error) {
    const { message, stack } = error as Error;
    report({ is: "failure", id, isAway: !isOpen || faultKind(error) !== "question", message, stack });
  }
}

async function close(): Promise<void> {
  await Promise.all(inWork);
  await current?.then(
    (opened) => opened.close(),
    () => {},
  );
  port?.close();
}
