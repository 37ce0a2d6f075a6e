/** Public reads of players and matches. Caches answers for seconds, so that a popular page costs the store one query. */
import { BoundedCache } from "#server/services/boundedCache.ts";
import type { GalleryQuestion } from "#server/store/arenas/gallery.ts";
import type { Ladder } from "#server/store/pages/leaderboards.ts";
import { type Store, StoreAwayError } from "#server/store/store.ts";
import { ARENA_TITLE_MAX_CHARS, isBrought } from "#shared/arena/limits.ts";
import { cleanText } from "#shared/protocol/cleanText.ts";
import { DRAFT_ID, type Gallery, type PublishedArena } from "#shared/protocol/editor.ts";
import type {
  Leaderboard,
  LeaderboardRow,
  MatchPage,
  MatchSummary,
  PlayerProfile,
  StoredMatch,
} from "#shared/protocol/progress.ts";
import { foldName } from "./accounts/names.ts";
import { readMatchId } from "./matchId.ts";

/** Each throws StoreAwayError. */
export interface PublicReads {
  /** By any spelling of an account's name. `movedTo`: the present name of an account that had this one. Null if none had. */
  player(name: string): Promise<PlayerProfile | { movedTo: string } | null>;
  /** Null if there is none. `id` may be any text. */
  match(id: string): Promise<MatchPage | null>;
  newestMatches(limit: number): Promise<MatchSummary[]>;
  /** `around` is empty; see `placesAround`. */
  leaderboard(ladder: Ladder): Promise<Leaderboard>;
  /** Cached for seconds. `search` is what the visitor typed. */
  gallery(question: GalleryQuestion): Promise<Gallery>;
  /** Null if there is none. `id` may be any text. */
  publishedArena(id: string): Promise<PublishedArena | null>;
  /** The identity's place and those around it; empty for players who are not listed. */
  placesAround(ladder: Ladder, sub: string): Promise<LeaderboardRow[]>;
}

/** How long answers are kept, and how many: about 20 KB each. */
const KEPT = {
  profileMs: 5_000,
  matchMs: 30_000,
  ladderMs: 3_000,
  newestMs: 3_000,
  galleryMs: 3_000,
  count: 300,
} as const;
/** As typed, before it is cleaned. */
const NAME_MAX_CHARS = 64;

/**
 * A match's answers while its replay exists and while it does not: the replay appears seconds after the match ends, and is
 * deleted while the match is kept. Each is one object for as long as it is cached, so that publicJson.ts serialises it once.
 */
interface MatchPages {
  readonly withReplay: MatchPage;
  readonly withoutReplay: MatchPage;
}

const pagesOf = (match: StoredMatch | null): MatchPages | null =>
  match && { withReplay: { ...match, hasReplay: true }, withoutReplay: { ...match, hasReplay: false } };

/** Reads that may wait for the store at the same time: strangers' looks must leave room for sign-ins. */
const READS_MAX = 300;

/** Rejects with StoreAwayError, without asking, while READS_MAX questions are not answered. */
function bounded(store: Pick<Store, "ask">): Pick<Store, "ask"> {
  let inWork = 0;
  return {
    ask(name, question) {
      if (inWork >= READS_MAX) return Promise.reject(new StoreAwayError("too many reads wait for the store"));
      inWork++;
      return store.ask(name, question).finally(() => inWork--);
    },
  };
}

/** Adds the titles of arenas that somebody has brought. */
export async function withTitles<Row extends { arena: string }>(
  store: Pick<Store, "ask">,
  rows: readonly Row[],
): Promise<(Row & { arenaTitle?: string })[]> {
  const sha256s = [...new Set(rows.map(({ arena }) => arena).filter(isBrought))];
  const titles: Record<string, string> =
    sha256s.length > 0 ? await store.ask("arenaTitles", { sha256s }) : {};
  return rows.map((row) => {
    const arenaTitle = titles[row.arena];
    return arenaTitle ? { ...row, arenaTitle } : row;
  });
}

/** `hasReplay`: whether the match of this id can be watched; never rejects. */
export function createPublicReads(
  unbounded: Pick<Store, "ask">,
  hasReplay: (id: string) => Promise<boolean>,
): PublicReads {
  const store = bounded(unbounded);
  const profiles = new BoundedCache<PlayerProfile | { movedTo: string } | null>(KEPT.profileMs, KEPT.count);
  const matches = new BoundedCache<MatchPages | null>(KEPT.matchMs, KEPT.count);
  const newest = new BoundedCache<MatchSummary[]>(KEPT.newestMs, 100);
  const leaderboards = new BoundedCache<Leaderboard>(KEPT.ladderMs, 100);

  const galleries = new BoundedCache<Gallery>(KEPT.galleryMs, 100);

  const withReplays = async <Match extends { id: string; arena: string }>(stored: Match[]) => {
    const titled = await withTitles(store, stored);
    return Promise.all(titled.map(async (match) => ({ ...match, hasReplay: await hasReplay(match.id) })));
  };
  const readMatch = async (uuid: string): Promise<StoredMatch | null> => {
    const match = await store.ask("matchOf", { uuid });
    return match && ((await withTitles(store, [match]))[0] ?? null);
  };

  return {
    async player(name) {
      const clean = cleanText(name, NAME_MAX_CHARS);
      if (!clean) return null;
      const folded = foldName(clean);
      return profiles.get(folded, async () => {
        const stored = await store.ask("profileOf", { folded, atMs: Date.now() });
        if (!stored || "movedTo" in stored) return stored;
        const arenas = await withTitles(store, stored.arenas);
        return { ...stored, arenas, matches: await withReplays(stored.matches) };
      });
    },
    async match(id) {
      const uuid = readMatchId(id);
      if (uuid === undefined) return null;
      const pages = await matches.get(uuid, async () => pagesOf(await readMatch(uuid)));
      return pages && ((await hasReplay(uuid)) ? pages.withReplay : pages.withoutReplay);
    },
    newestMatches: (limit) =>
      newest.get(String(limit), async () => {
        return withReplays(await store.ask("newestMatches", { limit }));
      }),
    leaderboard: (ladder) =>
      leaderboards.get(`${ladder.mode} ${ladder.span} ${ladder.at}`, () => store.ask("leaderboard", ladder)),
    gallery: (asked) => {
      const question = { ...asked, search: foldName(cleanText(asked.search, ARENA_TITLE_MAX_CHARS)) };
      return galleries.get(JSON.stringify(question), () => store.ask("galleryPage", question));
    },
    publishedArena: async (id) => (DRAFT_ID.test(id) ? store.ask("publishedArena", { id }) : null),
    placesAround: (ladder, sub) => store.ask("placesAround", { ...ladder, sub }),
  };
}
