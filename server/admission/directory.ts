/** Looks up arenas and what the public may know about each, in all processes. */
import { type IRoomCache, matchMaker } from "@colyseus/core";
import type { Limits } from "#server/edge/limits.ts";
import type { Visitor } from "#server/edge/visitor.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { isRoomCode } from "#shared/protocol/roomCode.ts";
import { countGuess } from "./guesses.ts";
import { roomCodes } from "./roomCodes.ts";

/** The metadata that a room gives to the matchmaker. */
export interface RoomMetadata extends RoomListing {
  /** Average of its people's points in its mode, for quick play; null without people. */
  points: number | null;
}

/** The fields of a listing; anything else in a room's metadata stays private. */
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

/** Undefined for a room that has not published its metadata yet. */
export function listingOf({ metadata }: IRoomCache): RoomListing | undefined {
  if (!metadata) return undefined;
  const entries = Object.keys(FIELDS).map((field) => [field, metadata[field]]);
  return Object.fromEntries(entries) as RoomListing;
}

export async function findArena(code: string): Promise<IRoomCache | undefined> {
  const [room] = await matchMaker.query({ name: ROOM.arena, roomId: code });
  return room;
}

/**
 * Finds an arena by a code that a visitor gives. A code that this process never gave to a room counts as a wrong guess.
 * Throws Refused (429).
 */
export async function lookUpArena(
  limits: Limits,
  code: string,
  visitor: Visitor,
): Promise<IRoomCache | undefined> {
  if (!isRoomCode(code)) return undefined;
  const conclude = await countGuess(limits, "code", roomCodes, visitor);
  const room = await findArena(code);
  await conclude(room !== undefined || roomCodes.wasDrawn(code));
  return room;
}

/** The arenas in the public list. To Colyseus an unlisted room is private. */
export async function listedArenas(): Promise<IRoomCache[]> {
  return matchMaker.query({ name: ROOM.arena, private: false, unlisted: false });
}
