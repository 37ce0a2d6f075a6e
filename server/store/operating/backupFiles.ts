/** Lists the backups. Apart from backup.ts, because the main thread, which imports this, must import no database. */
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const OURS = /^fracas-\d{4}-\d{2}-\d{2}\.db$/;

/** Our backups, oldest first, as names. */
export function backupsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => OURS.test(name))
      .sort();
  } catch {
    return [];
  }
}

/** When the newest backup was finished, in ms since 1970; 0 if there is none. */
export function newestBackupAt(folder: string): number {
  // One may be deleted meanwhile.
  const found = backupsIn(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false }));
  return Math.max(0, ...found.map((file) => file?.mtimeMs ?? 0));
}
