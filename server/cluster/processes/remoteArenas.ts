/** Brought arenas in a room process: it asks the front for their files, and parses them on a thread of its own. */
import { ArenaCheck } from "#server/services/arenas/arenaCheck.ts";
import type { ArenaChanges } from "#server/services/arenas/arenaFiles.ts";
import { ArenaLoader } from "#server/services/arenas/arenaLoader.ts";
import type { Arenas, Checked } from "#server/services/arenas/arenas.ts";
import { StoreAwayError } from "#server/store/store.ts";
import type { Channel } from "./channel.ts";

export class RemoteArenas implements Arenas {
  readonly #check = new ArenaCheck();
  readonly #loader: ArenaLoader;

  constructor(channel: Channel) {
    this.#loader = new ArenaLoader(this.#check, async (sha256) => {
      const answer = await channel.ask({ of: "arena", sha256 });
      if (!answer.ok) throw new StoreAwayError(answer.message);
      return answer.value as string | undefined;
    });
  }

  check(tiledJson: string): Promise<Checked> {
    return this.#check.check(tiledJson);
  }

  /** The front alone keeps arenas, for requests over HTTP. */
  async bring(): Promise<Checked> {
    throw new StoreAwayError("a room process keeps no arenas");
  }

  find(sha256: string) {
    return this.#loader.find(sha256);
  }

  follow(changes: ArenaChanges): Promise<void> {
    return this.#loader.follow(changes);
  }
}
