/** A room's listing as the room itself would give it, and rooms that say of themselves what a test wants. */
import { matchMaker } from "@colyseus/core";
import type { RoomListing } from "#shared/protocol/lobby.ts";

export const aListing = (fields: Partial<RoomListing> = {}): RoomListing => ({
  title: "",
  hosted: false,
  mode: "deathmatch",
  map: "foundry",
  players: 1,
  playersMax: 16,
  bots: 3,
  spectators: 0,
  password: false,
  locked: false,
  spectating: "follow",
  ...fields,
});

/** From now on the room is listed as the test says, and says nothing of itself any more. */
export async function listAs(roomId: string, fields: Partial<RoomListing> = {}): Promise<void> {
  const room = matchMaker.getLocalRoomById(roomId);
  Object.assign(room, { setMatchmaking: async () => {} });
  await room.setMetadata(aListing(fields));
}
