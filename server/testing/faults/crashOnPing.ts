/** Loaded by `--import`: the store's thread dies at its first ping, as by a fault of the runtime. */
import { DatabaseSync } from "node:sqlite";
import { getEnvironmentData, setEnvironmentData } from "node:worker_threads";

const KEY = "fracas-crashes";
const crashes =
  (getEnvironmentData(KEY) as Int32Array | undefined) ?? new Int32Array(new SharedArrayBuffer(4));
setEnvironmentData(KEY, crashes as unknown as Parameters<typeof setEnvironmentData>[1]);

const { prepare } = DatabaseSync.prototype;
DatabaseSync.prototype.prepare = function (text: string, ...rest) {
  if (text === "SELECT 1" && Atomics.add(crashes, 0, 1) === 0) process.exit(7);
  return prepare.call(this, text, ...rest);
};
