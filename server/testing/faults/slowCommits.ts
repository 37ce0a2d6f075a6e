/** Loaded by `--import`: each commit of SQLite takes half a second, as on a disk that is worn or shared. */
import fs from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { isMainThread } from "node:worker_threads";

const COMMIT_MS = 500;

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (text: string, ...rest) {
  // The thread that ticks must run none at all.
  if (isMainThread) fs.writeSync(1, `statement on the main thread: ${text}\n`);
  const statement = prepare.call(this, text, ...rest);
  if (!/^commit/i.test(text.trim())) return statement;
  const run = statement.run.bind(statement);
  statement.run = () => {
    const from = Date.now();
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, COMMIT_MS);
    const done = run();
    fs.writeSync(1, `commit from ${from} to ${Date.now()}\n`);
    return done;
  };
  return statement;
};
