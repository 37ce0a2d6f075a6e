/** Which of the listed rooms the player wants to see. The choice lasts as long as the page. */
import { signal } from "@preact/signals";
import type { ListedRoom } from "#client/roomDirectory.ts";
import type { RoomListing } from "#shared/protocol/lobby.ts";
import type { ModeName } from "#shared/schema/names.ts";

export interface RoomFilter {
  /** Undefined: any mode. */
  mode: ModeName | undefined;
  /** Only rooms with a place for one more player. */
  space: boolean;
  /** Only rooms without a password. */
  open: boolean;
}

export const ALL_ROOMS: RoomFilter = { mode: undefined, space: false, open: false };

export const roomFilter = signal<RoomFilter>(ALL_ROOMS);

export const hasSpace = ({ players, playersMax, locked }: RoomListing): boolean =>
  !locked && players < playersMax;

export const filterRooms = (rooms: readonly ListedRoom[], { mode, space, open }: RoomFilter): ListedRoom[] =>
  rooms.filter(
    (room) => (!mode || room.mode === mode) && (!space || hasSpace(room)) && (!open || !room.password),
  );
