/**
 * Matches as they go, for pages, overlays and programs: sends its clients every match, then each that has changed, with the
 * messages of the list of rooms. There is one room for the list, and one for each code that somebody looks at.
 */
import { Refused } from "#server/edge/refused.ts";
import { ListRoom, type ListRow } from "#server/rooms/lobby/ListRoom.ts";
import { CLOSE } from "#shared/protocol/closeCodes.ts";
import type { LiveMatch, LiveOptions } from "#shared/protocol/live.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import type { LiveFeed, LiveRow } from "./liveFeed.ts";

export abstract class LiveRoom extends ListRoom<LiveMatch> {
  protected abstract readonly feed: LiveFeed;
  #code = "";

  override async onCreate({ code = "" }: LiveOptions = {}): Promise<void> {
    this.#code = code;
    await super.onCreate();
  }

  protected override async read(): Promise<readonly ListRow<LiveMatch>[] | undefined> {
    if (this.#code === "") return (await this.feed.list()).rows.map(listRowOf);
    try {
      const row = await this.feed.match(this.#code);
      return row ? [listRowOf(row)] : [];
    } catch (error) {
      if (!(error instanceof Refused) || error.status === REFUSAL.restarting) throw error;
      // On the clock's next tick, because the room may still be under creation. A client that joins again is told why.
      this.clock.setTimeout(() => this.disconnect(CLOSE.roomEnded), 0);
      return undefined;
    }
  }
}

/** Colyseus creates the room itself, and hands it no object: each feed has a class of its own. */
export const liveRoomOf = (feed: LiveFeed) =>
  class extends LiveRoom {
    protected override readonly feed = feed;
  };

const listRowOf = ({ match, text }: LiveRow): ListRow<LiveMatch> => ({
  ...{ id: match.code, entry: match, text },
});
