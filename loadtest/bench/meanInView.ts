/** Counts how many drones an average view holds at a size and a density, in a simulation without a server. */
import { pathsOf, RATES, type Scenario } from "./scenario.ts";
import { Field } from "./servers/field.ts";
import { HALF_HEIGHT_PX, HALF_WIDTH_PX } from "./servers/floorPatch.ts";

const SECONDS = 3;

/** Drones per view, the own one included. */
export function meanInView(scenario: Scenario): number {
  const field = new Field(scenario);
  const paths = pathsOf(scenario);
  for (const player of paths.keys()) field.add(player);
  let seen = 0;
  for (let tick = 1; tick <= SECONDS * RATES.ticksPerSec; tick++) {
    for (const body of field.bodies) {
      const command = paths[body.player]?.command(tick);
      if (command) body.queue.push(command);
    }
    field.step();
    if (tick % RATES.ticksPerSec === 0) seen += pairsInView(field);
  }
  return seen / SECONDS / scenario.players;
}

function pairsInView({ bodies }: Field): number {
  let pairs = 0;
  for (const eye of bodies) {
    for (const { x, y } of bodies) {
      if (Math.abs(x - eye.x) < HALF_WIDTH_PX && Math.abs(y - eye.y) < HALF_HEIGHT_PX) pairs++;
    }
  }
  return pairs;
}
