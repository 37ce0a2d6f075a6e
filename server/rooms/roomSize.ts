/** How many bots a room has, and how many connections it takes, as people come and go. */
import { BOT_FILL, SPECTATORS_MAX } from "#shared/config.ts";
import type { RoomSettings } from "#shared/protocol/roomSettings.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { playersIn, spectatorsIn } from "./seats.ts";

/**
 * Of a hosted room its settings say it, and bots make way for players. In a public one they keep a lone visitor
 * company: a kept seat is no company, so only who is connected counts, and while nobody is there nothing changes.
 */
export function botsWanted(state: ArenaState, { bots, players }: RoomSettings, present: number): number {
  if (state.hosted) return Math.max(0, Math.min(bots, players - playersIn(state)));
  const there = Array.from(state.roster.values()).filter(
    ({ bot, connected, spectating }) => connected && !bot && !spectating,
  ).length;
  return there === 0 ? present : Math.max(0, BOT_FILL - there);
}

/**
 * Who watches holds no player's place. A public room takes nobody beyond its players and those of them who have begun
 * to watch: places that are held for who is still on the way then count as taken, and nobody is led into a full room.
 */
export const connectionsMax = (state: ArenaState, { players }: RoomSettings): number =>
  players + (state.hosted ? SPECTATORS_MAX : spectatorsIn(state));
