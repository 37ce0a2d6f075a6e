/** Stops the server: refuses new players, gives matches time to end, then closes within a bound. */
import { setTimeout as after } from "node:timers/promises";
import type { App } from "./app.ts";
import { log } from "./log.ts";

/** The process ends after this even if a room hangs while it closes. */
export const CLOSE_WITHIN_MS = 3_000;
const CHECK_EVERY_MS = 100;

/**
 * Resolves when the process may end; to false if a room hung. `drainSeconds`: how long matches may go on. `hasFailed`:
 * something in this process is the cause.
 */
export async function drain(app: App, drainSeconds: number, hasFailed = false): Promise<boolean> {
  app.refuseJoins(drainSeconds + CLOSE_WITHIN_MS / 1000);
  const endsAt = performance.now() + drainSeconds * 1000;
  const announced = new Set<string>();
  let players = await announceToAll(app, announced, drainSeconds * 1000);
  log.info({ players, seconds: drainSeconds }, "closing: refusing new players, waiting for matches to end");
  while (players > 0 && performance.now() < endsAt) {
    await after(CHECK_EVERY_MS);
    players = await announceToAll(app, announced, Math.round(endsAt - performance.now()));
  }
  const closed = await Promise.race([app.close(hasFailed).then(() => true), after(CLOSE_WITHIN_MS, false)]);
  if (!closed) log.error("a room hangs while closing: exiting without it");
  return closed;
}

/** Notifies each room once. Returns the number of connected players; kept seats do not delay the stop. */
async function announceToAll({ rooms }: App, announced: Set<string>, inMs: number): Promise<number> {
  const { own } = rooms.directory;
  const counts = [...own.keys()].map(async (roomId) => {
    const isNew = !announced.has(roomId);
    announced.add(roomId);
    const answer = await rooms.ask(roomId, "announceRestart", { inMs: isNew ? inMs : undefined });
    // A process that is late still has its players; the row of an ended room is gone.
    return answer.ok ? answer.value : (own.get(roomId)?.clients ?? 0);
  });
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
