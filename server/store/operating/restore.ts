/** Puts a backup into the place of the SQLite file, which is kept aside. */
import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { flush, makeWhole } from "./backup.ts";
import { whyForeign } from "./integrity.ts";

/** Says why nothing was restored; the file is as it was. */
export class RestoreError extends Error {}

/** SQLite's result codes CORRUPT and NOTADB. */
const DAMAGED = new Set([11, 26]);

/**
 * Replaces the file at `path` by a copy of `backup`. Returns where the replaced file is now, undefined if there was none.
 * Throws RestoreError if the backup is damaged, foreign or newer, or while a server uses the file.
 */
export function restore(backup: string, path: string, now = new Date()): string | undefined {
  if (!existsSync(backup)) throw new RestoreError(`${backup} does not exist`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const incoming = `${path}.${process.pid}.incoming`;
  try {
    takeCopy(backup, incoming);
    return replace(path, incoming, now);
  } finally {
    for (const ending of ["", "-wal", "-shm"]) rmSync(incoming + ending, { force: true });
  }
}

/** Copies the backup, with a log that lies beside it, and checks the copy. */
function takeCopy(backup: string, incoming: string): void {
  copyFileSync(backup, incoming, constants.COPYFILE_FICLONE);
  // A copy has the mode of the backup, which may have been fetched from elsewhere.
  chmodSync(incoming, 0o600);
  if (existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${incoming}-wal`);
  try {
    const faults = makeWhole(incoming);
    if (faults.length > 0) throw new Error(faults.join("; "));
    const file = new DatabaseSync(incoming, { readOnly: true });
    const why = whyForeign(file);
    file.close();
    if (why) throw new Error(why);
  } catch (error) {
    throw new RestoreError(`${backup} cannot be restored: ${(error as Error).message}`);
  }
  flush(incoming);
}

/** The new file takes the name in one step: a crash leaves the old one or the new one. */
function replace(path: string, incoming: string, now: Date): string | undefined {
  if (!existsSync(path)) {
    renameSync(incoming, path);
    flush(dirname(path));
    return undefined;
  }
  const release = lockFile(path);
  try {
    const stamp = now.toISOString().slice(0, 19).replaceAll(":", "-");
    const aside = join(dirname(path), `fracas-replaced-${stamp}.db`);
    keepAside(path, aside);
    // Only a damaged file still has them. SQLite must not apply them to the new file.
    for (const ending of ["-wal", "-shm"])
      if (existsSync(path + ending)) renameSync(path + ending, aside + ending);
    renameSync(incoming, path);
    flush(dirname(path));
    return aside;
  } finally {
    release();
  }
}

/**
 * A server that has the file open holds a lock on it as long as it runs, even while it does nothing, because its log is a
 * WAL: leaving that mode needs the file alone, and folds the log into it. Returns what ends the lock.
 */
function lockFile(path: string): () => void {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec("PRAGMA journal_mode=DELETE; BEGIN EXCLUSIVE;");
  } catch (error) {
    file.close();
    const { errcode = 0, message } = error as Error & { errcode?: number };
    // No server can run on a damaged file, so that no lock is needed to replace it.
    if (DAMAGED.has(errcode & 0xff)) return () => {};
    if ((errcode & 0xff) === 5)
      throw new RestoreError(`a server, or another program, uses ${path}: stop it first`);
    throw new RestoreError(`${path} cannot be replaced: ${message}`);
  }
  return () => file.close();
}

function keepAside(path: string, aside: string): void {
  try {
    linkSync(path, aside);
  } catch {
    // Some file systems have no hard links.
    copyFileSync(path, aside, constants.COPYFILE_EXCL);
  }
}
