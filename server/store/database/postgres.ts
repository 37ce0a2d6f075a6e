/** Connects to a PostgreSQL server by pg, as a dialect of Kysely. */
import {
  type DatabaseConnection,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type PostgresPool,
  type PostgresPoolClient,
} from "kysely";
import pg from "pg";
import { assertInTime } from "#server/store/deadline.ts";

/** Questions that the server answers at the same time. */
export const CONNECTIONS = 4;
/** A server that does not answer within this time counts as away. Connecting and one statement fit into the time of a result. */
const TIMEOUT_MS = 4_000;

/** `patienceMs`: how long a statement may take. */
export function postgresDialect(url: string, patienceMs = TIMEOUT_MS): PostgresDialect {
  // Counts, ids and times fit into a double; the driver would give them as text.
  const types = new pg.TypeOverrides();
  types.setTypeParser(pg.types.builtins.INT8, Number);
  types.setTypeParser(pg.types.builtins.NUMERIC, Number);
  const pool = new pg.Pool({
    connectionString: url,
    application_name: "fracas",
    max: CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: patienceMs,
    // Enforced by the server: it ends statements, and frees locks, of a client that is gone.
    statement_timeout: patienceMs,
    idle_in_transaction_session_timeout: 2 * patienceMs,
    types,
  });
  // A connection that breaks is replaced by the next query; without listeners its error would end the thread.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  return new ServerDialect({ pool: discarding(pool) });
}

class ServerDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig;

  constructor(config: PostgresDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): PostgresDriver {
    return new ServerDriver(this.#config);
  }
}

class ServerDriver extends PostgresDriver {
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    assertInTime();
    await super.commitTransaction(connection);
  }
}

/** Each connection keeps what it has parsed and planned; texts with lists of values differ by the list's length. */
const NAMES_MAX = 256;

/** Names the first texts with parameters, so that a connection parses and plans each once. */
function namesOf(): (text: string, parameters: readonly unknown[]) => { name?: string } {
  const names = new Map<string, string>();
  return (text, parameters) => {
    if (parameters.length === 0) return {};
    let name = names.get(text);
    if (name === undefined && names.size < NAMES_MAX) {
      name = `fracas-${names.size}`;
      names.set(text, name);
    }
    return name === undefined ? {} : { name };
  };
}

/**
 * Closes a connection on which a statement got no answer, instead of using it again: the statement may still be running
 * there, and the network may never answer.
 */
const discarding = (pool: pg.Pool, named = namesOf()): PostgresPool => ({
  options: pool.options,
  end: () => pool.end(),
  async connect() {
    const client = await pool.connect();
    let failure: Error | undefined;
    const query = async (text: string, parameters: unknown[]) => {
      if (failure) throw failure;
      try {
        return await client.query({ ...named(text, parameters), text, values: parameters });
      } catch (error) {
        // The server's own errors have a code.
        if ((error as { code?: string }).code === undefined) failure = error as Error;
        throw error;
      }
    };
    return {
      // Omits the overload for cursors, which nothing here uses.
      query: query as unknown as PostgresPoolClient["query"],
      release: (destroy) => client.release(destroy || failure !== undefined),
    };
  },
});
