/** Decides, every few ticks, whom a bot fights, where it goes and how it behaves until the next decision. */
import { TICKS_PER_SEC } from "#shared/config.ts";
import type { Place } from "#shared/sim/sight.ts";
import { isWithin } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";
import { callGoal, huntGoal, roamPlace } from "./hunt.ts";
import type { Mind } from "./mind.ts";
import { objectiveGoal } from "./objectives.ts";
import { lookAround, type Perception } from "./perception.ts";
import { pickupGoal } from "./pickups.ts";
import { retreatGoal } from "./retreat.ts";
import { chooseTarget } from "./target.ts";

const ARRIVED_PX = 60;
/** The chance, per decision, that it circles the other way. */
const TURN_SHARE = 0.18;
/** A bot that has not arrived by then roams elsewhere. */
const ROAM_TICKS = 12 * TICKS_PER_SEC;

export function decide(mind: Mind, perception: Perception): void {
  const { arena, skill, random, orders, memory } = mind;
  lookAround(arena, perception, mind.sights);
  memory.notePickups(perception);
  mind.target = chooseTarget(arena, perception, mind.sights.enemies, mind.target);
  arrive(mind, perception.self);
  orders.goal = chooseGoal({ ...mind, perception });
  head(mind, perception);
  // Always draw the same count of random numbers: what a bot does not see must not change what it rolls.
  orders.fires = random.next() < skill.triggerShare;
  orders.dodges = random.next() < skill.dodgeShare;
  orders.mayDash = random.next() < skill.dashShare;
  if (random.next() < TURN_SHARE) orders.circle = -orders.circle;
  mind.hand.drawError();
}

/** The bot's goal, by priority: survival, where it is sent, useful pickups, the objective, a hunt. Undefined: the bot roams. */
export function chooseGoal(situation: Situation): Goal | undefined {
  const { id, flags } = situation.perception;
  // A flag's carrier goes straight home.
  if (flags.some((flag) => flag.carrier === id)) return objectiveGoal(situation);
  return (
    retreatGoal(situation) ??
    callGoal(situation) ??
    pickupGoal(situation) ??
    objectiveGoal(situation) ??
    huntGoal(situation)
  );
}

/** Clears the goals that the bot has reached. */
function arrive(mind: Mind, self: Place): void {
  const { memory, orders, target } = mind;
  if (orders.goal && isWithin(self, orders.goal.place, ARRIVED_PX)) mind.errand++;
  if (mind.roam && isWithin(self, mind.roam, ARRIVED_PX)) mind.roam = undefined;
  if (memory.call && isWithin(self, memory.call, 2 * ARRIVED_PX)) memory.call = undefined;
  if (memory.noise && isWithin(self, memory.noise, 2 * ARRIVED_PX)) memory.noise = undefined;
  if (target && !target.inSight && isWithin(self, target, ARRIVED_PX)) mind.target = undefined;
}

function head(mind: Mind, { self, tick }: Perception): void {
  const { navigator, orders, memory } = mind;
  const from = { x: self.x, y: self.y };
  if (orders.goal) {
    if (navigator.headFor(orders.goal.place, from)) return;
    // No path leads there: a noise may come from a wall, and a guard's place may lie in one.
    orders.goal = undefined;
    memory.noise = memory.call = undefined;
    mind.errand++;
    if (mind.target && !mind.target.inSight) mind.target = undefined;
  }
  if (!mind.roam || tick > mind.roamUntilTick) {
    mind.roam = roamPlace(mind.arena, mind.random, from);
    mind.roamUntilTick = tick + ROAM_TICKS;
  }
  if (!navigator.headFor(mind.roam, from)) mind.roam = undefined;
}
