/** Counts how many drones an average view holds in a scenario's first room, in a simulation without a server. */
import type { Scenario } from "#loadtest/bench/scenarios/scenario.ts";
import { RATES } from "#loadtest/bench/scenarios/script.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isAlive } from "#shared/sim/world.ts";
import { HALF_HEIGHT_PX, HALF_WIDTH_PX } from "./field/floorPatch.ts";
import { noFights } from "./fight/fightWatch.ts";
import { playRoom } from "./playRoom.ts";
import { openWorld, type World } from "./world.ts";

/** In a fight the players first have to meet. */
const SECONDS: Readonly<Record<Scenario["kind"], number>> = { field: 3, fight: 30 };

/** Drones per view, the own one included. */
export function meanInView(scenario: Scenario): number {
  const world = openWorld(scenario, 0, noFights());
  let [eyes, seen] = [0, 0];
  playRoom(scenario, world, SECONDS[scenario.kind] * RATES.ticksPerSec, (tick) => {
    if (tick % RATES.ticksPerSec !== 0) return;
    const places = placesIn(world);
    eyes += places.length;
    seen += pairsInView(places);
  });
  return seen / eyes;
}

const placesIn = (world: World): readonly Place[] =>
  world.kind === "field" ? world.bodies : [...world.world.state.drones.values()].filter(isAlive);

function pairsInView(places: readonly Place[]): number {
  let pairs = 0;
  for (const eye of places) {
    for (const { x, y } of places) {
      if (Math.abs(x - eye.x) < HALF_WIDTH_PX && Math.abs(y - eye.y) < HALF_HEIGHT_PX) pairs++;
    }
  }
  return pairs;
}
