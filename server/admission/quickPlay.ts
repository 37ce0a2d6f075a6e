/**
 * Chooses the room for quick play: the fullest public room of the wanted mode that has a place.
 *
 * Only the mode and `spectate` count; no other join option can lead quick play into a hosted room.
 */
import type { IRoomCache } from "@colyseus/core";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { listedArenas, listingOf } from "./directory.ts";

export type QuickPlayWish = Pick<JoinOptions, "mode" | "spectate">;

/** Returns a room id; undefined if no room fits. `except`: rooms that have refused already. */
export async function publicArenaFor(
  wish: QuickPlayWish,
  except: ReadonlySet<string>,
): Promise<string | undefined> {
  const rooms = await listedArenas();
  const fitting = rooms.filter((room) => !except.has(room.roomId) && !room.locked && fits(room, wish));
  fitting.sort((a, b) => b.clients - a.clients);
  return fitting[0]?.roomId;
}

function fits(room: IRoomCache, { mode, spectate }: QuickPlayWish): boolean {
  const listing = listingOf(room);
  if (!listing || listing.hosted || (mode !== undefined && listing.mode !== mode)) return false;
  // Not listing.players, which lacks reserved seats and may be a second old: `clients` counts them at once.
  const players = room.clients - listing.spectators;
  return spectate || players < listing.playersMax;
}
