/** Drivers for the drones of a long test: bot brains, and lurkers that walk from bush to bush and wait there. */
import type { Arena } from "#shared/arena/arena.ts";
import { flowTo, nextOnWay } from "#shared/arena/flowField.ts";
import { createBrain } from "#shared/brain/brain.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { BUTTON, type Command } from "#shared/schema/input.ts";
import type { ArenaState } from "#shared/schema/state.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";

export type Driver = (state: ArenaState, id: string) => Command;

export function brainDriver(arena: Arena, seed: number): Driver {
  const brain = createBrain(arena, seededRandom(seed));
  const snapshot = new WorldSnapshot(arena);
  return (state, id) => {
    snapshot.read(state);
    const perception = snapshot.perceptionOf(id);
    if (!perception) throw new Error(`"${id}" has no drone`);
    return brain.think(perception);
  };
}

const STAY_TICKS_MAX = 150;
/** Per tick. Low, so that a lurker stays hidden for long between shots. */
const TRIGGER_CHANCE = 0.04;
const TRIGGERS = [BUTTON.fire, BUTTON.altFire];

export function lurkDriver(arena: Arena, seed: number): Driver {
  const random = seededRandom(seed);
  let goal = pickBush(arena, random);
  let way = flowTo(arena, goal.x, goal.y);
  let stayTicks = pickIndex(random, STAY_TICKS_MAX);
  return (state, id) => {
    const self = state.drones.get(id);
    if (!self) throw new Error(`"${id}" has no drone`);
    const goalPx = Math.hypot(goal.x - self.x, goal.y - self.y);
    if (goalPx < 20 && stayTicks-- <= 0) {
      goal = pickBush(arena, random);
      way = flowTo(arena, goal.x, goal.y);
      stayTicks = pickIndex(random, STAY_TICKS_MAX);
    }
    const isNear = goalPx < arena.tilePx;
    const next = isNear ? goal : nextOnWay(arena, way, self.x, self.y);
    const towards = Math.atan2(next.y - self.y, next.x - self.x);
    const speed = goalPx < 20 ? 0 : isNear ? 50 : 127;
    return {
      moveX: Math.round(Math.cos(towards) * speed),
      moveY: Math.round(Math.sin(towards) * speed),
      aim: random.next() * 2 * Math.PI,
      buttons: random.next() < TRIGGER_CHANCE ? (TRIGGERS[pickIndex(random, TRIGGERS.length)] ?? 0) : 0,
    };
  };
}

function pickBush(arena: Arena, random: Random): { x: number; y: number } {
  const tiles = Array.from(arena.bushes.keys()).filter((tile) => arena.bushes[tile] === 1);
  const tile = tiles[pickIndex(random, tiles.length)] ?? 0;
  return {
    x: ((tile % arena.columns) + 0.5) * arena.tilePx,
    y: (Math.floor(tile / arena.columns) + 0.5) * arena.tilePx,
  };
}
