/** Tells a database that is away for now from a fault in a statement. */

/** SQLite's result codes, without their extensions: BUSY, LOCKED, READONLY, IOERR, FULL, CANTOPEN, PROTOCOL. */
const SQLITE_AWAY: ReadonlySet<number> = new Set([5, 6, 8, 10, 13, 14, 15]);

/** Classes of PostgreSQL's error codes: connection, resources, intervention, system; and two codes of serialization. */
const POSTGRES_AWAY = /^(08|53|57|58)|^(40001|40P01|25006)$/;

export function isAwayError(error: unknown): boolean {
  const { code, errcode, message = "" } = error as { code?: string; errcode?: number; message?: string };
  if (typeof errcode === "number") return SQLITE_AWAY.has(errcode & 0xff);
  if (typeof code === "string" && (POSTGRES_AWAY.test(code) || /^E[A-Z]+$/.test(code))) return true;
  // Texts of pg and Kysely for which they set no code.
  return /Connection terminated|timeout exceeded|Query read timeout|not queryable|has been discarded/.test(
    message,
  );
}
