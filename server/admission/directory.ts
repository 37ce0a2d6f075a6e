/** The arenas that there are, as people who are not in them may know them. */
import { type IRoomCache, matchMaker } from "@colyseus/core";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";

/** All of a listing, and nothing else that a room may have put beside it. */
const FIELDS: Readonly<Record<keyof RoomListing, true>> = {
  title: true,
  hosted: true,
  mode: true,
  map: true,
  players: true,
  playersMax: true,
  bots: true,
  spectators: true,
  password: true,
  locked: true,
  spectating: true,
};

/** Undefined for a room that says nothing of itself. */
export function listingOf({ metadata }: IRoomCache): RoomListing | undefined {
  if (!metadata) return undefined;
  const entries = Object.keys(FIELDS).map((field) => [field, metadata[field]]);
  return Object.fromEntries(entries) as RoomListing;
}

/** Of all processes. */
export async function findArena(code: string): Promise<IRoomCache | undefined> {
  const [room] = await matchMaker.query({ name: ROOM.arena, roomId: code });
  return room;
}

/** Those that the list shows: a room that is unlisted is private to Colyseus. */
export async function listedArenas(): Promise<IRoomCache[]> {
  return matchMaker.query({ name: ROOM.arena, private: false, unlisted: false });
}
