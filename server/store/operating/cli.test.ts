/** npm run store, as a process: backups, restoring, checking. */
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "#server/store/database/database.ts";
import { backupsFolder, databaseFile, outboxFolder, webhookFolder } from "#server/store/places.ts";
import { queries } from "#server/store/results/results.ts";
import { DATABASE_KINDS, type TestDatabase, useDatabases } from "#server/testing/databases.ts";
import { makeArena } from "#server/testing/drafts.ts";
import { drawFrom, drawMatch } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import { SUM_CHECKS, sumFaults } from "./sumChecks.ts";

const CLI = fileURLToPath(new URL("cli.ts", import.meta.url));

interface Outcome {
  code: number;
  output: string;
}

const run = (environment: Record<string, string>, ...words: string[]) =>
  new Promise<Outcome>((resolve) => {
    const env = { PATH: process.env.PATH, ...environment };
    execFile(process.execPath, [CLI, ...words], { env, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, output: stdout + stderr }),
    );
  });

async function play({ db }: Pick<Database, "db">, matches: number): Promise<void> {
  const draw = drawFrom(5);
  for (let number = 0; number < matches; number++) await queries.applyResult(db, drawMatch(draw, number, 12));
}

let dataDir: string;
let database: Database;
const store = (...words: string[]) => run({ DATA_DIR: dataDir }, ...words);
const playersIn = async (path: string) => {
  const opened = openDatabase({ kind: "sqlite", path });
  const rows = await opened.db.selectFrom("player").select("id").execute();
  await opened.close();
  return rows.length;
};

