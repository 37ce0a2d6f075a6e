/** Loaded into room processes by tests: a player of one of these names makes the process of its room fail. */
import { ArenaRoom } from "#server/rooms/ArenaRoom.ts";

const SPOILS = {
  Loop: () => {
    for (;;);
  },
  Throw: () => {
    throw new Error("spoiled by a test");
  },
  Reject: () => Promise.reject(new Error("spoiled by a test")),
};

export type RoomSpoil = keyof typeof SPOILS;

/** By now the room has left a snapshot with the player. */
const AFTER_MS = 1_000;

const { onJoin } = ArenaRoom.prototype;

ArenaRoom.prototype.onJoin = function (client, options, admission) {
  onJoin.call(this, client, options, admission);
  const spoil = SPOILS[(admission.name ?? "") as RoomSpoil];
  if (spoil) setTimeout(spoil, AFTER_MS);
};
