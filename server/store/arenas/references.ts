/** Finds arenas whose files must stay because rows of other tables name them. */
import { type RawBuilder, sql } from "kysely";

/** Each column is the SHA-256 of an arena's file, and has an index. */
const NAMED_IN: readonly { readonly table: string; readonly column: string }[] = [
  { table: "draftVersion", column: "sha256" },
];

/** A condition for statements about the table `arena`: no row names the arena. */
export const isUnnamed = (): RawBuilder<boolean> =>
  NAMED_IN.reduce(
    (all, { table, column }) =>
      sql<boolean>`${all} AND NOT EXISTS
        (SELECT 1 FROM ${sql.table(table)} WHERE ${sql.ref(`${table}.${column}`)} = ${sql.ref("arena.sha256")})`,
    sql<boolean>`1 = 1`,
  );
