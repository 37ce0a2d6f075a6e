/** The nightly backup: when it is due, what it leaves, and what a failure does. */
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openDatabase } from "#server/store/database/database.ts";
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
  await backups.close();
  await running;
  expect(lines.filter((line) => JSON.stringify(line).includes("could not"))).toEqual([]);
});
