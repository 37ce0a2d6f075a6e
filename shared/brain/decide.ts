/** A bot's orders to itself, every few ticks: whom it fights, where it goes, how it behaves until the next ones. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { Place } from "#shared/sim/sight.ts";
import { chooseGoal } from "./chooseGoal.ts";
import { isWithin } from "./geometry.ts";
import { roamPlace } from "./hunt.ts";
import type { Mind } from "./mind.ts";
import { lookAround, type Perception } from "./perception.ts";
import { chooseTarget } from "./target.ts";

const ARRIVED_PX = 60;
/** It changes its mind about which way to circle so often. */
const TURN_SHARE = 0.18;
/** Whoever has not arrived by then goes elsewhere. */
const ROAM_TICKS = 12 * TICKS_PER_SEC;

export function decide(mind: Mind, perception: Perception): void {
  const { arena, skill, random, orders, memory } = mind;
  lookAround(arena, perception, mind.sights);
  memory.notePickups(perception);
  mind.target = chooseTarget(arena, perception, mind.sights.enemies, mind.target);
  arrive(mind, perception.self);
  orders.goal = chooseGoal({ ...mind, perception });
  head(mind, perception);
  // Always as many numbers from the stream: what a bot does not see must not change its luck.
  orders.fires = random.next() < skill.triggerShare;
  orders.dodges = random.next() < skill.dodgeShare;
  orders.mayDash = random.next() < skill.dashShare;
  if (random.next() < TURN_SHARE) orders.circle = -orders.circle;
  mind.hand.drawError();
}

/** Who has been where it wanted to look, or stand, wants something else. */
function arrive(mind: Mind, self: Place): void {
  const { memory, orders, target } = mind;
  if (orders.goal && isWithin(self, orders.goal.place, ARRIVED_PX)) mind.errand++;
  if (mind.roam && isWithin(self, mind.roam, ARRIVED_PX)) mind.roam = undefined;
  if (memory.noise && isWithin(self, memory.noise, 2 * ARRIVED_PX)) memory.noise = undefined;
  if (target && !target.inSight && isWithin(self, target, ARRIVED_PX)) mind.target = undefined;
}

function head(mind: Mind, { self, tick }: Perception): void {
  const { navigator, orders, memory } = mind;
  const from = { x: self.x, y: self.y };
  if (orders.goal) {
    if (navigator.headFor(orders.goal.place, from)) return;
    // No way leads there: a noise in a wall, or a guard's place in one.
    orders.goal = undefined;
    memory.noise = undefined;
    mind.errand++;
    if (mind.target && !mind.target.inSight) mind.target = undefined;
  }
  if (!mind.roam || tick > mind.roamUntilTick) {
    mind.roam = roamPlace(mind.arena, mind.random, from);
    mind.roamUntilTick = tick + ROAM_TICKS;
  }
  if (!navigator.headFor(mind.roam, from)) mind.roam = undefined;
}
