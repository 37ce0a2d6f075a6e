/** A fight of bots that the page plays with itself, by the game's own rules: what moves behind the title. */
import type { ShownDrone, ShownField, ShownShot } from "#client/render/fightView.ts";
import type { Arena } from "#shared/arena/arena.ts";
import { type Brain, createBrain, type SeenDrone } from "#shared/brain/brain.ts";
import { TICK_MS } from "#shared/config.ts";
import { ENDLESS } from "#shared/modes/rules.ts";
import { BUTTON, type Command, REACH_STEP_PX } from "#shared/schema/input.ts";
import { createWorld } from "#shared/sim/createWorld.ts";
import type { SimEvent } from "#shared/sim/event.ts";
import { flightOf, flownPx, placeAlong, projectileName } from "#shared/sim/projectile.ts";
import { pickIndex, type Random, seededRandom } from "#shared/sim/random.ts";
import { seenNow } from "#shared/sim/sight.ts";
import { createDrone } from "#shared/sim/spawn.ts";
import { stepWorld } from "#shared/sim/step.ts";
import { PICKUPS, SPECIALS } from "#shared/tuning.ts";
import { fieldOf, shownPart } from "./shownField.ts";

const FIGHTERS = 10;
/** The bots here know the blaster alone: the demo pulls the second trigger, and dashes, for them this often. */
const GIFTS_PER_TICK = 1 / 150;
const SPECIAL_PER_SHOT = 0.3;
const DASHES_PER_TICK = 1 / 120;
/** How far the demo lobs, in steps of REACH_STEP_PX. */
const DEMO_REACH = Math.round(420 / REACH_STEP_PX);
/** A hidden tab catches up by no more than this. */
const CATCH_UP_MS = 200;

export interface DemoFight {
  /** Lets time pass; returns what happened. */
  advance(deltaMs: number): SimEvent[];
  drones(): Iterable<ShownDrone>;
  shots(): Iterable<ShownShot>;
  field(): ShownField;
}

export function createDemoFight(arena: Arena, seed: number): DemoFight {
  const world = createWorld(arena, seed, ENDLESS);
  const { state } = world;
  const brains = new Map<string, Brain>();
  for (let team = 0; team < FIGHTERS; team++) {
    state.drones.set(`demo-${team}`, createDrone("", team));
    brains.set(`demo-${team}`, createBrain(arena, seededRandom(seed + 1 + team)));
  }
  /** Where each drone was a tick ago, to draw it between the two. */
  const before = new Map<string, { x: number; y: number }>();
  const random = seededRandom(seed);
  let leftMs = 0;

  /** They have no pickups to look for here: everybody is handed something new to show, now and then. */
  const arm = () => {
    for (const drone of state.drones.values()) {
      if (drone.hp === 0 || random.next() > GIFTS_PER_TICK) continue;
      const special = pickIndex(random, SPECIALS.length);
      const boost = random.next();
      Object.assign(drone, { special, ammo: PICKUPS[SPECIALS[special] ?? "scatter"].amount });
      if (boost < 0.3) drone.shield = PICKUPS.shield.amount;
      else if (boost < 0.45) drone.hasteTicks = PICKUPS.haste.amount;
      else if (boost < 0.55) drone.overchargeTicks = PICKUPS.overcharge.amount;
    }
  };

  const step = () => {
    arm();
    for (const [id, { x, y }] of state.drones.entries()) before.set(id, { x, y });
    const others = [...state.drones.values()] as SeenDrone[];
    const orders = [...brains].map(([id, brain]) => {
      const self = state.drones.get(id) as SeenDrone;
      const command = brain.think({ self, others, tick: state.tick });
      return [id, [withSpecials(command, random)]] as const;
    });
    return stepWorld(world, new Map(orders), seenNow);
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
        const { x, y, aim } = drone;
        const from = before.get(id) ?? { x, y };
        const share = leftMs / TICK_MS;
        const place = { x: from.x + (x - from.x) * share, y: from.y + (y - from.y) * share };
        const look = { id, ...shownPart(drone), self: false, side: "none", carrying: undefined } as const;
        yield { ...look, aim, ...place };
      }
    },
    field: () => fieldOf(state, arena),
    *shots() {
      for (const [id, shot] of state.projectiles.entries()) {
        const { x, y, owner, bornTick, spent = 0 } = shot;
        const weapon = projectileName(shot);
        const ageTicks = Math.max(0, state.tick - bornTick - 1 + leftMs / TICK_MS);
        const gonePx = flownPx(shot, ageTicks);
        for (const [index, { aim, reachPx }] of flightOf(shot, arena).pellets.entries()) {
          if (spent & (1 << index)) continue;
          const share = Math.min(1, gonePx / reachPx);
          const place = placeAlong({ x, y, aim }, gonePx * Math.min(1, reachPx / gonePx));
          const ageMs = ageTicks * TICK_MS;
          yield { id: `${id}.${index}`, owner, weapon, aim, ageMs, share, ended: share === 1, ...place };
        }
      }
    },
  };
}

function withSpecials(command: Command, random: Random): Command {
  const isFiring = (command.buttons & BUTTON.fire) !== 0;
  const special = isFiring && random.next() < SPECIAL_PER_SHOT ? BUTTON.altFire : 0;
  const dash = random.next() < DASHES_PER_TICK ? BUTTON.dash : 0;
  return { ...command, reach: command.reach || DEMO_REACH, buttons: command.buttons | special | dash };
}
