/**
 * Loaded by `--import` into a process and its threads: counts each call that changes a disk or a database, and kills the
 * process by SIGKILL before the one that a test names. Production code has no hook.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { getEnvironmentData, isMainThread, setEnvironmentData } from "node:worker_threads";

const KEY = "fracas-steps";
/** [whether steps count, steps so far, the step before which the process is killed]. Threads inherit it. */
const shared =
  (getEnvironmentData(KEY) as Int32Array | undefined) ?? new Int32Array(new SharedArrayBuffer(12));
setEnvironmentData(KEY, shared as unknown as Parameters<typeof setEnvironmentData>[1]);

const names = process.env.STEP_NAMES === "1";

/** Counts from now on. 0: kills never. */
export function arm(killAt: number): void {
  Atomics.store(shared, 2, killAt);
  Atomics.store(shared, 0, 1);
}

export const disarm = (): void => void Atomics.store(shared, 0, 0);
export const stepsSoFar = (): number => Atomics.load(shared, 1);

function step(name: string): void {
  if (Atomics.load(shared, 0) === 0) return;
  // Synchronous, because the process may be killed before a stream is written.
  if (names) fs.writeSync(1, `step ${name}\n`);
  if (Atomics.add(shared, 1, 1) + 1 === Atomics.load(shared, 2)) process.kill(process.pid, "SIGKILL");
}

type Call = (...values: never[]) => unknown;

function countCalls<Target extends object>(target: Target, key: keyof Target & string, name: string): void {
  const original = target[key] as Call;
  Object.assign(target, {
    [key](this: unknown, ...values: never[]) {
      step(name);
      return original.apply(this, values);
    },
  });
}

/** A file is written in two halves, so that a test can kill between them. */
function halveWrites(handles: fs.promises.FileHandle): void {
  const { writeFile } = handles;
  Object.assign(handles, {
    async writeFile(this: fs.promises.FileHandle, text: string) {
      step("write");
      await writeFile.call(this, text.slice(0, text.length / 2));
      step("write the rest");
      await writeFile.call(this, text.slice(text.length / 2));
    },
  });
}

const handle = await fs.promises.open(process.execPath, "r");
const handles = Object.getPrototypeOf(handle) as fs.promises.FileHandle;
await handle.close();
halveWrites(handles);
countCalls(handles, "sync", "sync");
for (const key of ["open", "rename", "unlink"] as const) countCalls(fs.promises, key, key);
syncBuiltinESMExports();

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (text: string, ...rest): StatementSync {
  const statement = prepare.call(this, text, ...rest);
  const name = text.trim().split(/\s+/, 3).join(" ");
  for (const key of ["run", "all"] as const) countCalls(statement, key, name);
  return statement;
};

// Only the store's thread uses it.
if (!isMainThread) {
  const { default: pg } = await import("pg");
  const query = pg.Client.prototype.query as Call;
  Object.assign(pg.Client.prototype, {
    query(...values: never[]) {
      const answer = query.apply(this, values);
      // Sent, and not answered: whether the server has done it is unknown.
      step("sent");
      return answer;
    },
  });
}
