/** Classifies errors: a database that is away, one that cannot be used, or a faulty question. */
import { TooLateError } from "#server/store/deadline.ts";

/**
 * `away`: it may answer later without anybody's help. `unusable`: its folder cannot be written. `broken`: an operator must
 * repair it, or its address. `question`: the same question would fail again.
 */
export type FaultKind = "away" | "unusable" | "broken" | "question";

/** SQLite's result codes, without their extensions. */
const SQLITE: Readonly<Record<Exclude<FaultKind, "question">, readonly number[]>> = {
  /** BUSY, LOCKED, NOMEM, INTERRUPT, IOERR, FULL, PROTOCOL. */
  away: [5, 6, 7, 9, 10, 13, 15],
  /** PERM, READONLY, CANTOPEN. */
  unusable: [3, 8, 14],
  /** CORRUPT, NOTADB. */
  broken: [11, 26],
};

/** PostgreSQL's error codes: connection, resources, intervention, system; serialization, deadlock, a server that only reads. */
const POSTGRES_AWAY = /^(08|53|57|58)|^(40001|40P01|25006)$/;
/** Wrong user, password or database; no rights; damaged. */
const POSTGRES_BROKEN = /^(28|3D|XX)|^42501$/;
/** Texts of pg and Kysely for which they set no code. */
const POSTGRES_TEXTS =
  /Connection terminated|timeout exceeded|Query read timeout|not queryable|has been discarded/;

/** Codes of the file system: no rights, or a path that leads through a file. */
const FILES_UNUSABLE = /^(EACCES|EPERM|EROFS|ENOTDIR|EEXIST)$/;
/** Node's codes of system calls, such as ENOSPC and ECONNREFUSED. */
const SYSTEM = /^E[A-Z]+$/;

export function faultKind(error: unknown): FaultKind {
  if (error instanceof TooLateError) return "away";
  const { code = "", errcode, message = "" } = error as { code?: string; errcode?: number; message?: string };
  if (typeof errcode === "number") return sqliteFault(errcode & 0xff);
  if (FILES_UNUSABLE.test(code)) return "unusable";
  if (POSTGRES_BROKEN.test(code)) return "broken";
  return POSTGRES_AWAY.test(code) || SYSTEM.test(code) || POSTGRES_TEXTS.test(message) ? "away" : "question";
}

const sqliteFault = (code: number): FaultKind =>
  (["away", "unusable", "broken"] as const).find((kind) => SQLITE[kind].includes(code)) ?? "question";
