/** Measures what a hundred bots' decisions cost at 30 Hz: their CPU time as a share of one core. */

import { createBrain } from "#shared/brain/brain.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { TICK_MS, TICKS_PER_SEC } from "#shared/config.ts";
import { percentile, sum } from "#shared/figures/stats.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { arenaOf, mapsBySize } from "./offers.ts";

export interface BrainCost {
  readonly map: string;
  readonly bots: number;
  readonly seconds: number;
  /** CPU time per second of the game, of one core; the first ticks are included. */
  readonly share: number;
  /** CPU time of the slowest tick, ms: in the first ticks the bots compute the flow fields of the map. */
  readonly slowestMs: number;
  readonly p99Ms: number;
}

/** Plays `seconds` of the game on the largest map; only decisions count, not the simulation. */
export function measureBrains(bots = 100, seconds = 60): BrainCost {
  const map = mapsBySize().at(-1) ?? "";
  const arena = arenaOf(map);
  const world = createWorld(arena, 1, ENDLESS);
  const snapshot = new WorldSnapshot(arena);
  const brains = Array.from({ length: bots }, (_, index) => {
    const id = `bot-${index}`;
    world.state.drones.set(id, createDrone(id, index));
    return { id, brain: createBrain(arena, seededRandom(index), "hard") };
  });
  const tickMs: number[] = [];
  let events: SimEvent[] = [];
  for (let tick = 0; tick < seconds * TICKS_PER_SEC; tick++) {
    const before = process.threadCpuUsage();
    const commands = new Map<string, readonly Command[]>();
    snapshot.read(world.state, events);
    for (const { id, brain } of brains) {
      const perception = snapshot.perceptionOf(id);
      if (perception) commands.set(id, [brain.think(perception)]);
    }
    const { user, system } = process.threadCpuUsage(before);
    tickMs.push((user + system) / 1000);
    events = stepWorld(world, commands, seenNow);
  }
  return {
    map,
    bots,
    seconds,
    share: sum(tickMs) / (tickMs.length * TICK_MS),
    slowestMs: Math.max(...tickMs),
    p99Ms: percentile(tickMs, 0.99),
  };
}
