/** Opens a SQLite file by node:sqlite, as a dialect of Kysely. */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import {
  CompiledQuery,
  type DatabaseConnection,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type SqliteStatement,
  type TransactionSettings,
} from "kysely";
import { assertInTime, timeLeftMs } from "#server/store/deadline.ts";

/**
 * How long to wait for another process that writes to the file, such as a second server that starts. A question waits until
 * its deadline at most.
 */
const BUSY_TIMEOUT_MS = 4_000;

/**
 * A commit is on the disk when it returns (`synchronous=FULL`), so that a power failure loses nothing that was reported as
 * counted. `journal_size_limit` shrinks the log again that a long read, such as a backup's, made long. `optimize=0x10002`
 * looks whether tables have grown so much that the planner needs new statistics. Memory mapping stays off: a read error
 * of the disk would end the process instead of failing the statement.
 */
const PRAGMAS = `
  PRAGMA journal_mode=WAL;
  PRAGMA synchronous=FULL;
  PRAGMA foreign_keys=ON;
  PRAGMA cache_size=-32000;
  PRAGMA temp_store=MEMORY;
  PRAGMA journal_size_limit=67108864;
  PRAGMA optimize=0x10002;
`;

/** Prepared statements to keep: more than there are queries. The text of those with lists varies with the list's length. */
const STATEMENTS_MAX = 256;

export interface SqliteFile {
  readonly dialect: SqliteDialect;
  /** Folds the log into the file. Does nothing when it is closed already. */
  close(): void;
}

/** Creates the file and its folder if they are missing, readable by their owner only. Throws what SQLite throws. */
export function openSqlite(path: string): SqliteFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // SQLite gives its log the same mode.
  closeSync(openSync(path, "a", 0o600));
  const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  const close = () => {
    if (!file.isOpen) return;
    optimize(file);
    file.close();
  };
  try {
    file.exec(PRAGMAS);
  } catch (error) {
    close();
    throw error;
  }
  return { dialect: new FileDialect(asKyselyDatabase(file, close), file), close };
}

/** Renews the planner's statistics of tables that have changed much. A full disk must not keep the file open. */
function optimize(file: DatabaseSync): void {
  try {
    file.exec("PRAGMA optimize");
  } catch {
    // The next start tries again.
  }
}

class FileDialect extends SqliteDialect {
  override createDriver: () => FileDriver;

  constructor(database: SqliteDatabase, file: DatabaseSync) {
    super({ database });
    this.createDriver = () => new FileDriver(database, file);
  }

  override createAdapter = () => new FileAdapter();
}

/** Begins transactions as a writer: Kysely's driver begins as a reader, which cannot write if another process has written since. */
class FileDriver extends SqliteDriver {
  readonly #file: DatabaseSync;

  constructor(database: SqliteDatabase, file: DatabaseSync) {
    super({ database });
    this.#file = file;
  }

  override acquireConnection(): Promise<DatabaseConnection> {
    const leftMs = timeLeftMs();
    if (leftMs !== undefined) {
      const waitMs = Math.round(Math.min(BUSY_TIMEOUT_MS, Math.max(0, leftMs)));
      this.#file.exec(`PRAGMA busy_timeout=${waitMs}`);
    }
    return super.acquireConnection();
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings?: TransactionSettings,
  ): Promise<void> {
    const isReader = settings?.accessMode === "read only";
    await connection.executeQuery(CompiledQuery.raw(isReader ? "begin" : "begin immediate"));
  }

  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    assertInTime();
    await super.commitTransaction(connection);
  }

  /** On a full disk SQLite has rolled back by itself; a second rollback would throw, and hide the cause. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#file.isTransaction) await super.rollbackTransaction(connection);
  }
}

/** Lets Kysely run migrations in transactions, which SQLite supports: a migration is applied whole or not at all. */
class FileAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Caches prepared statements by text (least recently used go first), because Kysely prepares for each execution. */
function asKyselyDatabase(file: DatabaseSync, close: () => void): SqliteDatabase {
  const prepared = new Map<string, SqliteStatement>();
  return {
    close,
    prepare(text) {
      const statement = prepared.get(text) ?? asKyselyStatement(file, file.prepare(text), text);
      prepared.delete(text);
      prepared.set(text, statement);
      for (const oldest of prepared.keys()) {
        if (prepared.size <= STATEMENTS_MAX) break;
        prepared.delete(oldest);
      }
      return statement;
    },
  };
}

function asKyselyStatement(file: DatabaseSync, statement: StatementSync, text: string): SqliteStatement {
  const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    // Prepares its own statement, because the cached one may be executed between two rows.
    iterate: (parameters) => file.prepare(text).iterate(...values(parameters)),
  };
}
