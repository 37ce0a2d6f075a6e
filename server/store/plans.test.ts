/** How the databases find the rows for each question: no statement may read the whole of a table that grows. */
import { CompiledQuery, Kysely, sql } from "kysely";
import { describe, expect, test } from "vitest";
import { anArena } from "#server/testing/arenas.ts";
import { DATABASE_KINDS, type TestDatabase, useDatabases } from "#server/testing/databases.ts";
import { aResult, drawFrom, drawMatch, matchId } from "#server/testing/matches.ts";
import { namePlayer } from "#server/testing/namedPlayer.ts";
import { GALLERY_SORTS } from "#shared/protocol/editor.ts";
import { weekOf } from "#shared/rating/season.ts";
import type { Db } from "./database/database.ts";
import { postgresDialect } from "./database/postgres.ts";
import { openSqlite } from "./database/sqlite.ts";
import type { Tables } from "./database/tables.ts";
import { QUERIES, type Queries, type Query, type QueryName } from "./queries.ts";

type Samples = { [Name in QueryName]: readonly Parameters<Queries[Name]>[1][] };

const AT = Date.UTC(2026, 10, 2);
const ladder = { mode: "deathmatch", span: "season", at: 20264 } as const;
const week = { mode: "deathmatch", span: "week", at: weekOf(AT) } as const;
const ann = { identity: "identity-0", atMs: AT };
const SHA = "a".repeat(64);
const DRAFT = "draft0000000";
const keptArena = (
  changes: Pick<Parameters<Queries["keepArena"]>[1], "identity"> &
    Partial<Parameters<Queries["keepArena"]>[1]>,
) => ({ arena: anArena({ sha256: SHA }), maxOfPlayer: 9, maxBytes: 1e6, atMs: AT, ...changes });
const device = (number: number) => ({ identity: `device-${number}`, replaces: null, atMs: AT });

/**
 * Questions that make each query run all its statements. Asked in this order: an account is made first, and deleted last.
 * A query that is missing here does not compile.
 */
