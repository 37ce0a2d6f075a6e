/** The tables of both databases: created once, whole or not at all, and by no older code. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { DATABASE_KINDS, useDatabases } from "#server/testing/databases.ts";
import { NewerDatabaseError, openDatabase, type StoreAddress } from "./database.ts";
import type { Tables } from "./tables.ts";

const OPENER = fileURLToPath(new URL("../../testing/openDatabase.ts", import.meta.url));
const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const NEWER = "9999-from-the-future";

const tablesOf = async (db: Kysely<Tables>) =>
  (await db.introspection.getTables()).map(({ name }) => name).sort();

const addMigration = (db: Kysely<Tables>, name: string) =>
  sql`INSERT INTO kysely_migration (name, timestamp) VALUES (${name}, '2030-01-01T00:00:00.000Z')`.execute(
    db,
  );

/** Opens and migrates the database in a process of its own; resolves with what it prints. */
async function openElsewhere(address: StoreAddress): Promise<string> {
  const child = spawn(process.execPath, [OPENER, JSON.stringify(address)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  await once(child, "close");
  return output;
}

/** Starts a server that is expected to exit by itself. */
const startServer = (address: StoreAddress) =>
  new Promise<{ code: number; output: string }>((resolve) => {
    const place =
      address.kind === "sqlite" ? { DATA_DIR: dirname(address.path) } : { DATABASE_URL: address.url };
    const env = {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: "0",
      JWT_SECRET: "j".repeat(32),
      ...place,
    };
    execFile(process.execPath, [MAIN], { env, timeout: 20_000 }, (error, stdout) =>
      resolve({ code: Number(error?.code ?? 0), output: stdout }),
    );
  });

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);

  test("[MIGRATE-1] an empty database gets every table, and keeps its rows when it is opened again", async () => {
    const address = await databases.address();
    for (const run of [1, 2]) {
      const { db, migrate, close } = openDatabase(address);
      await migrate();
      expect(await tablesOf(db)).toEqual(
        expect.arrayContaining(["match", "matchPlayer", "player", "rating"]),
      );
      await db.insertInto("player").values({ createdAt: run }).execute();
      expect(await db.selectFrom("player").select("createdAt").orderBy("id").execute()).toHaveLength(run);
      await close();
    }
  });

  test("[MIGRATE-2] four processes that open an empty database at once all find its tables", async () => {
    const address = await databases.address();
    const outputs = await Promise.all([1, 2, 3, 4].map(() => openElsewhere(address)));
    expect(outputs).toEqual(["current\n", "current\n", "current\n", "current\n"]);
  });

  test("[MIGRATE-3] a database of a newer version is refused by name, and stays as it is", async () => {
    const { db, address } = await databases.fresh();
    await addMigration(db, NEWER);
    if (address.kind === "sqlite") await sql`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
    const before = address.kind === "sqlite" ? readFileSync(address.path) : await tablesOf(db);

    const older = openDatabase(address);
    const refusal = await older.migrate().catch((error: Error) => error);
    await older.close();

    expect(refusal).toBeInstanceOf(NewerDatabaseError);
    expect((refusal as Error).message).toContain(`newer version of Fracas (${NEWER})`);
    const after = address.kind === "sqlite" ? readFileSync(address.path) : await tablesOf(db);
    expect(after).toEqual(before);
  });

  test("[MIGRATE-4] a server does not start on a newer database: it says so in one line, and exits with 1", async () => {
    const { db, address } = await databases.fresh();
    await addMigration(db, NEWER);
    const { code, output } = await startServer(address);
    expect(output.trim().split("\n")).toHaveLength(1);
    expect(output).toContain(`written by a newer version of Fracas (${NEWER}): update the server`);
    expect(code).toBe(1);
  });

  test("[MIGRATE-5] a migration that fails leaves no table behind, and the next start creates all", async () => {
    const address = await databases.address();
    const { db, migrate, close } = openDatabase(address);
    // The last table of the migration exists already: it fails at its end.
    await sql`CREATE TABLE "playerWeek" (x INTEGER)`.execute(db);
    await expect(migrate()).rejects.toThrow("already exists");
    expect(await tablesOf(db)).toEqual(["playerWeek"]);
    await sql`DROP TABLE "playerWeek"`.execute(db);
    await migrate();
    expect((await tablesOf(db)).length).toBeGreaterThan(10);
    await close();
  });

  test("[MIGRATE-6] a column takes no value of another type, and no row of a player who does not exist", async () => {
    const { db } = await databases.fresh();
    const insert = (createdAt: unknown) =>
      sql`INSERT INTO player ("createdAt") VALUES (${createdAt})`.execute(db);
    await insert(1);
    await expect(insert("yesterday")).rejects.toThrow(
      /cannot store TEXT value in INTEGER|invalid input syntax/,
    );
    await expect(insert(1.5)).rejects.toThrow(/cannot store REAL value in INTEGER|invalid input syntax/);
    const medal = { playerId: 77, medal: "first", count: 1 };
    await expect(db.insertInto("playerMedal").values(medal).execute()).rejects.toThrow(/foreign key/i);
  });
});
