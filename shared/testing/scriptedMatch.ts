/** Plays a scripted match from a seed and hashes it: equal hashes mean equal matches, to the bit. */
import type { Arena } from "#shared/arena/arena.ts";
import { stepWorld } from "#shared/game/step.ts";
import { hashText, hashWorld } from "#shared/game/worldHash.ts";
import { BUTTON, type Command, MOVE_MAX } from "#shared/schema/input.ts";
import { MODE_NAMES } from "#shared/schema/names.ts";
import type { Drone } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { isTeamed } from "#shared/sim/teams.ts";
import type { World } from "#shared/sim/world.ts";
import { PICKUP_NAMES } from "#shared/tuning.ts";
import { addDrone, createWorld, randomCommand } from "./builders.ts";

export interface MatchSummary {
  hash: string;
  kills: number;
  shots: number;
  /** Number of events by kind. */
  events: Partial<Record<SimEvent["type"], number>>;
}

const DRONES = 8;
const HOLD_TICKS = 7;
const ALL_BUTTONS = BUTTON.fire | BUTTON.dash | BUTTON.altFire;

/** Eight drones give random commands, for an equal share of `ticks` in each mode. */
export function playScriptedMatch(arena: Arena, seed: number, ticks: number): MatchSummary {
  let hash = 0;
  const events: MatchSummary["events"] = {};
  let shots = 0;
  for (const mode of MODE_NAMES) {
    const world = createWorld(furnish(arena), seed, { mode, timeLimitTicks: ticks });
    for (let index = 0; index < DRONES; index++) {
      const team = isTeamed(world.rules) ? index % 2 : index;
      addDrone(world, `drone-${index}`, { hp: 0, team });
    }
    const script = commandScript(world, seededRandom(seed + 1));
    for (let tick = 0; tick < ticks / MODE_NAMES.length; tick++) {
      for (const { type } of stepWorld(world, script(tick), seenNow)) events[type] = (events[type] ?? 0) + 1;
      hash = (Math.imul(hash, 31) + hashWorld(world)) >>> 0;
    }
    shots += world.lastProjectileId;
  }
  return { hash: hashText(hash), kills: events.kill ?? 0, shots, events };
}

/** Moves pickups, flags and a hill to where the drones are: random movement would reach few of them. */
function furnish(arena: Arena): Arena {
  const places = arena.spawns.map(({ x, y }) => ({ x, y }));
  const pickups = places.map((place, index) => ({
    ...place,
    kind: PICKUP_NAMES[index % PICKUP_NAMES.length] ?? "health",
  }));
  // At the other team's spawn points, so that drones take them.
  const flags = [0, 1].map((team) => {
    const { x, y } = arena.spawns.find((spawn) => spawn.team === 1 - team) ?? places[team] ?? { x: 0, y: 0 };
    return { x, y, team };
  });
  const hills = [{ x: arena.widthPx / 2 - 300, y: arena.heightPx / 2 - 300, width: 600, height: 600 }];
  return { ...arena, pickups, flags, hills };
}

/** Each drone holds a command for HOLD_TICKS. */
function commandScript(world: World, random: Random): (tick: number) => Map<string, readonly Command[]> {
  let held = new Map<string, readonly Command[]>();
  return (tick) => {
    if (tick % HOLD_TICKS === 0) {
      held = new Map(
        [...world.state.drones.entries()].map(([id, drone]) => [id, [drawCommand(world, drone, random)]]),
      );
    }
    return held;
  };
}

/** A random command; every other one moves towards the middle, where the drones meet. */
function drawCommand({ arena }: World, { x, y }: Drone, random: Random): Command {
  const anything = {
    ...randomCommand(random, 0),
    buttons: pickIndex(random, ALL_BUTTONS + 1),
    reach: pickIndex(random, 256),
  };
  if (random.next() < 0.5) return anything;
  const moveX = x < arena.widthPx / 2 ? MOVE_MAX : -MOVE_MAX;
  const moveY = y < arena.heightPx / 2 ? MOVE_MAX : -MOVE_MAX;
  return { ...anything, moveX, moveY };
}
