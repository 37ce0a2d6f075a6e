/** Hosted rooms over a stop and a start: keeps their snapshots in files, and opens them again. */
import type { LocalDirectory } from "#server/admission/directory.ts";
import { RoomFiles } from "#server/admission/roomFiles.ts";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import type { RoomHost, Rooms } from "#server/admission/rooms.ts";
import { JoinOptions } from "#shared/protocol/joinOptions.ts";

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
   * Call before the server listens: players come back at once. `host`: the process for the next room. A room that a
   * predecessor still has is left there.
   */
  async restore(host: () => RoomHost | undefined): Promise<void> {
    await this.#files.restoreRooms(async (snapshot) => {
      if (this.#directory.own.has(snapshot.code)) return false;
      await openAgain(host(), snapshot);
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

/** Throws an Error that says why not. */
async function openAgain(host: RoomHost | undefined, snapshot: RoomSnapshot): Promise<void> {
  if (!host) throw new Error("no process takes rooms");
  const options = JoinOptions.parse({ private: snapshot.hosted });
  const opened = await host.askProcess("open", { code: snapshot.code, options, snapshot });
  if (!opened.ok) throw new Error(opened.message);
}
