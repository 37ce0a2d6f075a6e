/** Opens a SQLite file by node:sqlite, in the form that Kysely's SqliteDialect expects. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { type SqliteDatabase, SqliteDialect } from "kysely";

/** For another program that has the file open, such as a backup. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * Creates the file if it is missing. A commit is on the disk when it returns (`synchronous=FULL`), so that a power failure
 * loses nothing that was reported as counted.
 */
export function openSqlite(path: string): { file: DatabaseSync; dialect: SqliteDialect } {
  const file = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    file.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
  } catch (error) {
    file.close();
    throw error;
  }
  return { file, dialect: new SqliteDialect({ database: asKyselyDatabase(file) }) };
}

const asKyselyDatabase = (file: DatabaseSync): SqliteDatabase => ({
  close: () => file.close(),
  prepare(text) {
    const statement = file.prepare(text);
    const values = (parameters: readonly unknown[]) => parameters as SQLInputValue[];
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...values(parameters)),
      run(parameters) {
        // SQLite itself rolls back when the disk is full; Kysely's rollback would then hide that error behind its own.
        if (text === "rollback" && !file.isTransaction) return { changes: 0, lastInsertRowid: 0 };
        return statement.run(...values(parameters));
      },
      iterate: (parameters) => statement.iterate(...values(parameters)),
    };
  },
});
