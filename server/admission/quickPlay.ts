/**
 * Chooses the room for quick play: the fullest public room of the wanted mode that has a place; of rooms about as full,
 * the one whose people's points are nearest to the player's.
 *
 * Only the mode and `spectate` count; no other join option can lead quick play into a hosted room.
 */
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import type { Directory, RoomRow } from "./directory.ts";
import { type Points, pointsIn } from "./joinOptions.ts";

export type QuickPlayWish = Pick<JoinOptions, "mode" | "spectate">;

/** A room with this share of the fullest one's clients is about as full; points never choose an emptier one. */
const ABOUT_AS_FULL = 3 / 4;

/** Returns a room id; undefined if no room fits. `except`: rooms that have refused already. */
export async function publicArenaFor(
  directory: Pick<Directory, "withPlace">,
  wish: QuickPlayWish,
  except: ReadonlySet<string>,
  points: Points,
): Promise<string | undefined> {
  const rooms = await directory.withPlace(wish.mode);
  const fitting = rooms.filter((room) => !except.has(room.roomId) && hasPlace(room, wish));
  const most = Math.max(...fitting.map(({ clients }) => clients));
  const full = fitting.filter(({ clients }) => clients >= ABOUT_AS_FULL * most);
  const farness = new Map(full.map((room) => [room, distanceTo(room, points)]));
  full.sort((a, b) => (farness.get(a) ?? 0) - (farness.get(b) ?? 0) || b.clients - a.clients);
  return full[0]?.roomId;
}

/** Between the player's points and the room's average; 0 for a room of nobody. */
function distanceTo({ metadata }: RoomRow, points: Points): number {
  if (!metadata || metadata.points === null) return 0;
  return Math.abs(metadata.points - pointsIn(points, metadata.mode));
}

function hasPlace({ clients, metadata }: RoomRow, { spectate }: QuickPlayWish): boolean {
  if (!metadata) return false;
  // Not metadata.players, which lacks reserved seats and may be a second old: `clients` counts them at once.
  return spectate || clients - metadata.spectators < metadata.playersMax;
}
