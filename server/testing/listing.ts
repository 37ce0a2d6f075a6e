/** A room's listing as the room itself would give it. */
import type { RoomListing } from "#shared/protocol/roomInfo.ts";

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
