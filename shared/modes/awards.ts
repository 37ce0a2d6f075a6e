/** Awards at the end of a match. */
import type { AwardName } from "#shared/schema/names.ts";
import { Award } from "#shared/schema/state.ts";
import type { Stats, World } from "#shared/sim/world.ts";

/** Fewer shots earn no award for accuracy. */
const SHOTS_MIN = 20;

/** The measure of each award; the drone with the highest value above 0 gets it. */
const AWARDS: Readonly<Record<AwardName, (stats: Stats) => number>> = {
  kills: ({ kills }) => kills,
  streak: ({ longestStreak }) => (longestStreak > 1 ? longestStreak : 0),
  accuracy: ({ shots, hits }) => (shots >= SHOTS_MIN ? Math.min(100, Math.round((100 * hits) / shots)) : 0),
  carries: ({ carries }) => carries,
};

/** Gives each award to one drone that is still in the room; of equal values, to the one whose id sorts first. */
export function giveAwards(world: World): void {
  for (const [kind, measure] of Object.entries(AWARDS) as [AwardName, (stats: Stats) => number][]) {
    let best: { drone: string; value: number } | undefined;
    for (const drone of [...world.stats.keys()].sort()) {
      const value = world.state.drones.get(drone) ? measure(world.stats.get(drone) as Stats) : 0;
      if (value > (best?.value ?? 0)) best = { drone, value };
    }
    if (best) world.state.awards.push(new Award({ kind, ...best }));
  }
}
