/**
 * Which room quick play leads into: a public one of the mode that was asked for, with a place, and of those the
 * fullest. What the asker says beyond the mode counts for nothing, so that nobody comes into a hosted room this way.
 */
import type { IRoomCache } from "@colyseus/core";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { listedArenas, listingOf } from "./directory.ts";

export type Wish = Pick<JoinOptions, "mode" | "spectate">;

/** The room's id; undefined when none will do. `except`: those that have refused already. */
export async function publicArenaFor(wish: Wish, except: ReadonlySet<string>): Promise<string | undefined> {
  const rooms = await listedArenas();
  const fitting = rooms.filter((room) => !except.has(room.roomId) && !room.locked && fits(room, wish));
  fitting.sort((a, b) => b.clients - a.clients);
  return fitting[0]?.roomId;
}

function fits(room: IRoomCache, { mode, spectate }: Wish): boolean {
  const listing = listingOf(room);
  if (!listing || listing.hosted || (mode !== undefined && listing.mode !== mode)) return false;
  // Places that are held, or kept for who dropped, included: the listing knows only of who is there.
  const players = room.clients - listing.spectators;
  return spectate || players < listing.playersMax;
}