describe("a file", () => {
  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), "fracas-cli-"));
    database = openDatabase({ kind: "sqlite", path: databaseFile(dataDir) });
    await database.migrate();
  });
  afterEach(async () => {
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const onlyBackup = () => {
    const [name = "", ...others] = readdirSync(backupsFolder(dataDir));
    expect(others).toEqual([]);
    return join(backupsFolder(dataDir), name);
  };

  test("[BACKUP-1] a backup holds one whole state while matches are counted, for its owner's eyes", async () => {
    await play(database, 20);
    let isDone = false;
    const outcome = store("backup").finally(() => {
      isDone = true;
    });
    const draw = drawFrom(6);
    for (let number = 100; !isDone; number++) {
      await queries.applyResult(database.db, drawMatch(draw, number, 40));
      // SQLite answers without waiting: the end of the process is heard only between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await outcome).toMatchObject({ code: 0, output: expect.stringContaining("checked") });
    const path = onlyBackup();
    expect(path).toMatch(/fracas-\d{4}-\d\d-\d\d\.db$/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const copy = mkdtempSync(join(tmpdir(), "fracas-cli-"));
    writeFileSync(databaseFile(copy), readFileSync(path));
    expect((await run({ DATA_DIR: copy }, "check")).output).toContain(`${SUM_CHECKS} of ${SUM_CHECKS} agree`);
    rmSync(copy, { recursive: true });
  });

  test("[BACKUP-2] backups of the latest seven days stay, and files with other names", async () => {
    const folder = backupsFolder(dataDir);
    mkdirSync(folder);
    const old = [1, 2, 3, 4, 5, 6, 7, 8].map((day) => `fracas-2026-01-0${day}.db`);
    const left = `${old[0]}.77.partial`;
    for (const name of [...old, left, "fracas-mine.db", "notes.txt"]) writeFileSync(join(folder, name), "");
    utimesSync(join(folder, left), 0, 0);
    expect((await store("backup")).code).toBe(0);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(expect.arrayContaining([...old.slice(2), "fracas-mine.db", "notes.txt"]));
    expect(names).toHaveLength(9);
  });

  test("[BACKUP-3] a damaged database is not backed up, the earlier backup stays, and a check names the damage", async () => {
    await play(database, 30);
    await store("backup");
    const before = readFileSync(onlyBackup());
    await database.close();
    const bytes = readFileSync(databaseFile(dataDir));
    bytes.fill(0xee, 4096 * 6, 4096 * 12);
    writeFileSync(databaseFile(dataDir), bytes);

    const backup = await store("backup");
    expect(backup.code).toBe(1);
    expect(backup.output).toContain("is damaged");
    expect(readFileSync(onlyBackup()).equals(before)).toBe(true);
    const check = await store("check");
    expect(check.code).toBe(1);
    expect(check.output).toContain("FAULT");

    const restored = await store("restore", onlyBackup());
    expect(restored.code).toBe(0);
    expect((await store("check")).code).toBe(0);
  });

  test("[RESTORE-1] a backup replaces the database once no server uses it, and what it replaces is kept", async () => {
    await play(database, 10);
    await store("backup");
    const backedUp = await playersIn(databaseFile(dataDir));
    await database.db.insertInto("player").values({ createdAt: 1 }).execute();

    const refused = await store("restore", onlyBackup());
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("stop it first") });
    expect(await playersIn(databaseFile(dataDir))).toBe(backedUp + 1);

    await database.close();
    const { code, output } = await store("restore", onlyBackup());
    expect(code).toBe(0);
    expect(await playersIn(databaseFile(dataDir))).toBe(backedUp);
    const aside = /kept aside +(\S+)/.exec(output)?.[1] ?? "";
    expect(await playersIn(aside)).toBe(backedUp + 1);
    expect(statSync(databaseFile(dataDir)).mode & 0o777).toBe(0o600);
  });

  test("[RESTORE-2] a log beside a copied file is restored with it, and a missing database is no hindrance", async () => {
    await play(database, 10);
    const players = await playersIn(databaseFile(dataDir));
    const copied = join(dataDir, "copied.db");
    for (const ending of ["", "-wal"])
      writeFileSync(copied + ending, readFileSync(databaseFile(dataDir) + ending), { mode: 0o644 });
    await database.close();
    rmSync(databaseFile(dataDir));
    expect((await store("restore", copied)).code).toBe(0);
    expect(await playersIn(databaseFile(dataDir))).toBe(players);
    expect(statSync(databaseFile(dataDir)).mode & 0o777).toBe(0o600);
  });

  test("[RESTORE-3] what is damaged, foreign, newer or missing is not restored, and nothing changes", async () => {
    await play(database, 10);
    await store("backup");
    const damaged = readFileSync(onlyBackup());
    damaged.fill(0xee, 4096 * 3, 4096 * 9);
    writeFileSync(join(dataDir, "damaged.db"), damaged);
    writeFileSync(join(dataDir, "text.db"), "no database ".repeat(1000));
    writeFileSync(join(dataDir, "empty.db"), "");
    const newer = openDatabase({ kind: "sqlite", path: join(dataDir, "newer.db") });
    await newer.migrate();
    await sql`INSERT INTO kysely_migration VALUES ('9999-future', '2030-01-01T00:00:00.000Z')`.execute(
      newer.db,
    );
    await newer.close();
    await database.close();
    const before = readFileSync(databaseFile(dataDir));
    const reasons = {
      "damaged.db": "cannot be restored",
      "text.db": "file is not a database",
      "empty.db": "no database of Fracas",
      "newer.db": "newer version of Fracas has written it (9999-future)",
      "missing.db": "does not exist",
    };
    for (const [name, reason] of Object.entries(reasons)) {
      const { code, output } = await store("restore", join(dataDir, name));
      expect({ name, code, says: output.includes(reason) || output }).toEqual({ name, code: 1, says: true });
    }
    expect(readFileSync(databaseFile(dataDir)).equals(before)).toBe(true);
    expect(readdirSync(dataDir).filter((name) => /incoming|replaced/.test(name))).toEqual([]);
  });

  test("[CHECK-2] a check counts what waits in the outbox, creates no database, and a wrong command explains itself", async () => {
    mkdirSync(join(outboxFolder(dataDir), "bad"), { recursive: true });
    for (const name of ["a.json", "b.json", "c.draft"])
      writeFileSync(join(outboxFolder(dataDir), name), "{}");
    expect(await store("check")).toMatchObject({
      code: 0,
      output: expect.stringContaining("2 results wait"),
    });
    writeFileSync(join(outboxFolder(dataDir), "bad/d.json"), "{}");
    mkdirSync(join(webhookFolder(dataDir), "bad"), { recursive: true });
    writeFileSync(join(webhookFolder(dataDir), "bad/e.json"), "{}");
    const { code, output } = await store("check");
    expect(code).toBe(1);
    expect(output).toContain("1 results in");
    expect(output).toContain("1 finished matches in");

    const nowhere = join(dataDir, "nowhere");
    expect(await run({ DATA_DIR: nowhere }, "check")).toMatchObject({ code: 1 });
    expect(await run({ DATA_DIR: nowhere }, "backup")).toMatchObject({ code: 1 });
    expect(existsSync(nowhere)).toBe(false);
    for (const words of [["dump"], ["restore"]])
      expect(await store(...words)).toMatchObject({
        code: 2,
        output: expect.stringContaining("restore FILE"),
      });
    expect(await store("--help")).toMatchObject({ code: 0, output: expect.stringContaining("restore FILE") });
  });
});

