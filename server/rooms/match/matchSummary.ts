/** Tells each player their own part in a match when its results show. */
import type { ArenaWorld } from "#shared/game/createWorld.ts";
import { statsOf } from "#shared/modes/stats.ts";
import type { Notice, PlayerSummary } from "#shared/protocol/messages.ts";
import type { SimEvent } from "#shared/sim/event.ts";

/** Fewer destructions of, or by, one and the same drone are no feud. */
const FEUD_TIMES = 2;

/** Call with the events of each step. `tell` sends a notice to a seat, if somebody is connected to it. */
export function tellSummaries(
  world: ArenaWorld,
  events: readonly SimEvent[],
  tell: (seat: string, notice: Notice) => void,
): void {
  if (!events.some((event) => event.type === "match" && event.phase === "results")) return;
  for (const [id, { bot }] of world.state.roster.entries()) {
    const summary = bot ? undefined : summaryOf(world, id);
    if (summary) tell(id, { type: "summary", summary });
  }
}

/**
 * Undefined for spectators, and unless results show. Statistics stand still during results, so that it says the same to a
 * player who reconnects, and in a room that has moved.
 */
export function summaryOf(world: ArenaWorld, id: string): PlayerSummary | undefined {
  const { drones, phase } = world.state;
  const drone = drones.get(id);
  if (!drone || phase !== "results") return undefined;
  const stats = statsOf(world, id);
  const { kills, deaths, assists, damage, shots, hits, longestStreak, feats } = stats;
  const better = Array.from(drones.values()).filter(({ score }) => score > drone.score).length;
  return {
    place: better + 1,
    players: drones.size,
    score: drone.score,
    kills,
    deaths,
    assists,
    accuracy: shots > 0 ? Math.min(1, hits / shots) : 0,
    damage,
    bestStreak: longestStreak,
    nemesis: mostOf(world, stats.destroyedBy),
    favourite: mostOf(world, destroyedBy(world, id)),
    feats: { ...feats },
  };
}

/** How often the drone has destroyed each enemy that it has destroyed. */
function destroyedBy(world: ArenaWorld, id: string): Map<string, number> {
  const times = new Map<string, number>();
  for (const [victim, { destroyedBy }] of world.stats) {
    const count = destroyedBy.get(id);
    if (count !== undefined) times.set(victim, count);
  }
  return times;
}

/** Only drones that are still in the room count; of equal ones, the one whose id sorts first. */
function mostOf({ state }: ArenaWorld, times: ReadonlyMap<string, number>): PlayerSummary["nemesis"] {
  let most: PlayerSummary["nemesis"] = null;
  for (const id of [...times.keys()].sort()) {
    const seat = state.roster.get(id);
    const count = times.get(id) ?? 0;
    if (seat && count >= FEUD_TIMES && count > (most?.times ?? 0)) most = { name: seat.name, times: count };
  }
  return most;
}
