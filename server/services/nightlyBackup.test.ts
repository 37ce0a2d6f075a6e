/** The nightly backup: when it is due, what it leaves, and what a failure does. */
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { openDatabase } from "#server/store/database/database.ts";
import { newestBackupAt } from "#server/store/operating/backupFiles.ts";
import { backupsFolder, databaseFile } from "#server/store/places.ts";
import { captureLog } from "#server/testing/captureLog.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { isDue, type NightlyBackup, scheduleBackups } from "./nightlyBackup.ts";

let dataDir: string;
let backups: NightlyBackup;
beforeEach(() => {
  dataDir = temporaryFolder("nightly");
  backups = scheduleBackups(dataDir);
});
afterEach(() => backups.close());
const made = () => readdirSync(backupsFolder(dataDir)).filter((name) => name.endsWith(".db"));

async function createDatabase(): Promise<void> {
  const database = openDatabase({ kind: "sqlite", path: databaseFile(dataDir) });
  await database.migrate();
  await database.close();
}

test("[NIGHT-1] a backup is due from four o'clock until it is made, also when that night was missed", () => {
  const at = (day: number, hour: number, minute = 0) => new Date(2026, 10, day, hour, minute);
  expect(isDue(0, at(10, 12))).toBe(true);
  expect(isDue(at(10, 4, 1).getTime(), at(10, 12))).toBe(false);
  expect(isDue(at(10, 4, 1).getTime(), at(11, 3, 59))).toBe(false);
  expect(isDue(at(10, 4, 1).getTime(), at(11, 4))).toBe(true);
  expect(isDue(at(3, 4, 1).getTime(), at(11, 2))).toBe(true);
});

test("[NIGHT-2] a due backup is made once, and made again after the next night", async () => {
  await createDatabase();
  const now = new Date();
  await backups.look(now);
  const [name = ""] = made();
  expect(made()).toHaveLength(1);
  const path = join(backupsFolder(dataDir), name);
  // Marked, so that a second backup shows.
  writeFileSync(path, "marked");
  await backups.look(new Date(now.getTime() + 1000));
  expect(statSync(path).size).toBe("marked".length);
  await backups.look(new Date(now.getTime() + 86_400_000));
  expect(statSync(path).size).toBeGreaterThan(10_000);
});

test("[NIGHT-3] a failure is logged with its reason, and tried again only after an hour", async () => {
  const lines = captureLog();
  const now = new Date();
  await backups.look(now);
  await backups.look(new Date(now.getTime() + 60_000));
  const failures = lines.filter((line) => JSON.stringify(line).includes("could not be backed up"));
  expect(failures).toHaveLength(1);
  expect(JSON.stringify(failures)).toContain("fracas.db does not exist");
  await createDatabase();
  await backups.look(new Date(now.getTime() + 3_600_000));
  expect(made()).toHaveLength(1);
});

test("[NIGHT-4] closing ends a backup that runs, without a report of failure", async () => {
  await createDatabase();
  const lines = captureLog();
  const running = backups.look(new Date());
  // The process writes there.
  await vi.waitUntil(() => existsSync(backupsFolder(dataDir)), { timeout: 20_000 });
  await backups.close();
  await running;
  expect(lines.filter((line) => JSON.stringify(line).includes("could not"))).toEqual([]);
});

test("[NIGHT-5] links and folders in the place of backups are no backups, and neither end the server nor hinder the next", async () => {
  await createDatabase();
  const lines = captureLog();
  const folder = backupsFolder(dataDir);
  mkdirSync(folder);
  symlinkSync(join(folder, "nowhere"), join(folder, "fracas-2026-01-01.db"));
  symlinkSync("fracas-2026-01-02.db", join(folder, "fracas-2026-01-02.db"));
  symlinkSync("loop", join(folder, "fracas-2026-01-02.db.77.partial"));
  for (const day of [3, 4, 5, 6, 7, 8, 9]) mkdirSync(join(folder, `fracas-2026-01-0${day}.db`));
  expect(await newestBackupAt(folder)).toBe(0);
  await backups.look(new Date());
  expect(await newestBackupAt(folder)).toBeGreaterThan(0);
  expect(lines.filter((line) => JSON.stringify(line).includes("could not"))).toEqual([]);
  expect(made()).toHaveLength(10);
});

test("[NIGHT-6] a file in the place of the folder is reported, and the server goes on", async () => {
  await createDatabase();
  const lines = captureLog();
  writeFileSync(backupsFolder(dataDir), "");
  await backups.look(new Date());
  expect(lines.filter((line) => JSON.stringify(line).includes("could not be backed up"))).toHaveLength(1);
});
