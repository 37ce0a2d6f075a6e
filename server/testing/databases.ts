/** Fresh databases of both kinds, so that the same tests run on SQLite and on PostgreSQL. */
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type Database, openDatabase, type StoreAddress } from "#server/store/database/database.ts";
import type { DatabaseKind } from "#server/store/database/migrations.ts";
import { startPostgres } from "./postgres.ts";

/** For `describe.each`. */
export const DATABASE_KINDS = ["sqlite", "postgres"] as const satisfies readonly DatabaseKind[];

export interface TestDatabase extends Database {
  /** For a second connection. */
  readonly address: StoreAddress;
}

export interface TestDatabases {
  /** The address of an empty database. */
  address(): Promise<StoreAddress>;
  /** A new database with all tables and no rows. Closed after the test. */
  fresh(): Promise<TestDatabase>;
}

interface Source {
  empty(): Promise<StoreAddress>;
  migrated(): Promise<StoreAddress>;
  close(): Promise<void>;
}

/**
 * Call it within a `describe`: it registers the hooks that start and delete what the tests there use. PostgreSQL is started
 * once, or is the server of `TEST_POSTGRES_URL`.
 */
export function useDatabases(kind: DatabaseKind): TestDatabases {
  let source: Source;
  const opened = new Set<Database>();
  beforeAll(async () => {
    source = await (kind === "sqlite" ? sqliteSource() : postgresSource());
  });
  afterEach(async () => {
    await Promise.all([...opened].map((database) => database.close()));
    opened.clear();
  });
  afterAll(() => source?.close());
  return {
    address: () => source.empty(),
    async fresh() {
      const address = await source.migrated();
      const database = openDatabase(address);
      opened.add(database);
      // Tests need no durability over a power failure.
      if (kind === "sqlite") await sql`PRAGMA synchronous=OFF`.execute(database.db);
      return { ...database, address };
    },
  };
}

async function sqliteSource(): Promise<Source> {
  const folder = await mkdtemp(join(tmpdir(), "fracas-databases-"));
  let count = 0;
  const empty = async (): Promise<StoreAddress> => ({
    kind: "sqlite",
    path: join(folder, `${++count}`, "fracas.db"),
  });
  return {
    empty,
    async migrated() {
      const address = await empty();
      await migrate(address);
      return address;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function postgresSource(): Promise<Source> {
  const given = process.env.TEST_POSTGRES_URL;
  const started = given ? undefined : await startPostgres();
  const url = given ?? started?.url ?? "";
  const created: string[] = [];
  const create = async (template?: string): Promise<{ name: string; address: StoreAddress }> => {
    const name = `fracas_test_${randomBytes(8).toString("hex")}`;
    await run(url, `CREATE DATABASE ${name} ${template ? `TEMPLATE ${template}` : ""}`);
    created.push(name);
    return { name, address: { kind: "postgres", url: urlOf(url, name) } };
  };
  let template: Promise<string> | undefined;
  const makeTemplate = async () => {
    const { name, address } = await create();
    await migrate(address);
    return name;
  };
  return {
    empty: async () => (await create()).address,
    async migrated() {
      template ??= makeTemplate();
      return (await create(await template)).address;
    },
    async close() {
      if (started) return started.close();
      for (const name of created) await run(url, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}

async function migrate(address: StoreAddress): Promise<void> {
  const database = openDatabase(address);
  try {
    await database.migrate();
  } finally {
    await database.close();
  }
}

function urlOf(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

async function run(connectionString: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
