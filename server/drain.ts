/** How the server stops: nobody new, a countdown for those who play, an end that cannot be held up. */
import { matchMaker } from "@colyseus/core";
import { ROOM } from "#shared/protocol/names.ts";
import type { App } from "./app.ts";
import { log } from "./log.ts";
import type { ArenaRoom } from "./rooms/ArenaRoom.ts";

/** Rooms that have not closed by then, because something in them hangs, are left behind. */
const CLOSE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 100;

/** Resolves when the process may end: false when something hung. */
export async function drain(app: App, drainSeconds: number): Promise<boolean> {
  app.refuseJoins(drainSeconds + CLOSE_WITHIN_MS / 1000);
  const endsAt = performance.now() + drainSeconds * 1000;
  const told = new Set<string>();
  let players = await tellAll(told, drainSeconds * 1000);
  log.info({ players, seconds: drainSeconds }, "closing: no new players, matches may end");
  while (players > 0 && performance.now() < endsAt) {
    await after(LOOK_EVERY_MS);
    players = await tellAll(told, Math.round(endsAt - performance.now()));
  }
  const closed = await Promise.race([app.close().then(() => true), after(CLOSE_WITHIN_MS).then(() => false)]);
  if (!closed) log.error("a room hangs: ending without it");
  return closed;
}

/** Tells each room once. Returns how many players there are: kept seats are not waited for. */
async function tellAll(told: Set<string>, inMs: number): Promise<number> {
  const listed = await matchMaker.query({ name: ROOM.arena, processId: matchMaker.processId });
  const rooms = listed.flatMap(({ roomId }) => (matchMaker.getLocalRoomById(roomId) as ArenaRoom) ?? []);
  for (const room of rooms.filter(({ roomId }) => !told.has(roomId))) {
    told.add(room.roomId);
    announce(room, inMs);
  }
  return rooms.reduce((sum, { clients }) => sum + clients.length, 0);
}

/** A room that cannot tell its players must not keep the others from being told. */
function announce(room: ArenaRoom, inMs: number): void {
  try {
    room.announceRestart(inMs);
  } catch (error) {
    log.error({ err: error, room: room.roomId }, "a room's players were not told that the server closes");
  }
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
