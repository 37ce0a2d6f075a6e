/** The PostgreSQL that tests start. */
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startPostgres, type TestPostgres } from "./postgres.ts";

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres?.close());

async function ask(text: string, timeoutMs = 5_000) {
  const client = new pg.Client({ connectionString: postgres.url, query_timeout: timeoutMs });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test("[POSTGRES-1] a test's PostgreSQL keeps its data when it is killed and started again", async () => {
  await ask("CREATE TABLE kept AS SELECT 7 AS number");
  await postgres.kill();
  await expect(ask("SELECT 1")).rejects.toMatchObject({ code: "ECONNREFUSED" });
  await postgres.start();
  expect(await ask("SELECT number FROM kept")).toEqual([{ number: 7 }]);
});

test("[POSTGRES-2] a frozen PostgreSQL answers nothing on an open connection until it wakes", async () => {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  postgres.freeze();
  let isAnswered = false;
  const answer = client.query("SELECT 8 AS number").then(({ rows }) => {
    isAnswered = true;
    return rows;
  });
  const other = new pg.Client({ connectionString: postgres.url, connectionTimeoutMillis: 100 });
  await expect(other.connect()).rejects.toThrow("timeout");
  expect(isAnswered).toBe(false);
  postgres.wake();
  expect(await answer).toEqual([{ number: 8 }]);
  await client.end();
});
