/** Opens the database, SQLite or PostgreSQL, and brings its tables to this version of the code. */
import { type Dialect, Kysely } from "kysely";
import { Migrator } from "kysely/migration";
import { type DatabaseKind, migrationsFor } from "./migrations.ts";
import { postgresDialect } from "./postgres.ts";
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

/**
 * Throws what SQLite throws if the file cannot be used. A PostgreSQL server is first contacted by the first
 * query. `patienceMs`: PostgreSQL's limit for one statement; by default what a running server can wait.
 */
export function openDatabase(address: StoreAddress, patienceMs?: number): Database {
  if (address.kind === "postgres")
    return databaseOf("postgres", postgresDialect(address.url, patienceMs), () => {});
  const { dialect, close } = openSqlite(address.path);
  // Kysely closes only what it has used.
  return databaseOf("sqlite", dialect, close);
}

function databaseOf(kind: DatabaseKind, dialect: Dialect, closeUnused: () => void): Database {
  const db = new Kysely<Tables>({ dialect });
  return {
    kind,
    db,
    migrate: () => migrate(db, kind),
    async close() {
      await db.destroy();
      closeUnused();
    },
  };
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
