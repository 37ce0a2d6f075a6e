/** Takes the snapshots of this process' arenas, off their ticks: one room at a time, in rounds. */
import { matchMaker } from "@colyseus/core";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { logError } from "#server/logOnce.ts";
import { ROOM } from "#shared/protocol/names.ts";
import { ArenaRoom } from "./ArenaRoom.ts";

/** Each room leaves a snapshot this often: what a crash may cost of a match. */
export const ROUND_MS = 3_000;
/** How soon a room leaves one after somebody took a seat: without it, they could not return to it after a crash. */
const NEW_SEATS_MS = 100;

export interface SnapshotRounds {
  /** Takes one of every room now. */
  takeAll(): Promise<void>;
  close(): void;
}

/** `put` gets each snapshot. `which`: "hosted" where public rooms need not outlive their process. */
export function startSnapshotRounds(
  which: "all" | "hosted",
  put: (snapshot: RoomSnapshot) => void,
): SnapshotRounds {
  const visitedAtMs = new WeakMap<ArenaRoom, number>();
  const rooms = async () => (await localArenas()).filter(({ state }) => which === "all" || state.hosted);
  const take = (room: ArenaRoom) => {
    visitedAtMs.set(room, performance.now());
    try {
      put(room.snapshot());
    } catch (error) {
      logError(error, "no snapshot of a room");
    }
  };
  const isDue = (room: ArenaRoom) =>
    room.hasNewSeats || performance.now() - (visitedAtMs.get(room) ?? 0) >= ROUND_MS;
  const visit = async () => {
    for (const room of await rooms()) {
      if (!isDue(room)) continue;
      take(room);
      // Between two rooms ticks and patches run.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  let isVisiting = false;
  const timer = setInterval(async () => {
    if (isVisiting) return;
    isVisiting = true;
    await visit().catch((error) => logError(error, "no round of snapshots"));
    isVisiting = false;
  }, NEW_SEATS_MS);
  timer.unref();
  return {
    async takeAll() {
      for (const room of await rooms()) take(room);
    },
    close: () => clearInterval(timer),
  };
}

async function localArenas(): Promise<ArenaRoom[]> {
  const rows = await matchMaker.query({ name: ROOM.arena, processId: matchMaker.processId });
  return rows.flatMap(({ roomId }) => {
    const room = matchMaker.getLocalRoomById(roomId);
    return room instanceof ArenaRoom ? [room] : [];
  });
}
