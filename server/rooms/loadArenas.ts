/** Loads the brought arenas that a room needs, before it is opened or changes its settings: a tick never waits for one. */

import { setTimeout as after } from "node:timers/promises";
import type { RoomSnapshot } from "#server/admission/roomSnapshot.ts";
import { isRemoved, mapOf } from "#server/arenas.ts";
import { Refused } from "#server/edge/refused.ts";
import { logError } from "#server/logOnce.ts";
import { ArenasBusyError, arenas, type BroughtArena } from "#server/services/arenas/arenas.ts";
import { StoreAwayError } from "#server/store/store.ts";
import { isBrought } from "#shared/arena/limits.ts";
import type { JoinOptions } from "#shared/protocol/joinOptions.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";

/**
 * The arenas of a room that is opened. What is missing is left out: the room then refuses its settings, or goes on with another
 * map. Throws Refused if it cannot be known now, and the room is a new one.
 */
export async function loadArenas(
  how: { options: JoinOptions } | { snapshot: RoomSnapshot },
): Promise<BroughtArena[]> {
  const names =
    "snapshot" in how ? namesIn(how.snapshot) : [(how.options.private && how.options.settings?.map) || ""];
  const found = await Promise.all([...new Set(names)].filter(isBrought).map(load));
  if (!("snapshot" in how) && found.includes("away"))
    throw new Refused(REFUSAL.restarting, "This arena cannot be loaded now: try again.", 5);
  return found.filter((arena) => typeof arena === "object");
}

const namesIn = ({ settings, world }: RoomSnapshot): string[] => [
  settings.map,
  world.state.map,
  ...world.candidates.map(({ map }) => map),
];

/** The front waits 10 s for a room to open, and must not open it twice. */
const LOAD_WITHIN_MS = 8_000;

/** "away": it cannot be known whether there is such an arena. Never rejects. */
async function load(name: string): Promise<BroughtArena | "away" | undefined> {
  try {
    return await Promise.race([arenas().find(name), after(LOAD_WITHIN_MS, "away" as const, { ref: false })]);
  } catch (error) {
    if (!(error instanceof StoreAwayError || error instanceof ArenasBusyError))
      logError(error, "an arena could not be loaded");
    return "away";
  }
}

/** Whether the map must be loaded before the room can be played on it. */
export const mustLoad = (map: string | undefined): map is string =>
  map !== undefined && isBrought(map) && (isRemoved(map) || !mapOf(map));

/** Loads the arena, if there is one, and hands it on; so long it is kept. Never rejects. */
export async function withArena<Value>(map: string, next: () => Value): Promise<Value> {
  const kept = [await load(map)];
  try {
    return next();
  } finally {
    kept.length = 0;
  }
}
