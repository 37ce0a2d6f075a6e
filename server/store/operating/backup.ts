/** Copies the SQLite file while a server uses it, one checked copy a day, and keeps those of the latest seven days. */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { backupsIn } from "./backupFiles.ts";
import { integrityFaults } from "./integrity.ts";

const KEPT = 7;
/** Matches the files that a killed backup leaves behind. */
const PARTIAL = /^fracas-\d{4}-\d{2}-\d{2}\.db\.\d+\.partial(-journal|-wal|-shm)?$/;
const PARTIAL_MAX_AGE_MS = 86_400_000;

/** 1 MiB in pages of 4 KiB: small steps, so that the server's own I/O gets through in between. */
const PAGES_PER_STEP = 256;

/**
 * Writes `folder`/fracas-YYYY-MM-DD.db, by the machine's date, replacing that of the same day. Returns its path. Throws, and
 * leaves the others as they are, if the copy cannot be written or is damaged.
 */
export async function backUp(path: string, folder: string, now = new Date()): Promise<string> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  removeStalePartials(folder, now);
  const target = join(folder, `fracas-${dateOf(now)}.db`);
  const partial = `${target}.${process.pid}.partial`;
  try {
    closeSync(openSync(partial, "w", 0o600));
    await copy(path, partial);
    const faults = makeWhole(partial);
    if (faults.length > 0) throw new Error(`the copy of ${path} is damaged: ${faults.join("; ")}`);
    flush(partial);
    renameSync(partial, target);
    flush(folder);
  } finally {
    for (const ending of ["", "-journal", "-wal", "-shm"]) rmSync(partial + ending, { force: true });
  }
  for (const name of (await backupsIn(folder)).slice(0, -KEPT)) rmSync(join(folder, name), { force: true });
  return target;
}

/** Copies one state of the database: that of the moment when the copy begins. */
async function copy(path: string, target: string): Promise<void> {
  const source = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    // Holds a read transaction: otherwise the backup restarts whenever the server writes.
    source.exec("BEGIN; SELECT count(*) FROM sqlite_schema;");
    await backup(source, target, { rate: PAGES_PER_STEP });
  } finally {
    source.close();
  }
}

/** Folds the WAL into the file, so that it is complete by itself. Returns what is wrong with it. */
export function makeWhole(path: string): string[] {
  const file = new DatabaseSync(path);
  try {
    file.exec("PRAGMA journal_mode=DELETE");
    return integrityFaults(file);
  } finally {
    file.close();
  }
}

/** Flushes a file, or a folder's list of files, to the disk. */
export function flush(path: string): void {
  // Windows cannot open folders, and needs no flush of them.
  if (process.platform === "win32") return;
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function removeStalePartials(folder: string, now: Date): void {
  for (const name of readdirSync(folder).filter((each) => PARTIAL.test(each))) {
    const path = join(folder, name);
    // Of a link itself, which may lead nowhere.
    const { mtimeMs } = lstatSync(path, { throwIfNoEntry: false }) ?? { mtimeMs: Infinity };
    if (now.getTime() - mtimeMs > PARTIAL_MAX_AGE_MS) rmSync(path, { force: true, recursive: true });
  }
}

function dateOf(time: Date): string {
  const [month, day] = [time.getMonth() + 1, time.getDate()].map((part) => String(part).padStart(2, "0"));
  return `${time.getFullYear()}-${month}-${day}`;
}