const SAMPLES: Samples = {
  keepArena: [
    keptArena({ identity: "identity-1" }),
    keptArena({ identity: "identity-2" }),
    keptArena({ identity: undefined, maxBytes: 0, atMs: AT + 86_400_000 * 9 }),
    keptArena({ identity: "identity-1" }),
  ],
  readArena: [{ sha256: SHA, atMs: AT + 86_400_000 * 9 }],
  featureArena: [{ sha256: SHA, isFeatured: true, atMs: AT }],
  arenaChanges: [{ sinceMs: AT }],
  arenaTitles: [{ sha256s: [SHA] }],
  removeArena: [
    { sha256: SHA, identity: "identity-1", atMs: AT },
    { sha256: SHA, identity: undefined, atMs: AT },
  ],
  createDraft: ["draft0000000", "draft0000001"].map((id) => ({
    ...{ identity: "identity-1", atMs: AT },
    draft: { id, editKey: "key", title: "Quarry", tiledJson: "{}" },
  })),
  ownDrafts: [{ identity: "identity-1" }],
  draftRoleOf: [{ id: DRAFT, identity: "identity-1", key: "" }],
  draftOf: [{ id: DRAFT, identity: undefined, key: "key" }],
  draftText: [{ id: DRAFT }],
  writeDraft: [{ id: DRAFT, title: "Quarry", tiledJson: "{}", atMs: AT }],
  saveVersion: [
    {
      ...{ id: DRAFT, arena: anArena({ tiledJson: "[]" }), note: "", maxBytes: 1e6, atMs: AT },
      author: { identity: "identity-2", name: "Ben" },
    },
  ],
  versionText: [{ id: DRAFT, number: 1 }],
  publishDraft: [
    {
      ...{
        id: DRAFT,
        identity: "identity-1",
        number: 1,
        arena: anArena({ tiledJson: "[]" }),
        folded: "quarry",
      },
      ...{ maxBytes: 1e6, atMs: AT },
    },
  ],
  galleryPage: GALLERY_SORTS.flatMap((sort) => [
    { search: "", mode: undefined, sort, page: 0 },
    { search: "", mode: "deathmatch" as const, sort, page: 1 },
    { search: "quar", mode: "deathmatch" as const, sort, page: 0 },
  ]),
  publishedArena: [{ id: DRAFT }],
  rateArena: [
    { id: DRAFT, identity: "identity-2", stars: 4, atMs: AT },
    { id: DRAFT, identity: "identity-3", stars: 4, atMs: AT },
    { id: DRAFT, identity: "identity-3", stars: 0, atMs: AT },
    { id: DRAFT, identity: "identity-7", stars: 3, atMs: AT },
  ],
  arenaRatingOf: [{ id: DRAFT, identity: "identity-2" }],
  unpublishDraft: [{ id: "draft0000001", identity: "identity-1" }],
  deleteDraft: [{ id: "draft0000001", identity: "identity-1" }],
  sweepDrafts: [{ after: "", beforeMs: AT + 1 }],
  sweepArenas: [{ unusedSinceMs: AT + 86_400_000 * 9 }],
  applyResult: [
    aResult({ id: matchId(AT, 9_001) }),
    aResult({ id: matchId(AT, 9_002), isHosted: true, arena: SHA }),
  ],
  entrantOf: [
    {
      ...ann,
      wanted: [
        { name: "Ann", folded: "ann" },
        { name: "Ann 2", folded: "ann2" },
      ],
    },
  ],
  noteSeen: [{ identity: "identity-0", atMs: AT + 86_400_000_000 }],
  leaderboard: [ladder, week],
  placesAround: [
    { ...ladder, sub: "identity-3" },
    { ...week, sub: "identity-3" },
  ],
  progressOf: [ann],
  matchOf: [{ uuid: matchId(AT, 9_001) }],
  newestMatches: [{ limit: 50 }],
  claimName: [
    { ...ann, name: "Ann", folded: "ann" },
    { ...ann, atMs: AT + 86_400_000 * 60, name: "Anna", folded: "anna" },
  ],
  profileOf: [
    { folded: "anna", atMs: AT },
    { folded: "ann", atMs: AT },
  ],
  accountOf: [ann],
  chooseLook: [{ ...ann, look: 0 }],
  dataOf: [ann],
  addPasskey: [{ ...ann, id: "key", publicKey: new Uint8Array(8), counter: 0 }],
  passkeyById: [{ id: "key" }],
  signInByPasskey: [
    { ...device(1), id: "key", counter: 1 },
    { ...device(2), replaces: "identity-7", id: "key", counter: 2 },
  ],
  signInByOpenId: [
    { ...device(3), replaces: "identity-8", id: "https://issuer.example 1", link: false },
    { ...device(4), replaces: "identity-9", id: "https://issuer.example 1", link: false },
  ],
  putTransferCode: [{ identity: "identity-0", hash: "hash", expiresAt: AT + 1 }],
  signInByTransfer: [{ ...device(5), replaces: "identity-10", hash: "hash" }],
  removeCredential: [{ identity: "identity-0", id: "key" }],
  ping: [{}],
  sweepIdentities: [{ after: "", atMs: AT + 86_400_000 * 365 }],
  isRevoked: [ann],
  revokedSince: [{ sinceMs: AT }],
  signOut: [
    { identity: "device-1", everywhere: false, atMs: AT },
    { identity: "identity-0", everywhere: true, atMs: AT },
  ],
  deleteAccount: [{ identity: "identity-3", name: "Name 3", atMs: AT }],
  forgetNames: [{ atMs: AT }],
};

interface Explained {
  db: Kysely<Tables>;
  /** The statements that were executed, by their text. */
  executed: Map<string, readonly unknown[]>;
}

/** A second connection to the database that notes what it executes. */
function noting({ address }: TestDatabase): Explained {
  const executed = new Map<string, readonly unknown[]>();
  const dialect = address.kind === "sqlite" ? openSqlite(address.path).dialect : postgresDialect(address.url);
  const log = ({ query }: { query: CompiledQuery }) => {
    if (!/^(begin|start|commit|rollback)/i.test(query.sql)) executed.set(query.sql, query.parameters);
  };
  return { db: new Kysely<Tables>({ dialect, log }), executed };
}

