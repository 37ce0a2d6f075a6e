/** Loads brought arenas into this process, each once at a time, and follows which are featured or removed. */
import { addLoaded, isRemoved, mapOf, type OfferedMap, setFeatured, setRemoved } from "#server/arenas.ts";
import { log } from "#server/log.ts";
import type { ArenaCheck } from "./arenaCheck.ts";
import type { ArenaChanges } from "./arenaFiles.ts";
import type { BroughtArena } from "./arenas.ts";

/** Resolves with the text of a Tiled file, or undefined if there is none. */
export type ReadText = (sha256: string) => Promise<string | undefined>;

export class ArenaLoader {
  readonly #check: ArenaCheck;
  readonly #read: ReadText;
  readonly #loading = new Map<string, Promise<BroughtArena | undefined>>();
  #following = Promise.resolve();

  constructor(check: ArenaCheck, read: ReadText) {
    this.#check = check;
    this.#read = read;
  }

  /** Rejects with what `read` rejects with, or ArenasBusyError. */
  find(sha256: string): Promise<BroughtArena | undefined> {
    const found = isRemoved(sha256) ? undefined : mapOf(sha256);
    if (found) return Promise.resolve(titled(found));
    const loading =
      this.#loading.get(sha256) ?? this.#load(sha256).finally(() => this.#loading.delete(sha256));
    this.#loading.set(sha256, loading);
    return loading;
  }

  async #load(sha256: string): Promise<BroughtArena | undefined> {
    const tiledJson = await this.#read(sha256);
    if (tiledJson === undefined) return undefined;
    const checked = await this.#check.check(tiledJson, true);
    if (checked.ok && checked.brought.sha256 === sha256) return titled(addLoaded(checked.brought));
    log.warn({ sha256 }, "an arena that was kept cannot be read any more");
    return undefined;
  }

  /** Resolves when this process knows the changes; they are followed in the order of the calls. Never rejects. */
  follow(changes: ArenaChanges): Promise<void> {
    this.#following = this.#following.then(() => this.#follow(changes));
    return this.#following;
  }

  async #follow({ featured, removed }: ArenaChanges): Promise<void> {
    setRemoved(removed);
    const maps: OfferedMap[] = [];
    // One after the other: rooms wait for theirs in the same queue.
    for (const sha256 of featured) {
      const map = await this.find(sha256).catch(() => mapOf(sha256));
      if (map) maps.push(map);
    }
    setFeatured(maps);
  }
}

const titled = (map: OfferedMap): BroughtArena => ({ ...map, title: map.arena.title ?? "" });
