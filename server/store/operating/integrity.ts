/** Whether a SQLite file is whole, and one that this version of Fracas can use. */
import type { DatabaseSync } from "node:sqlite";
import { migrationsFor } from "#server/store/database/migrations.ts";

/** More would repeat the same damage. */
const FAULTS_MAX = 10;

/** Returns the faults in the pages, indexes and references of a file. Reads all of it. */
export function integrityFaults(file: DatabaseSync): string[] {
  try {
    const found = file.prepare(`PRAGMA integrity_check(${FAULTS_MAX})`).all();
    const faults = found.map((row) => String(row.integrity_check)).filter((fault) => fault !== "ok");
    const dangling = file.prepare("PRAGMA foreign_key_check").all().slice(0, FAULTS_MAX);
    return [...faults, ...dangling.map(({ table, parent }) => `a row of ${table} names no row of ${parent}`)];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Why this version cannot use the file; undefined if it can. */
export function whyForeign(file: DatabaseSync): string | undefined {
  const known = Object.keys(migrationsFor("sqlite"));
  const tables = file.prepare("SELECT name FROM sqlite_schema WHERE name = 'kysely_migration'").all();
  if (tables.length === 0) return "it is no database of Fracas";
  const applied = file.prepare("SELECT name FROM kysely_migration").all();
  const unknown = applied.map(({ name }) => String(name)).filter((name) => !known.includes(name));
  return unknown.length > 0 ? `a newer version of Fracas has written it (${unknown.join(", ")})` : undefined;
}
