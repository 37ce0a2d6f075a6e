/** Which rows name an arena's file, so that it must stay: a table whose `column` is its SHA-256, with an index on it. */
import { type RawBuilder, sql } from "kysely";

export const NAMED_IN: readonly { readonly table: string; readonly column: string }[] = [
  { table: "draftVersion", column: "sha256" },
];

/** A condition of statements about `arena`: no row names it. */
export const isUnnamed = (): RawBuilder<boolean> =>
  NAMED_IN.reduce(
    (all, { table, column }) =>
      sql<boolean>`${all} AND NOT EXISTS
        (SELECT 1 FROM ${sql.table(table)} WHERE ${sql.ref(`${table}.${column}`)} = ${sql.ref("arena.sha256")})`,
    sql<boolean>`1 = 1`,
  );
