/** Adds rows to tables of sums: one statement for many rows, the same text on both databases. */
import { type Insertable, type RawBuilder, sql } from "kysely";
import type { Db } from "./database.ts";
import type { Tables } from "./tables.ts";

/** A column's role when the row exists: part of the key, add both values, keep the larger, or keep the newer. */
type Rule = "key" | "add" | "max" | "set";
export type Rules<Table extends keyof Tables> = Record<keyof Insertable<Tables[Table]>, Rule>;

/** SQLite takes 32,766 parameters a statement, PostgreSQL 65,535; a row has 13 at most. */
const ROWS_MAX = 1_000;

/**
 * Inserts the rows, and merges those whose key exists. No two rows may have the same key. PostgreSQL locks them in the order
 * given: callers sort, so that two transactions never wait for each other.
 */
export async function upsert<Table extends keyof Tables>(
  db: Db,
  table: Table,
  rules: Rules<Table>,
  rows: readonly Insertable<Tables[Table]>[],
): Promise<void> {
  const columns = Object.keys(rules) as (keyof Insertable<Tables[Table]> & string)[];
  const keys = columns.filter((column) => rules[column] === "key");
  const changes = columns.flatMap((column) => change(table, column, rules[column]) ?? []);
  for (let from = 0; from < rows.length; from += ROWS_MAX) {
    const values = rows
      .slice(from, from + ROWS_MAX)
      .map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
    await sql`
      INSERT INTO ${sql.table(table)} (${sql.join(columns.map((column) => sql.ref(column)))})
      VALUES ${sql.join(values)}
      ON CONFLICT (${sql.join(keys.map((column) => sql.ref(column)))}) DO UPDATE SET ${sql.join(changes)}`.execute(
      db,
    );
  }
}

function change(table: string, column: string, rule: Rule): RawBuilder<unknown> | undefined {
  if (rule === "key") return undefined;
  const old = sql.ref(`${table}.${column}`);
  const added = sql.ref(`excluded.${column}`);
  const value = {
    add: sql`${old} + ${added}`,
    max: sql`CASE WHEN ${added} > ${old} THEN ${added} ELSE ${old} END`,
    set: added,
  }[rule];
  return sql`${sql.ref(column)} = ${value}`;
}
