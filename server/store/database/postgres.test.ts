/** Connections to a PostgreSQL server that stops answering. */
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "#server/testing/postgres.ts";
import { faultKind } from "./awayErrors.ts";
import { type Database, openDatabase } from "./database.ts";

let postgres: TestPostgres;
let database: Database;
beforeAll(async () => {
  postgres = await startPostgres();
  database = openDatabase({ kind: "postgres", url: postgres.url });
  await database.migrate();
});
afterAll(async () => {
  await database?.close();
  await postgres?.close();
});

const add = (db: Database["db"], createdAt: number) =>
  db.insertInto("player").values({ createdAt }).execute();
const added = async () =>
  (await database.db.selectFrom("player").select("createdAt").execute()).map((row) => row.createdAt);
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("[POSTGRES-3] a transaction that a silent server interrupts leaves nothing, even when the server goes on", async () => {
  const interrupted = database.db.transaction().execute(async (transaction) => {
    await add(transaction, 1);
    postgres.freeze();
    await add(transaction, 2);
  });
  expect(faultKind(await failureOf(interrupted))).toBe("away");
  postgres.wake();
  await database.db.transaction().execute((transaction) => add(transaction, 3));
  expect(await added()).toEqual([3]);
});

test("[POSTGRES-4] statements succeed again after a crash of the server, and those in between fail as away", async () => {
  const before = await added();
  await postgres.kill();
  expect(faultKind(await failureOf(add(database.db, 4)))).toBe("away");
  expect(faultKind(await failureOf(add(database.db, 5)))).toBe("away");
  await postgres.start();
  await add(database.db, 6);
  expect(await added()).toEqual([...before, 6]);
});

test("[POSTGRES-5] a connection parses a statement with parameters once, and keeps a bounded number of them", async () => {
  await database.db.connection().execute(async (connection) => {
    const kept = async () => {
      const { rows } = await sql<{
        count: number;
      }>`SELECT count(*) AS count FROM pg_prepared_statements`.execute(connection);
      return rows[0]?.count ?? 0;
    };
    const ask = (number: number) => sql`SELECT ${number} + 1`.execute(connection);
    await ask(0);
    const before = await kept();
    for (let number = 0; number < 20; number++) await ask(number);
    expect(await kept()).toBe(before);
    for (let other = 0; other < 300; other++)
      await sql`SELECT ${other} + ${sql.lit(other)}`.execute(connection);
    expect(await kept()).toBeGreaterThan(before);
    expect(await kept()).toBeLessThanOrEqual(256);
  });
});
