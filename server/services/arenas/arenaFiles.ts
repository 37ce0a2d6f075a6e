/** Keeps brought arenas in the store, or in memory on a server where nothing lasts. */
import type { ServerConfig } from "#server/config.ts";
import type { ArenaReply, Keeping, Removal } from "#server/store/arenas/arenas.ts";
import type { Store } from "#server/store/store.ts";
import { ARENAS_OF_PLAYER_MAX } from "#shared/arena/limits.ts";
import type { BroughtArena } from "./arenas.ts";

/** The lists that every process must have. */
export interface ArenaChanges {
  /** SHA-256 of the featured arenas, the newest first. */
  readonly featured: readonly string[];
  /** SHA-256 of arenas that were removed lately. */
  readonly removed: readonly string[];
}

export interface ArenaFiles {
  keep(arena: BroughtArena, identity: string | undefined): Promise<Keeping>;
  /** Notes that it is in use. */
  read(sha256: string): Promise<ArenaReply>;
  /** `identity` is that of the person who brought it; undefined: a moderator removes it, for good. */
  remove(sha256: string, identity: string | undefined): Promise<Removal>;
  /** Whether there is such an arena. */
  feature(sha256: string, isFeatured: boolean): Promise<boolean>;
  changes(sinceMs: number): Promise<ArenaChanges>;
}

export interface ArenaLimits {
  /** Arenas that a player may have brought at a time. */
  readonly maxOfPlayer: number;
  /** Bytes of all arenas together. */
  readonly maxBytes: number;
}

/** The limits of brought arenas, and of the versions of drafts. */
export const arenaLimits = ({ arenasMaxMb }: Pick<ServerConfig, "arenasMaxMb">): ArenaLimits => ({
  maxOfPlayer: ARENAS_OF_PLAYER_MAX,
  maxBytes: arenasMaxMb * 1024 * 1024,
});

export const storedFiles = (store: Pick<Store, "ask">, limits: ArenaLimits): ArenaFiles => ({
  keep: (brought, identity) =>
    store.ask("keepArena", { arena: rowOf(brought), identity, ...limits, atMs: Date.now() }),
  read: (sha256) => store.ask("readArena", { sha256, atMs: Date.now() }),
  remove: (sha256, identity) => store.ask("removeArena", { sha256, identity, atMs: Date.now() }),
  feature: (sha256, isFeatured) => store.ask("featureArena", { sha256, isFeatured, atMs: Date.now() }),
  changes: (sinceMs) => store.ask("arenaChanges", { sinceMs }),
});

/** The columns of an arena that can be played. */
export const rowOf = ({ arena, tiledJson, sha256, title }: BroughtArena) => ({
  ...{ sha256, title, tiledJson, theme: arena.theme, modes: arena.modes.join(",") },
  ...{ columns: arena.columns, rows: arena.rows },
  ...{ playersMin: arena.players.min, playersMax: arena.players.max, isPlayable: true },
});

/** Nothing lasts on such a server, but what was brought can be played until it stops. */
const MEMORY_MAX_BYTES = 16 * 1024 * 1024;

export function filesInMemory({ maxBytes, maxOfPlayer }: ArenaLimits): ArenaFiles {
  /** The one that was unused for longest first. */
  const kept = new Map<
    string,
    { row: ReturnType<typeof rowOf>; by: string | undefined; isFeatured: boolean }
  >();
  /** Arenas that a moderator has removed stay listed, so that nobody brings them again. */
  const removed = new Map<string, { atMs: number; isForGood: boolean }>();
  const bytes = () => [...kept.values()].reduce((sum, { row }) => sum + Buffer.byteLength(row.tiledJson), 0);
  const letGo = () => {
    for (const [sha256, { isFeatured }] of kept) {
      if (bytes() <= Math.min(maxBytes, MEMORY_MAX_BYTES)) return;
      if (!isFeatured) kept.delete(sha256);
    }
  };

  return {
    async keep(brought, identity) {
      const { sha256 } = brought;
      if (removed.get(sha256)?.isForGood) return "removed";
      if (kept.has(sha256)) return "known";
      const isTheirs = ({ by }: { by: string | undefined }) => identity !== undefined && by === identity;
      if ([...kept.values()].filter(isTheirs).length >= maxOfPlayer) return "tooMany";
      kept.set(sha256, { row: rowOf(brought), by: identity, isFeatured: false });
      removed.delete(sha256);
      letGo();
      return kept.has(sha256) ? "kept" : "full";
    },
    async read(sha256) {
      const found = kept.get(sha256);
      if (!found) return { is: removed.has(sha256) ? "removed" : "missing" };
      kept.delete(sha256);
      kept.set(sha256, found);
      return { is: "kept", arena: { ...found.row, isFeatured: found.isFeatured } };
    },
    async remove(sha256, identity) {
      const found = kept.get(sha256);
      if (!found) return "missing";
      if (identity !== undefined && found.by !== identity) return "notTheirs";
      kept.delete(sha256);
      removed.set(sha256, { atMs: Date.now(), isForGood: identity === undefined });
      return "removed";
    },
    async feature(sha256, isFeatured) {
      const found = kept.get(sha256);
      if (found) found.isFeatured = isFeatured;
      return found !== undefined;
    },
    changes: async (sinceMs) => ({
      featured: [...kept].flatMap(([sha256, { isFeatured }]) => (isFeatured ? [sha256] : [])),
      removed: [...removed].flatMap(([sha256, { atMs }]) => (atMs >= sinceMs ? [sha256] : [])),
    }),
  };
}
