/** Inserts many rows fast, without durable commits: a run that fails is generated again. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import pg from "pg";
import type { StoreAddress } from "#server/store/database/database.ts";
import type { Tables } from "#server/store/database/tables.ts";
import type { Rows } from "./tally.ts";

export interface Bulk {
  /** All rows of a table have the same columns. */
  insert(rows: Rows): Promise<void>;
  setXp(xp: ReadonlyMap<number, number>): Promise<void>;
  /** Makes the rows last, gathers the planner's statistics, and closes. */
  finish(): Promise<void>;
}

export const openBulk = (address: StoreAddress): Promise<Bulk> =>
  address.kind === "sqlite" ? openFile(address.path) : openServer(address.url);

async function openFile(path: string): Promise<Bulk> {
  const file = new DatabaseSync(path);
  file.exec(
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA cache_size=-200000; BEGIN",
  );
  const prepare = (table: string, row: object) => {
    const columns = Object.keys(row);
    const names = columns.map((name) => `"${name}"`).join(", ");
    return file.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => "?").join(", ")})`);
  };
  return {
    async insert(rows) {
      for (const [table, list] of Object.entries(rows)) {
        const [first] = list;
        if (!first) continue;
        const statement = prepare(table, first);
        for (const row of list) statement.run(...(Object.values(row) as SQLInputValue[]));
      }
      file.exec("COMMIT; BEGIN");
    },
    async setXp(xp) {
      const statement = file.prepare("UPDATE player SET xp = ? WHERE id = ?");
      for (const [id, value] of xp) statement.run(value, id);
    },
    async finish() {
      file.exec("COMMIT; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)");
      file.close();
    },
  };
}

/** Rows a statement. */
const CHUNK = 5_000;
/** Tables whose ids the database draws unless they are given. */
const NUMBERED = ["player", "match"] as const satisfies (keyof Tables)[];

async function openServer(url: string): Promise<Bulk> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SET synchronous_commit = off");
  const send = async (statement: string, rows: readonly object[]) => {
    for (let from = 0; from < rows.length; from += CHUNK)
      await client.query(statement, [JSON.stringify(rows.slice(from, from + CHUNK), forPostgres)]);
  };
  return {
    async insert(rows) {
      await client.query("BEGIN");
      for (const [table, list] of Object.entries(rows))
        await send(
          `INSERT INTO "${table}" SELECT * FROM json_populate_recordset(null::"${table}", $1)`,
          list,
        );
      await client.query("COMMIT");
    },
    setXp: (xp) =>
      send(
        "UPDATE player SET xp = given.xp FROM json_populate_recordset(null::player, $1) AS given WHERE given.id = player.id",
        [...xp].map(([id, value]) => ({ id, xp: value })),
      ),
    async finish() {
      for (const table of NUMBERED)
        await client.query(
          `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM "${table}"))`,
        );
      await client.query("VACUUM ANALYZE");
      await client.end();
    },
  };
}

/** Bytes as PostgreSQL writes them in text. A Buffer turns itself into an object before it comes here. */
function forPostgres(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Uint8Array ? `\\x${Buffer.from(original).toString("hex")}` : value;
}
