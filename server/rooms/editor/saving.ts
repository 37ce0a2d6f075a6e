/** Stores the draft of a room: within SAVE_EVERY_MS of a change, and whole when the room ends. */
import { setTimeout as after } from "node:timers/promises";
import { ServerError } from "@colyseus/core";
import { logError } from "#server/logOnce.ts";
import { draftLeases } from "#server/services/drafts/draftLeases.ts";
import type { Drafts } from "#server/services/drafts/drafts.ts";
import { StoreAwayError } from "#server/store/store.ts";
import type { EditorNews } from "#shared/protocol/editor.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

const SAVE_EVERY_MS = 3_000;
/** Failed writes that may have been written all the same. */
const FOLLOWS_MAX = 20;
/** A room that ends waits no longer for the store; it goes on to try. */
const CLOSE_WITHIN_MS = 2_000;
/** A new room of the draft waits no longer for the former one. */
const FORMER_WITHIN_MS = 5_000;

export interface SavedRoom {
  readonly draft: string;
  readonly store: Pick<Drafts, "write">;
  /** The time of the last change of the draft that the room has read. */
  readonly changedAtMs: number;
  /** Steps of the log so far. */
  seq(): number;
  /** The draft as it is now. */
  file(): { readonly title: string; readonly tiledJson: string };
  stored(seq: number): void;
  tell(news: EditorNews): void;
  /** There is nothing to store any more: the draft is gone, or another machine has written it. */
  lost(why: "gone" | "changed"): void;
}

/** The room of this process that has each draft open, until it has stored everything. */
const open = new Map<string, PromiseWithResolvers<void>>();

/**
 * Waits until a former room of the draft has stored everything. Undefined if that takes too long. Throws ServerError while another
 * machine has the draft open.
 */
export async function claimDraft(draft: string): Promise<(() => void) | undefined> {
  const tooLate = after(FORMER_WITHIN_MS, true, { ref: false });
  for (let former = open.get(draft); former; former = open.get(draft))
    if (await Promise.race([former.promise.then(() => false), tooLate])) return undefined;
  const claim = Promise.withResolvers<void>();
  open.set(draft, claim);
  const release = () => {
    draftLeases().leave(draft);
    open.delete(draft);
    claim.resolve();
  };
  const elsewhere = await draftLeases().take(draft);
  if (elsewhere === undefined) return release;
  open.delete(draft);
  claim.resolve();
  throw new ServerError(REFUSAL.restarting, `This draft is open on ${elsewhere}.`);
}

export class Saving {
  readonly #room: SavedRoom;
  #storedSeq: number;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<boolean> | undefined;
  #isAway = false;
  #isLost = false;
  /** The store has refused the last write, and will refuse it again. */
  #hasFailed = false;
  /** Times of the last change: of those that have failed it is not known whether they were written. */
  #follows: readonly number[];

  constructor(room: SavedRoom) {
    this.#room = room;
    this.#storedSeq = room.seq();
    this.#follows = [room.changedAtMs];
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
    while (!this.#isLost && this.#storedSeq < seq) {
      this.#writing ??= this.#write().finally(() => {
        this.#writing = undefined;
      });
      if (!(await this.#writing)) return this.#isLost;
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
    while (!(await this.flush()) && !this.#hasFailed) await after(SAVE_EVERY_MS, undefined, { ref: false });
  }

  /** Resolves to whether it has succeeded. */
  async #write(): Promise<boolean> {
    const { store, draft } = this.#room;
    const seq = this.#room.seq();
    const atMs = Math.max(Date.now(), ...this.#follows.map((followed) => followed + 1));
    try {
      const written = await store.write(draft, { ...this.#room.file(), atMs, after: this.#follows });
      this.#away(false);
      if (written !== true) {
        this.#isLost = true;
        this.#room.lost(written === false ? "gone" : "changed");
        return false;
      }
      this.#follows = [atMs];
      this.#storedSeq = seq;
      this.#room.stored(seq);
      return true;
    } catch (error) {
      this.#hasFailed = !(error instanceof StoreAwayError);
      if (this.#hasFailed) logError(error, "a draft cannot be stored");
      // It may have been written all the same.
      this.#follows = [...this.#follows.slice(-FOLLOWS_MAX), atMs];
      this.#away(true);
      return false;
    }
  }

  #away(isAway: boolean): void {
    if (isAway !== this.#isAway) this.#room.tell(isAway ? "storeAway" : "storeBack");
    this.#isAway = isAway;
  }
}
