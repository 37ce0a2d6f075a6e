/** Statistics of each drone in a match, counted from the events. */
import type { SimEvent } from "#shared/sim/event.ts";
import { areMates } from "#shared/sim/teams.ts";
import type { Stats, World } from "#shared/sim/world.ts";

const NONE: Stats = { kills: 0, deaths: 0, streak: 0, longestStreak: 0, shots: 0, hits: 0, carries: 0 };

/** The drone's statistics; creates them on first use. */
export function statsOf(world: World, id: string): Stats {
  const known = world.stats.get(id);
  if (known) return known;
  const stats = { ...NONE };
  world.stats.set(id, stats);
  return stats;
}

export function countStats(world: World, events: readonly SimEvent[]): void {
  for (const event of events) {
    if (event.type === "hit") statsOf(world, event.shooter).hits++;
    else if (event.type === "kill") countKill(world, event);
    else if (event.type === "flag" && event.what === "captured") statsOf(world, event.drone).carries++;
  }
}

function countKill(world: World, event: { killer: string; victim: string }): void {
  const victim = statsOf(world, event.victim);
  victim.deaths++;
  victim.streak = 0;
  if (areMates(world, event.killer, event.victim)) return;
  const killer = statsOf(world, event.killer);
  killer.kills++;
  killer.streak++;
  killer.longestStreak = Math.max(killer.longestStreak, killer.streak);
}
