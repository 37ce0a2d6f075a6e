/** Stops the server: refuses new players, gives matches time to end, then closes within a bound. */
import { matchMaker } from "@colyseus/core";
import { ROOM } from "#shared/protocol/names.ts";
import type { App } from "./app.ts";
import { log } from "./log.ts";
import type { ArenaRoom } from "./rooms/ArenaRoom.ts";

/** The process ends after this even if a room hangs while it closes. */
export const CLOSE_WITHIN_MS = 3_000;
const CHECK_EVERY_MS = 100;

/** Resolves when the process may end; to false if a room hung. `drainSeconds`: how long matches may go on. */
export async function drain(app: App, drainSeconds: number): Promise<boolean> {
  app.refuseJoins(drainSeconds + CLOSE_WITHIN_MS / 1000);
  const endsAt = performance.now() + drainSeconds * 1000;
  const announced = new Set<string>();
  let players = await announceToAll(announced, drainSeconds * 1000);
  log.info({ players, seconds: drainSeconds }, "closing: refusing new players, waiting for matches to end");
  while (players > 0 && performance.now() < endsAt) {
    await after(CHECK_EVERY_MS);
    players = await announceToAll(announced, Math.round(endsAt - performance.now()));
  }
  const closed = await Promise.race([app.close().then(() => true), after(CLOSE_WITHIN_MS).then(() => false)]);
  if (!closed) log.error("a room hangs while closing: exiting without it");
  return closed;
}

/** Notifies each room once. Returns the number of connected players; kept seats do not delay the stop. */
async function announceToAll(announced: Set<string>, inMs: number): Promise<number> {
  const listed = await matchMaker.query({ name: ROOM.arena, processId: matchMaker.processId });
  const rooms = listed.flatMap(({ roomId }) => (matchMaker.getLocalRoomById(roomId) as ArenaRoom) ?? []);
  for (const room of rooms.filter(({ roomId }) => !announced.has(roomId))) {
    announced.add(room.roomId);
    announce(room, inMs);
  }
  return rooms.reduce((sum, { clients }) => sum + clients.length, 0);
}

/** Catches errors, so that one failing room does not keep the others from the announcement. */
function announce(room: ArenaRoom, inMs: number): void {
  try {
    room.announceRestart(inMs);
  } catch (error) {
    log.error({ err: error, room: room.roomId }, "could not announce the restart to a room");
  }
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