async function fill(db: Db): Promise<void> {
  const draw = drawFrom(9);
  for (let number = 0; number < 120; number++) await QUERIES.applyResult(db, drawMatch(draw, number, 16));
  for (const who of [1, 2, 3, 4]) await namePlayer(db, `identity-${who}`, `Name ${who}`);
}

const explain = <Row>(db: Db, prefix: string, text: string, parameters: readonly unknown[]) =>
  db.executeQuery<Row>(CompiledQuery.raw(`${prefix} ${text}`, [...parameters])).then(({ rows }) => rows);

/** Indexes that hold only the rows that are wanted, in their order: as many are read as are asked for. */
const BOUNDED = ["publicMatches", "namesToForget", "galleryPlayed", "galleryRated", "galleryNew"];

/** The tables that SQLite reads whole. */
async function sqliteScans(db: Db, text: string, parameters: readonly unknown[]): Promise<string[]> {
  const rows = await explain<{ detail: string }>(db, "EXPLAIN QUERY PLAN", text, parameters);
  return rows
    .map(({ detail }) => detail)
    .filter(
      (detail) =>
        /^SCAN |\bAUTOMATIC\b/.test(detail) && !/^SCAN (CONSTANT ROW|\(|\d+-ROW VALUES)/.test(detail),
    )
    .filter(
      (detail) => !(BOUNDED.some((index) => detail.endsWith(`INDEX ${index}`)) && text.includes("limit")),
    );
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Index Cond"?: string;
  Plans?: PlanNode[];
}

/** The tables that PostgreSQL reads whole, or through an index without a condition. */
async function postgresScans(db: Db, text: string, parameters: readonly unknown[]): Promise<string[]> {
  const [row] = await db.connection().execute(async (connection) => {
    // Tables of a test are small: PostgreSQL would read them whole, to join them by merging or hashing.
    for (const way of ["seqscan", "mergejoin", "hashjoin"])
      await sql`SET ${sql.raw(`enable_${way}`)} = off`.execute(connection);
    return explain<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
      connection,
      "EXPLAIN (FORMAT JSON)",
      text,
      parameters,
    );
  });
  return (row?.["QUERY PLAN"] ?? []).flatMap(({ Plan }) => scansIn(Plan, text));
}

function scansIn(node: PlanNode, text: string): string[] {
  const { "Node Type": type, "Relation Name": table, "Index Name": index, "Index Cond": condition } = node;
  const isWhole = type === "Seq Scan" || (/Index/.test(type) && condition === undefined);
  const isBounded = BOUNDED.includes(index ?? "") && text.includes("limit");
  const own = isWhole && !isBounded ? [`${type} of ${table ?? index}`] : [];
  return [...own, ...(node.Plans ?? []).flatMap((child) => scansIn(child, text))];
}

describe.each(DATABASE_KINDS)("on %s", (kind) => {
  const databases = useDatabases(kind);
  const scans = kind === "sqlite" ? sqliteScans : postgresScans;

  test("[PLAN-1] no statement of any query reads a whole table", async () => {
    const database = await databases.fresh();
    await fill(database.db);
    const { db, executed } = noting(database);
    for (const [name, questions] of Object.entries(SAMPLES)) {
      const query = QUERIES[name as QueryName] as Query<unknown, unknown>;
      for (const question of questions) await query(db, question);
    }
    const found: Record<string, string[]> = {};
    for (const [text, parameters] of [...executed]) {
      const whole = await scans(database.db, text, parameters);
      if (whole.length > 0) found[text] = whole;
    }
    expect(found).toEqual({});
    expect(executed.size).toBeGreaterThan(60);
    await db.destroy();
  });

  test("[PLAN-2] a statement without an index is found", async () => {
    const { db } = await databases.fresh();
    const found = (text: string, ...parameters: unknown[]) => scans(db, text, parameters);
    const mark = kind === "sqlite" ? "?" : "$1";
    expect(await found(`SELECT * FROM player WHERE xp = ${mark}`, 5)).toHaveLength(1);
    expect(await found(`SELECT count(*) FROM match WHERE "isHosted" = 0`)).toHaveLength(1);
    expect(await found(`UPDATE rating SET points = 1 WHERE games = ${mark}`, 5)).toHaveLength(1);
    expect(await found(`SELECT * FROM player WHERE id = ${mark}`, 5)).toEqual([]);
  });
});
