/** Stores the draft of a room: within SAVE_EVERY_MS of a change, and whole when the room ends. */
import { setTimeout as after } from "node:timers/promises";
import { logError } from "#server/logOnce.ts";
import type { Drafts } from "#server/services/drafts/drafts.ts";
import { StoreAwayError } from "#server/store/store.ts";
import type { EditorNews } from "#shared/protocol/editor.ts";

const SAVE_EVERY_MS = 3_000;
/** A room that ends waits no longer for the store; it goes on to try. */
const CLOSE_WITHIN_MS = 2_000;
/** A new room of the draft waits no longer for the former one. */
const FORMER_WITHIN_MS = 5_000;

export interface SavedRoom {
  readonly draft: string;
  readonly store: Pick<Drafts, "write">;
  /** Steps of the log so far. */
  seq(): number;
  /** The draft as it is now. */
  file(): { readonly title: string; readonly tiledJson: string };
  stored(seq: number): void;
  tell(news: EditorNews): void;
  /** The draft is gone: there is nothing to store any more. */
  deleted(): void;
}

/** By draft: the room of this process that has it, until it has stored everything. */
const open = new Map<string, PromiseWithResolvers<void>>();

/** Waits until a former room of the draft has stored everything. Undefined if that takes too long. */
export async function claimDraft(draft: string): Promise<(() => void) | undefined> {
  const tooLate = after(FORMER_WITHIN_MS, true, { ref: false });
  for (let former = open.get(draft); former; former = open.get(draft))
    if (await Promise.race([former.promise.then(() => false), tooLate])) return undefined;
  const claim = Promise.withResolvers<void>();
  open.set(draft, claim);
  return () => {
    if (open.get(draft) === claim) open.delete(draft);
    claim.resolve();
  };
}

export class Saving {
  readonly #room: SavedRoom;
  #storedSeq: number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<boolean> | undefined;
  #isAway = false;
  #isDeleted = false;

  constructor(room: SavedRoom) {
    this.#room = room;
    this.#storedSeq = room.seq();
  }

  /** Call after each change. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.flush().then((isStored) => isStored || this.changed());
    }, SAVE_EVERY_MS);
  }

  /** Resolves to whether all that there is now is stored. Never rejects. */
  async flush(): Promise<boolean> {
    const seq = this.#room.seq();
    while (this.#storedSeq < seq) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      if (!(await this.#writing)) return this.#isDeleted;
    }
    return true;
  }

  /** Resolves when everything is stored, or after CLOSE_WITHIN_MS; goes on to try. `release`: see claimDraft. */
  async close(release: () => void): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.race([
      this.#flushAtLast().then(release),
      after(CLOSE_WITHIN_MS, undefined, { ref: false }),
    ]);
  }

  async #flushAtLast(): Promise<void> {
    while (!(await this.flush())) await after(SAVE_EVERY_MS, undefined, { ref: false });
  }

  /** Resolves to whether it has succeeded. */
  async #write(): Promise<boolean> {
    const { store, draft } = this.#room;
    const seq = this.#room.seq();
    try {
      const isThere = await store.write(draft, this.#room.file());
      if (this.#isAway) this.#room.tell("storeBack");
      this.#isAway = false;
      if (!isThere) {
        this.#isDeleted = true;
        this.#room.deleted();
        return false;
      }
      this.#storedSeq = seq;
      this.#room.stored(seq);
      return true;
    } catch (error) {
      if (!(error instanceof StoreAwayError)) logError(error, "a draft cannot be stored");
      if (!this.#isAway) this.#room.tell("storeAway");
      this.#isAway = true;
      return false;
    }
  }
}
