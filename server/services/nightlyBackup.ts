/** Backs the SQLite file up each night, in a process of its own: neither ticks nor the store's questions wait for it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { log } from "#server/log.ts";
import { newestBackupAt } from "#server/store/operating/backupFiles.ts";
import { backupsFolder } from "#server/store/places.ts";
import { exposeGauge } from "./metrics.ts";

const CLI = fileURLToPath(new URL("../store/operating/cli.ts", import.meta.url));

/** Hour of the machine's local time at which a backup is due: few people play then. */
const HOUR = 4;
/** Polls instead of sleeping until the next night: catches a missed night soon after the start, and clock jumps. */
const LOOK_EVERY_MS = 60_000;
const RETRY_AFTER_MS = 3_600_000;
const FAILED = "the database could not be backed up: the next attempt is in an hour";

export interface NightlyBackup {
  /** Starts the backup if it is due. Resolves when it has ended; never rejects. */
  look(now: Date): Promise<void>;
  close(): Promise<void>;
}

/** Whether the newest backup, finished at `newestMs`, is older than the last night. */
export function isDue(newestMs: number, now: Date): boolean {
  const night = new Date(now);
  night.setHours(HOUR, 0, 0, 0);
  if (night > now) night.setDate(night.getDate() - 1);
  return newestMs < night.getTime();
}

/** Looks every minute until `close`, which ends a backup that runs. */
export function scheduleBackups(dataDir: string): NightlyBackup {
  const folder = backupsFolder(dataDir);
  let child: ChildProcess | undefined;
  let isLooking = false;
  let isClosed = false;
  /** As of the last look: a scrape must not wait for the disk. */
  let newestMs = 0;
  let failedAtMs = Number.NEGATIVE_INFINITY;

  exposeGauge(
    "fracas_store_backup_timestamp_seconds",
    "When the newest backup of the database was finished, in seconds since 1970; 0 if there is none.",
    () => newestMs / 1000,
  );

  const backUp = async (now: Date) => {
    if (isClosed || now.getTime() - failedAtMs < RETRY_AFTER_MS || !isDue(newestMs, now)) return;
    child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", CLI, "backup"], {
      env: { PATH: process.env.PATH, TZ: process.env.TZ, DATA_DIR: dataDir },
      stdio: ["ignore", "pipe", "pipe"],
    });
    makeGentle(child);
    const { code, output } = await endOf(child);
    const wasClosed = child.killed;
    child = undefined;
    if (code === 0) {
      newestMs = await newestBackupAt(folder);
      return log.info({ outcome: output.replace(/\s+/g, " ") }, "the database is backed up");
    }
    if (wasClosed) return;
    failedAtMs = now.getTime();
    log.error({ reason: output }, FAILED);
  };

  const look = async (now: Date) => {
    if (isLooking) return;
    isLooking = true;
    try {
      newestMs = await newestBackupAt(folder);
      await backUp(now);
    } catch (error) {
      // Such as a process that cannot be started.
      failedAtMs = now.getTime();
      log.error({ err: error }, FAILED);
    } finally {
      child = undefined;
      isLooking = false;
    }
  };

  void newestBackupAt(folder).then((foundMs) => {
    newestMs = Math.max(newestMs, foundMs);
  });
  const timer = setInterval(() => void look(new Date()), LOOK_EVERY_MS);
  timer.unref();
  return {
    look,
    async close() {
      isClosed = true;
      clearInterval(timer);
      if (!child) return;
      const ended = once(child, "close");
      child.kill();
      await ended;
    },
  };
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
    child.once("error", (error) => {
      output += error.message;
      resolve(null);
    });
  });
  return { code, output: output.trim() };
}

/** Lowers the process's priority, so that the server comes first on a machine with one core. */
function makeGentle({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // It may have ended, or the system may not allow it.
  }
}