/** Each damages one sum. */
const DAMAGES = {
  "a player's experience": `UPDATE player SET xp = xp + 1 WHERE id = 1`,
  "a player's matches": `UPDATE "playerMode" SET matches = matches + 100 WHERE "playerId" = 1`,
  "a player's arenas": `DELETE FROM "playerArena" WHERE "playerId" = 1`,
  "a player's challenges": `INSERT INTO "playerChallenge" VALUES (1, 1, 'dayWin', 1, 1000000)`,
  "the bytes of arenas": `UPDATE "arenaTotal" SET bytes = bytes + 1`,
  "the ratings of arenas": `UPDATE published SET ratings = ratings + 1`,
  "a rating's games": `UPDATE rating SET games = games + 50 WHERE "playerId" = 1`,
  "who is listed": `UPDATE "playerWeek" SET listed = 1 - listed WHERE "playerId" = 1`,
  "the ladder's buckets": `UPDATE "ratingBucket" SET players = players + 1`,
};

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);
  const environmentOf = ({ address }: TestDatabase): Record<string, string> =>
    address.kind === "sqlite" ? { DATA_DIR: dirname(address.path) } : { DATABASE_URL: address.url };

  test("[CHECK-1] a check finds each sum that does not agree with the matches, and no fault in what was counted", async () => {
    const counted = await databases.fresh();
    await play(counted, 60);
    for (const who of [0, 1, 2, 3]) await namePlayer(counted.db, `identity-${who}`, `Name ${who}`);
    await makeArena(counted.db, "identity-0", 1);
    const check = () => run(environmentOf(counted), "check");
    expect(await check()).toMatchObject({
      code: 0,
      output: expect.stringContaining(`${SUM_CHECKS} of ${SUM_CHECKS} agree`),
    });
    for (const [name, statement] of Object.entries(DAMAGES)) {
      await sql.raw(statement).execute(counted.db);
      expect((await sumFaults(counted.db)).map((fault) => fault.split(":")[0])).toContain(name);
    }
    const { code, output } = await check();
    expect(code).toBe(1);
    for (const name of Object.keys(DAMAGES)) expect(output).toContain(`FAULT         ${name}: `);
  });
});

describe("a PostgreSQL server", () => {
  test("[BACKUP-4] is left to its own tools, and an unreachable one is reported", async () => {
    const DATABASE_URL = "postgres://nobody:secret@127.0.0.1:9/fracas";
    const backup = await run({ DATABASE_URL }, "backup");
    expect(backup).toMatchObject({ code: 1, output: expect.stringContaining("use pg_dump") });
    const restored = await run({ DATABASE_URL }, "restore", "backup.db");
    expect(restored).toMatchObject({ code: 1, output: expect.stringContaining("use pg_restore") });
    const check = await run({ DATABASE_URL }, "check");
    expect(check).toMatchObject({ code: 1, output: expect.stringContaining("ECONNREFUSED") });
    expect(check.output).not.toContain("secret");
  });
});
