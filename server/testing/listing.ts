/** Room listings for tests: a complete one, and a way to give a running room any listing. */
import { matchMaker } from "@colyseus/core";
import type { RoomMetadata } from "#server/admission/directory.ts";
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

/** Lists the room with these fields, and stops it from publishing its own. */
export async function listAs(
  roomId: string,
  { points = null, ...fields }: Partial<RoomMetadata> = {},
): Promise<void> {
  const room = matchMaker.getLocalRoomById(roomId);
  Object.assign(room, { setMatchmaking: async () => {} });
  await room.setMetadata({ ...aListing(fields), points } satisfies RoomMetadata);
}
