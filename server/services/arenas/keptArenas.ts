/** Brought arenas in the process that has the store: it alone keeps and removes them, and tells the others what has changed. */
import { addLoaded } from "#server/arenas.ts";
import { log } from "#server/log.ts";
import type { ArenaReply, Removal } from "#server/store/arenas/arenas.ts";
import { StoreAwayError } from "#server/store/store.ts";
import { ArenaCheck } from "./arenaCheck.ts";
import type { ArenaChanges, ArenaFiles } from "./arenaFiles.ts";
import { ArenaLoader } from "./arenaLoader.ts";
import { type Arenas, type Checked, NotKeptError } from "./arenas.ts";

/** Another machine may have featured or removed one. */
const LOOK_EVERY_MS = 20_000;
/** Clocks of machines differ, and the store may have been away. */
const OVERLAP_MS = 600_000;

export class KeptArenas implements Arenas {
  readonly #files: ArenaFiles;
  readonly #check = new ArenaCheck();
  readonly #loader: ArenaLoader;
  readonly #listeners = new Set<(changes: ArenaChanges) => void>();
  readonly #timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  #lookedAtMs = Date.now();
  #looking = Promise.resolve();
  /** The changes that the last look has found. */
  changes: ArenaChanges = { featured: [], removed: [] };

  constructor(files: ArenaFiles) {
    this.#files = files;
    this.#loader = new ArenaLoader(this.#check, (sha256) => this.text(sha256));
    void this.look();
  }

  check(tiledJson: string): Promise<Checked> {
    return this.#check.check(tiledJson);
  }

  async bring(tiledJson: string, identity: string | undefined): Promise<Checked> {
    const checked = await this.check(tiledJson);
    if (!checked.ok) return checked;
    const keeping = await this.#files.keep(checked.brought, identity);
    if (keeping !== "kept" && keeping !== "known") throw new NotKeptError(keeping);
    addLoaded(checked.brought);
    return checked;
  }

  find(sha256: string) {
    return this.#loader.find(sha256);
  }

  /** The text of a playable arena. Rejects with StoreAwayError. */
  async text(sha256: string): Promise<string | undefined> {
    const reply = await this.#files.read(sha256);
    return reply.is === "kept" && reply.arena.isPlayable ? reply.arena.tiledJson : undefined;
  }

  /** The file as it is kept, playable or not. Rejects with StoreAwayError. */
  read(sha256: string): Promise<ArenaReply> {
    return this.#files.read(sha256);
  }

  /** See ArenaFiles. Every room of this machine knows when it resolves. */
  async remove(sha256: string, identity: string | undefined): Promise<Removal> {
    const removal = await this.#files.remove(sha256, identity);
    if (removal === "removed") await this.look();
    return removal;
  }

  async feature(sha256: string, isFeatured: boolean): Promise<boolean> {
    const isThere = await this.#files.feature(sha256, isFeatured);
    if (isThere) await this.look();
    return isThere;
  }

  /** `listener`: called with what the other processes of the machine must know, after each look that has found something. */
  onChange(listener: (changes: ArenaChanges) => void): void {
    this.#listeners.add(listener);
  }

  /** Asks what has changed. Never rejects. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(() => this.#look());
    return this.#looking;
  }

  async #look(): Promise<void> {
    const atMs = Date.now();
    try {
      const changes = await this.#files.changes(this.#lookedAtMs - OVERLAP_MS);
      this.#lookedAtMs = atMs;
      const isNew = JSON.stringify(changes) !== JSON.stringify(this.changes);
      this.changes = changes;
      if (isNew) for (const listener of this.#listeners) listener(changes);
      await this.#loader.follow(changes);
    } catch (error) {
      if (!(error instanceof StoreAwayError))
        log.error({ err: error }, "it is not known which arenas are featured or removed");
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#check.close();
  }
}
