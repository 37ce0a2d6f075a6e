/** Lists the backups. Apart from backup.ts, because the main thread, which imports this, must import no database. */
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

const OURS = /^fracas-\d{4}-\d{2}-\d{2}\.db$/;

/** Our backups, oldest first, as names; without folders and links of such a name. Empty if the folder cannot be read. */
export async function backupsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && OURS.test(entry.name))
    .map(({ name }) => name)
    .sort();
}

/** When the newest backup was finished, in ms since 1970; 0 if there is none. Never rejects. */
export async function newestBackupAt(folder: string): Promise<number> {
  const names = await backupsIn(folder);
  const times = names.map((name) =>
    stat(join(folder, name)).then(
      ({ mtimeMs }) => mtimeMs,
      // One may be deleted meanwhile.
      () => 0,
    ),
  );
  return Math.max(0, ...(await Promise.all(times)));
}
