/** What a hundred bots' thinking costs at 30 Hz: CPU time for each second of the game, as a share of one core. */
import { createBrain } from "#shared/brain/brain.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { TICK_MS, TICKS_PER_SEC } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import type { Command } from "#shared/schema/input.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { sum } from "./figures.ts";
import { arenaOf, offersOf } from "./offers.ts";

export interface BrainCost {
  readonly map: string;
  readonly bots: number;
  readonly seconds: number;
  /** Of one core: all of it, from the first look at the map on. */
  readonly share: number;
  /** The slowest tick, ms of CPU; the first ones find the ways through the map. */
  readonly slowestMs: number;
  readonly p99Ms: number;
}

export function measureBrains(bots = 100, seconds = 60, map = largestMap()): BrainCost {
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
  tickMs.sort((a, b) => a - b);
  return {
    ...{ map, bots, seconds },
    share: sum(tickMs) / (tickMs.length * TICK_MS),
    slowestMs: tickMs.at(-1) ?? 0,
    p99Ms: tickMs[Math.floor(tickMs.length * 0.99)] ?? 0,
  };
}

function largestMap(): string {
  const maps = [...new Set(offersOf().map(({ map }) => map))];
  const tiles = (map: string) => arenaOf(map).columns * arenaOf(map).rows;
  return maps.reduce((largest, map) => (tiles(map) > tiles(largest) ? map : largest));
}
