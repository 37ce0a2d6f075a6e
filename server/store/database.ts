/** Opens the database, SQLite or PostgreSQL, and brings its tables to this version of the code. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import { Migrator } from "kysely/migration";
import pg from "pg";
import { type DatabaseKind, migrationsFor } from "./migrations.ts";
import { openSqlite } from "./sqlite.ts";
import type { Tables } from "./tables.ts";

/** Where the store is: a file, or a PostgreSQL server. */
export type StoreAddress = { kind: "sqlite"; path: string } | { kind: "postgres"; url: string };

export interface Database {
  readonly kind: DatabaseKind;
  readonly db: Kysely<Tables>;
  /** Resolves when the database answers and its tables are current. Throws NewerDatabaseError, or what the database throws. */
  migrate(): Promise<void>;
  close(): Promise<void>;
}

export type Db = Kysely<Tables>;

/** A newer version of Fracas has written the database; this one could damage it. */
export class NewerDatabaseError extends Error {}

const POSTGRES_CONNECTIONS = 4;
/** A server that does not answer counts as away after this time. */
const POSTGRES_TIMEOUT_MS = 5_000;

export function openDatabase(address: StoreAddress): Database {
  const db = new Kysely<Tables>({ dialect: dialectOf(address) });
  return {
    kind: address.kind,
    db,
    migrate: () => migrate(db, address.kind),
    close: () => db.destroy(),
  };
}

function dialectOf(address: StoreAddress) {
  if (address.kind === "sqlite") {
    mkdirSync(dirname(address.path), { recursive: true, mode: 0o700 });
    return openSqlite(address.path).dialect;
  }
  // Counts, ids and times fit into a double; the driver would give them as text.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  const pool = new pg.Pool({
    connectionString: address.url,
    max: POSTGRES_CONNECTIONS,
    connectionTimeoutMillis: POSTGRES_TIMEOUT_MS,
    query_timeout: POSTGRES_TIMEOUT_MS,
    types,
  });
  // A connection that breaks while idle is replaced by the next query; without a listener it would end the thread.
  pool.on("error", () => {});
  return new PostgresDialect({ pool });
}

async function migrate(db: Kysely<Tables>, kind: DatabaseKind): Promise<void> {
  const migrations = migrationsFor(kind);
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const applied = (await migrator.getMigrations()).filter(({ executedAt }) => executedAt);
  const unknown = await unknownMigrations(db, migrations);
  if (unknown.length > 0) {
    throw new NewerDatabaseError(
      `the database was written by a newer version of Fracas (${unknown.join(", ")}): update the server, or restore a backup of before.`,
    );
  }
  if (applied.length === Object.keys(migrations).length) return;
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}

/** Migrations that the database has seen and this code does not know. */
async function unknownMigrations(db: Kysely<Tables>, known: object): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === "kysely_migration")) return [];
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  return rows.map(({ name }) => name).filter((name) => !(name in known));
}
