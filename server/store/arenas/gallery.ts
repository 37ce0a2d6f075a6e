/** The gallery: finds published arenas by their titles, authors and modes. */
import { type SelectQueryBuilder, sql } from "kysely";
import type { Db } from "#server/store/database/database.ts";
import type { ThemeName } from "#shared/arena/themes.ts";
import type { Gallery, GallerySort, PublishedArena } from "#shared/protocol/editor.ts";
import type { ModeName } from "#shared/schema/names.ts";

export const GALLERY_PAGE = 24;
/** How far lists are counted and leafed through. */
const COUNTED_MAX = 1_000;

export interface GalleryQuestion {
  /** A part of a title, or a whole name of an author, folded; empty: all. */
  search: string;
  mode: ModeName | undefined;
  sort: GallerySort;
  /** From 0. */
  page: number;
}

/** Each has an index. */
const ORDERS = { played: "published.plays", rated: "published.rank", new: "published.publishedAt" } as const;

async function galleryPage(db: Db, { search, mode, sort, page }: GalleryQuestion): Promise<Gallery> {
  const found = search === "" ? undefined : await searched(db, search);
  if (found?.length === 0) return { arenas: [], count: 0 };
  const matching = () => {
    let rows = shownArenas(db);
    if (mode !== undefined)
      rows = rows.where(sql<boolean>`',' || ${sql.ref("modes")} || ',' LIKE ${`%,${mode},%`}`);
    if (found) rows = rows.where("published.draftId", "in", found);
    return rows;
  };
  const rows = await facts(matching())
    .orderBy(ORDERS[sort], "desc")
    .orderBy("published.publishedAt", "desc")
    .limit(GALLERY_PAGE)
    .offset(Math.min(page * GALLERY_PAGE, COUNTED_MAX))
    .execute();
  const { count } = await db
    .selectFrom(
      matching()
        .select("published.draftId")
        .orderBy("published.publishedAt", "desc")
        .limit(COUNTED_MAX)
        .as("some"),
    )
    .select(({ fn }) => fn.countAll<number | bigint>().as("count"))
    .executeTakeFirstOrThrow();
  return { arenas: rows.map(arenaOf), count: Number(count) };
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
  const byAuthor = await db
    .selectFrom("player")
    .innerJoin("draft", "draft.playerId", "player.id")
    .innerJoin("published", "published.draftId", "draft.id")
    .select("draftId")
    .where("player.folded", "=", search)
    .execute();
  return [...new Set([...byTitle, ...byAuthor].map(({ draftId }) => draftId))];
}

/** Without those whose files a moderator has removed. */
const shownArenas = (db: Db) =>
  db
    .selectFrom("published")
    .innerJoin("arena", "arena.sha256", "published.sha256")
    .where("arena.removedAt", "is", null);

type Shown = ReturnType<typeof shownArenas>;

const facts = (shown: Shown) =>
  shown
    .innerJoin("draft", "draft.id", "published.draftId")
    .innerJoin("player", "player.id", "draft.playerId")
    .select([
      "published.draftId",
      "published.sha256",
      "arena.title",
      "player.name",
      "theme",
      "modes",
      "columns",
      "rows",
    ])
    .select(["playersMin", "playersMax", "plays", "stars", "ratings", "featuredAt", "publishedAt"]);

type Row =
  ReturnType<typeof facts> extends SelectQueryBuilder<infer _Db, infer _Tables, infer Found> ? Found : never;

const arenaOf = (row: Row): PublishedArena => ({
  id: row.draftId,
  map: row.sha256,
  title: row.title,
  author: row.name ?? "",
  theme: row.theme as ThemeName,
  modes: row.modes.split(",") as ModeName[],
  columns: row.columns,
  rows: row.rows,
  players: { min: row.playersMin, max: row.playersMax },
  plays: row.plays,
  stars: row.ratings > 0 ? row.stars / row.ratings : 0,
  ratings: row.ratings,
  isFeatured: row.featuredAt !== null,
  publishedAtMs: row.publishedAt,
});

/** Null if there is none. */
async function publishedArena(db: Db, { id }: { id: string }): Promise<PublishedArena | null> {
  const row = await facts(shownArenas(db)).where("published.draftId", "=", id).executeTakeFirst();
  return row ? arenaOf(row) : null;
}

export const queries = { galleryPage, publishedArena };
