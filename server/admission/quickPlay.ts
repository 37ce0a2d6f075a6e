/**
 * Chooses the room for quick play: the fullest public room of the wanted mode that has a place; of rooms about as full,
 * the one whose people's points are nearest to the player's.
 *
 * Only the mode and `spectate` count; no other join option can lead quick play into a hosted room.
 */
import type { IRoomCache } from "@colyseus/core";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { listedArenas, listingOf, type RoomMetadata } from "./directory.ts";
import { type Points, pointsIn } from "./joinOptions.ts";

export type QuickPlayWish = Pick<JoinOptions, "mode" | "spectate">;

/** A room with this share of the fullest one's clients is about as full; points never choose an emptier one. */
const ABOUT_AS_FULL = 3 / 4;

/** Returns a room id; undefined if no room fits. `except`: rooms that have refused already. */
export async function publicArenaFor(
  wish: QuickPlayWish,
  except: ReadonlySet<string>,
  points: Points,
): Promise<string | undefined> {
  const rooms = await listedArenas();
  const fitting = rooms.filter((room) => !except.has(room.roomId) && !room.locked && fits(room, wish));
  const most = Math.max(...fitting.map(({ clients }) => clients));
  const full = fitting.filter(({ clients }) => clients >= ABOUT_AS_FULL * most);
  const farness = new Map(full.map((room) => [room, distanceTo(room, points)]));
  full.sort((a, b) => (farness.get(a) ?? 0) - (farness.get(b) ?? 0) || b.clients - a.clients);
  return full[0]?.roomId;
}

/** Between the player's points and the room's average; 0 for a room of nobody. */
function distanceTo({ metadata }: IRoomCache, points: Points): number {
  const { mode, points: average } = (metadata ?? {}) as Partial<RoomMetadata>;
  return mode && typeof average === "number" ? Math.abs(average - pointsIn(points, mode)) : 0;
}

function fits(room: IRoomCache, { mode, spectate }: QuickPlayWish): boolean {
  const listing = listingOf(room);
  if (!listing || listing.hosted || (mode !== undefined && listing.mode !== mode)) return false;
  // Not listing.players, which lacks reserved seats and may be a second old: `clients` counts them at once.
  const players = room.clients - listing.spectators;
  return spectate || players < listing.playersMax;
}
