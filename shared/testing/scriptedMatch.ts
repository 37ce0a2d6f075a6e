/** A whole fight from a seed, and one number that says how it went: equal numbers, equal fights, to the bit. */
import type { Arena } from "#shared/arena/arena.ts";
import type { Command } from "#shared/schema/input.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { stepWorld } from "#shared/sim/step.ts";
import type { World } from "#shared/sim/world.ts";
import { addDrone, createWorld, randomCommand } from "./builders.ts";

export interface MatchSummary {
  hash: string;
  kills: number;
  shots: number;
}

const DRONES = 8;
const TRIGGER_CHANCE = 0.7;

/** Drones that wander and shoot at random for `ticks`. */
export function playScriptedMatch(arena: Arena, seed: number, ticks: number): MatchSummary {
  const world = createWorld(arena, seed);
  const script = seededRandom(seed + 1);
  const ids = Array.from({ length: DRONES }, (_, index) => `drone-${index}`);
  for (const id of ids) addDrone(world, id, { hp: 0 });

  const held = new Map<string, Command>();
  const hash = createHash();
  let kills = 0;
  for (let tick = 0; tick < ticks; tick++) {
    for (const id of ids) {
      const turnsNow = tick % 7 === 0 || !held.has(id);
      if (turnsNow) held.set(id, randomCommand(script, TRIGGER_CHANCE));
    }
    const commands = new Map(ids.map((id) => [id, [held.get(id) as Command]]));
    const events = stepWorld(world, commands, seenNow);
    kills += events.filter((event) => event.type === "kill").length;
    addWorld(hash, world);
  }
  return { hash: hash.digest(), kills, shots: world.lastProjectileId };
}

function addWorld(hash: Hash, { state }: World): void {
  for (const drone of state.drones.values()) {
    for (const value of [
      drone.x,
      drone.y,
      drone.vx,
      drone.vy,
      drone.aim,
      drone.hp,
      drone.shield,
      drone.ammo,
      drone.score,
    ]) {
      hash.add(value);
    }
  }
  for (const shot of state.projectiles.values()) hash.add(shot.aim + (shot.spent ?? 0));
}

interface Hash {
  add(value: number): void;
  digest(): string;
}

/** FNV-1a over the 64 bits of each number. */
function createHash(): Hash {
  const bits = new DataView(new ArrayBuffer(8));
  let state = 0x811c9dc5;
  return {
    add(value) {
      bits.setFloat64(0, value);
      for (let i = 0; i < 8; i++) state = Math.imul(state ^ bits.getUint8(i), 0x01000193);
    },
    digest: () => (state >>> 0).toString(16).padStart(8, "0"),
  };
}
