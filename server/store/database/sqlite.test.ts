/** The SQLite file: its modes and logs, and statements that are prepared once. */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Database, openDatabase } from "./database.ts";

let folder: string;
let path: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "fracas-sqlite-"));
  path = join(folder, "data", "fracas.db");
  database = openDatabase({ kind: "sqlite", path });
  await database.migrate();
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const pragma = async (name: string) => {
  const { rows } = await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(database.db);
  return Object.values(rows[0] ?? {})[0];
};

test("[SQLITE-1] commits reach the disk, foreign keys hold, and files are for their owner alone", async () => {
  expect(await pragma("journal_mode")).toBe("wal");
  // FULL.
  expect(await pragma("synchronous")).toBe(2);
  expect(await pragma("foreign_keys")).toBe(1);
  await database.db.insertInto("player").values({ createdAt: 1 }).execute();
  for (const name of [path, `${path}-wal`]) expect(statSync(name).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, "data")).mode & 0o777).toBe(0o700);
});

test("[SQLITE-2] closing folds the log into the file, which is whole without others beside it", async () => {
  await database.db.insertInto("player").values({ createdAt: 7 }).execute();
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  await database.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
  const file = new DatabaseSync(path, { readOnly: true });
  expect(file.prepare("SELECT createdAt FROM player").get()).toMatchObject({ createdAt: 7 });
  file.close();
});

test("[SQLITE-3] a statement is prepared once, and gives the right rows when many others come between", async () => {
  const prepare = vi.spyOn(DatabaseSync.prototype, "prepare");
  const ask = (number: number) =>
    sql<{ it: number }>`SELECT ${number} AS it`.execute(database.db).then(({ rows }) => rows[0]?.it);
  for (let number = 0; number < 50; number++) expect(await ask(number)).toBe(number);
  expect(prepare).toHaveBeenCalledTimes(1);
  for (let number = 0; number < 400; number++)
    await sql.raw(`SELECT ${number} AS other`).execute(database.db);
  expect(prepare).toHaveBeenCalledTimes(401);
  // It has made room for the others.
  expect(await ask(77)).toBe(77);
  expect(prepare).toHaveBeenCalledTimes(402);
  prepare.mockRestore();
});

test("[SQLITE-4] a statement that failed can be executed again, and one sees a table that has changed since", async () => {
  const insert = (id: number) => database.db.insertInto("player").values({ id, createdAt: 1 }).execute();
  await insert(1);
  await expect(insert(1)).rejects.toThrow("UNIQUE");
  await insert(2);
  const all = () => sql<object>`SELECT * FROM player`.execute(database.db).then(({ rows }) => rows);
  expect(await all()).toHaveLength(2);
  await sql`ALTER TABLE player ADD COLUMN later INTEGER`.execute(database.db);
  expect((await all())[0]).toHaveProperty("later", null);
});

test("[SQLITE-5] a second process that writes in between makes a transaction wait, not fail", async () => {
  const other = new DatabaseSync(path);
  await database.db.transaction().execute(async (transaction) => {
    const before = await transaction.selectFrom("player").selectAll().execute();
    expect(before).toEqual([]);
    // It began as a writer: the other one may not write until it ends.
    other.exec("PRAGMA busy_timeout=0");
    expect(() => other.exec("INSERT INTO player (createdAt) VALUES (1)")).toThrow("locked");
    await transaction.insertInto("player").values({ createdAt: 2 }).execute();
  });
  other.exec("INSERT INTO player (createdAt) VALUES (3)");
  other.close();
  const rows = await database.db.selectFrom("player").select("createdAt").orderBy("id").execute();
  expect(rows).toEqual([{ createdAt: 2 }, { createdAt: 3 }]);
});
