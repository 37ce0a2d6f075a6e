/** Hosted rooms over a stop and a start: keeps their snapshots in files, and opens them again. */
import type { LocalDirectory } from "#server/admission/directory.ts";
import { RoomFiles } from "#server/admission/roomFiles.ts";
import type { Reopen, Rooms } from "#server/admission/rooms.ts";

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
   * rejects.
   */
  async restore(reopen: Reopen): Promise<void> {
    await this.#files.restoreRooms(async (snapshot) => {
      if (this.#directory.own.has(snapshot.code)) return false;
      const opened = await reopen(snapshot);
      if (!opened.ok) throw new Error(opened.message);
      return true;
    });
  }

  /** Keeps the rooms as they are now. From now on no file changes. */
  async close(ask: Rooms["ask"]): Promise<void> {
    const snapshots = Array.from(this.#directory.own.keys(), async (code) => {
      if (!this.#directory.own.get(code)?.metadata?.hosted) return;
      const answer = await ask(code, "snapshot", null);
      if (answer.ok) this.put(code, JSON.stringify(answer.value));
    });
    await Promise.all(snapshots);
    await this.#files.close();
  }
}
