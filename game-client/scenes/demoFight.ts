/** The fight behind the title screen: bots in a local simulation, by the game's own rules. */
import type { ShownDrone, ShownField, ShownShot } from "#client/render/shown.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { type Brain, createBrain } from "#shared/brain/brain.ts";
import { WorldSnapshot } from "#shared/brain/worldSnapshot.ts";
import { TICK_MS } from "#shared/config.ts";
import { createWorld } from "#shared/game/createWorld.ts";
import { stepWorld } from "#shared/game/step.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import type { Command } from "#shared/schema/input.ts";
import type { Projectile } from "#shared/schema/state.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { flightOf, flownPx, placeAlong, projectileName } from "#shared/sim/projectile.ts";
import { seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { fieldOf, shownPart } from "./shownField.ts";

const FIGHTERS = 10;
/** Most time that one frame simulates; a tab that was hidden skips the rest. */
const CATCH_UP_MS = 200;

export interface DemoFight {
  /** Simulates `deltaMs` and returns the events. */
  advance(deltaMs: number): SimEvent[];
  drones(): Iterable<ShownDrone>;
  shots(): Iterable<ShownShot>;
  field(): ShownField;
}

export function createDemoFight(arena: Arena, seed: number): DemoFight {
  const world = createWorld(arena, seed, ENDLESS);
  const { state } = world;
  const brains = new Map<string, Brain>();
  const snapshot = new WorldSnapshot(arena);
  let lastEvents: SimEvent[] = [];
  for (let team = 0; team < FIGHTERS; team++) {
    state.drones.set(`demo-${team}`, createDrone("", team));
    brains.set(`demo-${team}`, createBrain(arena, seededRandom(seed + 1 + team)));
  }
  /** Each drone's place one tick ago, to interpolate from. */
  const before = new Map<string, { x: number; y: number }>();
  /** Time that no step has simulated yet, below one tick. */
  let leftMs = 0;

  const step = () => {
    for (const [id, { x, y }] of state.drones.entries()) before.set(id, { x, y });
    snapshot.read(state, lastEvents);
    const commands = new Map<string, readonly Command[]>();
    for (const [id, brain] of brains) {
      const perception = snapshot.perceptionOf(id);
      if (perception) commands.set(id, [brain.think(perception)]);
    }
    lastEvents = stepWorld(world, commands, seenNow);
    return lastEvents;
  };

  return {
    advance(deltaMs) {
      const events: SimEvent[] = [];
      leftMs += Math.min(deltaMs, CATCH_UP_MS);
      for (; leftMs >= TICK_MS; leftMs -= TICK_MS) events.push(...step());
      for (const event of events) if (event.type === "spawn") before.delete(event.drone);
      return events;
    },
    *drones() {
      for (const [id, drone] of state.drones.entries()) {
        const { x, y, aim, name } = drone;
        const from = before.get(id) ?? { x, y };
        const share = leftMs / TICK_MS;
        const place = { x: from.x + (x - from.x) * share, y: from.y + (y - from.y) * share };
        const look = {
          id,
          name,
          ...shownPart(drone),
          look: 0,
          self: false,
          side: "none",
          carrying: undefined,
        } as const;
        yield { ...look, aim, ...place };
      }
    },
    field: () => fieldOf(state, arena),
    *shots() {
      for (const [id, shot] of state.projectiles.entries()) {
        const ageTicks = Math.max(0, state.tick - shot.bornTick - 1 + leftMs / TICK_MS);
        yield* pelletsAt(id, shot, ageTicks, arena);
      }
    },
  };
}

/** The pellets of a shot that are still in flight, `ageTicks` after it was fired. */
function* pelletsAt(id: string, shot: Projectile, ageTicks: number, arena: Arena): Iterable<ShownShot> {
  const { x, y, owner, spent = 0 } = shot;
  const weapon = projectileName(shot);
  const gonePx = flownPx(shot, ageTicks);
  const ageMs = ageTicks * TICK_MS;
  for (const [index, { aim, reachPx }] of flightOf(shot, arena).pellets.entries()) {
    if (spent & (1 << index)) continue;
    const share = Math.min(1, gonePx / reachPx);
    const place = placeAlong({ x, y, aim }, gonePx * Math.min(1, reachPx / gonePx));
    yield { id: `${id}.${index}`, owner, weapon, aim, ageMs, share, ended: share === 1, ...place };
  }
}
