/** The thread that owns the database: answers the questions of store.ts, one after the other for SQLite. */
import { parentPort, workerData } from "node:worker_threads";
import { isAwayError } from "./awayErrors.ts";
import { type Database, NewerDatabaseError, openDatabase, type StoreAddress } from "./database.ts";
import { QUERIES, type Query } from "./queries.ts";
import type { WorkerQuestion, WorkerReport } from "./store.ts";

const address = workerData as StoreAddress;
const port = parentPort;
if (!port) throw new Error("storeWorker.ts runs as a worker thread");
const report = (message: WorkerReport) => port.postMessage(message);

let database: Database | undefined;
/** Set while the database is away; each question then tries again. */
let isCurrent = false;
/** Questions that are being answered: PostgreSQL answers several at once. */
const inWork = new Set<Promise<void>>();

await open();

async function open(): Promise<void> {
  try {
    database = openDatabase(address);
    await ready(database);
    report({ is: "opened" });
  } catch (error) {
    // A server that does not answer may be back in a minute; a file that cannot be used will not.
    const mayReturn = address.kind === "postgres" && !(error instanceof NewerDatabaseError);
    // The thread ends with its port.
    if (!mayReturn) port?.unref();
    if (mayReturn) report({ is: "opened" });
    else report({ is: "refused", why: (error as Error).message, isUnusable: isAwayError(error) });
  }
}

async function ready(opened: Database): Promise<void> {
  if (isCurrent) return;
  await opened.migrate();
  isCurrent = true;
}

port.on("message", (message: WorkerQuestion) => {
  if ("close" in message) return void close();
  const work = answer(message);
  inWork.add(work);
  void work.finally(() => inWork.delete(work));
});

async function answer({ id, name, question }: Exclude<WorkerQuestion, { close: true }>): Promise<void> {
  try {
    if (!database) throw new Error("the store is not open");
    await ready(database);
    const query = QUERIES[name] as Query<unknown, unknown>;
    report({ is: "answer", id, value: await query(database.db, question) });
  } catch (error) {
    const { message, stack } = error as Error;
    report({ is: "failure", id, isAway: isAwayError(error), message, stack });
  }
}

async function close(): Promise<void> {
  await Promise.all(inWork);
  await database?.close();
  port?.close();
}
