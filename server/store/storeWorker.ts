/** The thread that owns the database: answers the questions of store.ts, one after the other for SQLite, results first. */
import { parentPort, workerData } from "node:worker_threads";
import { faultKind } from "./database/awayErrors.ts";
import { type Database, openDatabase, type StoreAddress } from "./database/database.ts";
import { CONNECTIONS } from "./database/postgres.ts";
import { assertInTime, withDeadline } from "./deadline.ts";
import { QUERIES, type Query } from "./queries.ts";
import type { PostedQuestion, WorkerQuestion, WorkerReport } from "./storeThread.ts";

const address = workerData as StoreAddress;
const port = parentPort;
if (!port) throw new Error("storeWorker.ts runs as a worker thread");
const report = (message: WorkerReport) => port.postMessage(message);

/** Undefined before the first question and after a failed attempt, so that the next question tries again. */
let current: Promise<Database> | undefined;
/** Questions that wait, oldest first. Finished matches come before what people look at. */
const results: PostedQuestion[] = [];
const others: PostedQuestion[] = [];
/** Questions that are being answered. */
let inWork = 0;
const IN_WORK_MAX = address.kind === "sqlite" ? 1 : CONNECTIONS;
let isCloseDue = false;

await start();

async function start(): Promise<void> {
  try {
    await database();
    report({ is: "opened" });
  } catch (error) {
    const kind = faultKind(error);
    if (kind === "away") return report({ is: "opened" });
    const { message } = error as Error;
    const why =
      address.kind === "postgres" ? `the database of DATABASE_URL cannot be used: ${message}` : message;
    report({ is: "refused", why, isUnusable: kind === "unusable" });
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
  if ("close" in message) isCloseDue = true;
  else (message.name === "applyResult" ? results : others).push(message);
  takeNext();
});

function takeNext(): void {
  while (inWork < IN_WORK_MAX) {
    const next = results.shift() ?? others.shift();
    if (!next) break;
    inWork++;
    // SQLite answers without giving way to messages: those that have arrived meanwhile are heard before the next one is taken.
    void answer(next).finally(() => setImmediate(done));
  }
  if (!isCloseDue || inWork > 0) return;
  isCloseDue = false;
  void close();
}

function done(): void {
  inWork--;
  takeNext();
}

async function answer({ id, name, question, untilMs }: PostedQuestion): Promise<void> {
  let isOpen = false;
  try {
    // Before an attempt to open the database, which may take seconds for each question.
    assertInTime(untilMs);
    const { db } = await database();
    isOpen = true;
    const query = QUERIES[name] as Query<unknown, unknown>;
    const value = await withDeadline(untilMs, () => query(db, question));
    report({ is: "answer", id, value });
  } catch (error) {
    const { message, stack } = error as Error;
    report({ is: "failure", id, isAway: !isOpen || faultKind(error) !== "question", message, stack });
  }
}

async function close(): Promise<void> {
  await current?.then(
    (opened) => opened.close(),
    () => {},
  );
  port?.close();
}
