/** Hosted rooms over a stop and a start: keeps their snapshots in files, and opens them again. */
import { setTimeout as after } from "node:timers/promises";
import type { LocalDirectory } from "#server/admission/directory.ts";
import { RoomFiles } from "#server/admission/roomFiles.ts";
import { type Answered, refusal } from "#server/admission/roomQuestions.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { Reopen, Rooms } from "#server/admission/rooms.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

/** A room that takes longer to open hangs. */
const OPEN_WITHIN_MS = 10_000;
/** For a process that starts again, because the room before has ended it. */
const RETRY_MS = 100;
/** Then the server listens, and goes on opening rooms. */
const LISTEN_WITHIN_MS = 30_000;

export class KeptRooms {
  readonly #files: RoomFiles;
  readonly #directory: LocalDirectory;

  constructor(dataDir: string, directory: LocalDirectory) {
    this.#files = new RoomFiles(dataDir);
    this.#directory = directory;
  }

  /** A room left a snapshot. */
  readonly put = (code: string, json: string): void => {
    if (this.#directory.own.get(code)?.metadata?.hosted) this.#files.put(code, json);
  };

  /** A room has ended by itself. */
  ended(code: string): void {
    this.#files.remove(code);
  }

  /**
   * Call before the server listens: players come back at once. A room that a predecessor still has is left there. Never
   * rejects; resolves after LISTEN_WITHIN_MS although there may be rooms to open.
   */
  async restore(reopen: Reopen): Promise<void> {
    const restored = this.#files.restoreRooms(
      async (snapshot) => {
        const opened = await openWithin(OPEN_WITHIN_MS, reopen, snapshot);
        if (!opened.ok) throw new Error(opened.message);
      },
      (code) => this.#directory.own.has(code),
    );
    await Promise.race([restored, after(LISTEN_WITHIN_MS, undefined, { ref: false })]);
  }

  /**
   * Keeps the rooms as they are now. From now on no file changes. `hasFailed`: the process ends because something in it
   * failed, which may be a room: then the files stay as they are, with the tries that they count.
   */
  async close(ask: Rooms["ask"], hasFailed = false): Promise<void> {
    if (!hasFailed) await this.#putAll(ask);
    await this.#files.close();
  }

  async #putAll(ask: Rooms["ask"]): Promise<void> {
    const snapshots = Array.from(this.#directory.own.keys(), async (code) => {
      if (!this.#directory.own.get(code)?.metadata?.hosted) return;
      const answer = await ask(code, "snapshot", null);
      if (!answer.ok) return;
      this.#files.vouchFor(code);
      this.put(code, JSON.stringify(answer.value));
    });
    await Promise.all(snapshots);
  }
}

const HANGS = refusal(REFUSAL.restarting, "it hangs, or no process takes it");

/** Asks again while no process takes the room. */
async function openWithin(ms: number, reopen: Reopen, snapshot: RoomSnapshot): Promise<Answered<null>> {
  const endsAtMs = performance.now() + ms;
  for (;;) {
    const late = after(endsAtMs - performance.now(), HANGS, { ref: false });
    const opened = await Promise.race([reopen(snapshot), late]);
    if (opened.ok || opened.status !== REFUSAL.restarting || performance.now() >= endsAtMs) return opened;
    await after(RETRY_MS);
  }
}
