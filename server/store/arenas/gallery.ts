/** The gallery: finds published arenas by their titles, authors and modes. */
import { type Selectable, sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import type { Tables } from "#server/store/database/tables.ts";
import { namesOf } from "#server/store/players/players.ts";
import { GALLERY_PAGE } from "#shared/arena/limits.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import type { Gallery, GallerySort, PublishedArena } from "#shared/protocol/editor.ts";
import type { ModeName } from "#shared/schema/names.ts";

/** How far lists are counted and leafed through. */
const COUNTED_MAX = 1_000;

export interface GalleryQuestion {
  /** A part of a title, or a whole name of an author, folded; empty: all. */
  search: string;
  mode: ModeName | undefined;
  sort: GallerySort;
  /** Pages count from 0. */
  page: number;
}

/** Each has an index. */
const ORDERS = { played: "plays", rated: "rank", new: "publishedAt" } as const;

async function galleryPage(db: Db, { search, mode, sort, page }: GalleryQuestion): Promise<Gallery> {
  const found = search === "" ? undefined : await searched(db, search);
  if (found?.length === 0) return { arenas: [], count: 0 };
  let matching = db.selectFrom("published");
  if (mode !== undefined)
    matching = matching.where(sql<boolean>`',' || ${sql.ref("modes")} || ',' LIKE ${`%,${mode},%`}`);
  if (found) matching = matching.where("draftId", "in", found);
  const rows = await matching
    .selectAll()
    .orderBy(ORDERS[sort], "desc")
    .$if(sort !== "new", (ordered) => ordered.orderBy("publishedAt", "desc"))
    .limit(GALLERY_PAGE)
    .offset(Math.min(page * GALLERY_PAGE, COUNTED_MAX))
    .execute();
  const counted = await matching
    .select("draftId")
    .orderBy("publishedAt", "desc")
    .limit(COUNTED_MAX)
    .execute();
  return { arenas: await arenasOf(db, rows), count: counted.length };
}

/** Ids of the arenas whose title has the text, or whose author has the name. */
async function searched(db: Db, search: string): Promise<string[]> {
  const byTitle = await db
    .selectFrom("publishedTerm")
    .select("draftId")
    .distinct()
    .where("term", ">=", search)
    .where("term", "<", `${search}\u{10ffff}`)
    .limit(COUNTED_MAX)
    .execute();
  const author = await db.selectFrom("player").select("id").where("folded", "=", search).executeTakeFirst();
  const byAuthor = author
    ? await db.selectFrom("published").select("draftId").where("playerId", "=", author.id).execute()
    : [];
  return [...new Set([...byTitle, ...byAuthor].map(({ draftId }) => draftId))];
}

type Row = Selectable<Tables["published"]>;

/** Adds the authors' present names, and which arenas are featured. */
async function arenasOf(db: Db, rows: readonly Row[]): Promise<PublishedArena[]> {
  if (rows.length === 0) return [];
  const names = await namesOf(
    db,
    rows.map(({ playerId }) => playerId),
  );
  const featured = await db
    .selectFrom("arena")
    .select("sha256")
    .where(
      "sha256",
      "in",
      rows.map(({ sha256 }) => sha256),
    )
    .where("featuredAt", "is not", null)
    .execute();
  const isFeatured = new Set(featured.map(({ sha256 }) => sha256));
  return rows.map((row) => ({
    ...arenaOf(row),
    author: names.get(row.playerId) ?? "",
    isFeatured: isFeatured.has(row.sha256),
  }));
}

const arenaOf = (row: Row) => ({
  id: row.draftId,
  map: row.sha256,
  version: row.number,
  title: row.title,
  theme: row.theme as ThemeName,
  modes: row.modes.split(",") as ModeName[],
  columns: row.columns,
  rows: row.rows,
  players: { min: row.playersMin, max: row.playersMax },
  plays: row.plays,
  stars: row.ratings > 0 ? row.stars / row.ratings : 0,
  ratings: row.ratings,
  publishedAtMs: row.publishedAt,
});

/** Null if there is none. */
async function publishedArena(db: Db, { id }: { id: string }): Promise<PublishedArena | null> {
  const row = await db.selectFrom("published").selectAll().where("draftId", "=", id).executeTakeFirst();
  const [arena] = row ? await arenasOf(db, [row]) : [];
  return arena ?? null;
}

export const queries = { galleryPage, publishedArena };
