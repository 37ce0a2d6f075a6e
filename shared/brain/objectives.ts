/** Where each mode's objective sends a bot. */
import type { Objective } from "#shared/modes/mode.ts";
import { MODES } from "#shared/modes/modes.ts";
import type { Place } from "#shared/sim/sight.ts";
import { captureGoal } from "./captureGoal.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";

/** Returns undefined when the objective asks for nothing now: the bot then hunts. */
type ChooseGoal = (situation: Situation) => Goal | undefined;

const GOALS: Readonly<Record<Objective, ChooseGoal>> = {
  hunt: () => undefined,
  stayTogether,
  captureFlags: captureGoal,
  holdHill,
};

/** A client's state may name a mode that this build does not know; its bots hunt. */
export const objectiveGoal: ChooseGoal = (situation) =>
  GOALS[MODES[situation.perception.mode]?.objective ?? "hunt"](situation);

const TOGETHER = { nearPx: 420, share: 0.6 } as const;

/** Most bots keep close to a team mate they see; the others scout. */
function stayTogether({ perception: { self }, sights, target, whim }: Situation): Goal | undefined {
  if (target || whim > TOGETHER.share) return undefined;
  let nearest: Place | undefined;
  for (const friend of sights.friends) {
    if (!nearest || distanceTo(self, friend) < distanceTo(self, nearest)) nearest = friend;
  }
  if (!nearest || distanceTo(self, nearest) < TOGETHER.nearPx) return undefined;
  return { place: { x: nearest.x, y: nearest.y }, manner: "fight" };
}

/** A bot on the hill keeps this far from its edge. */
const HILL_EDGE_PX = 30;

/** Each bot has a place of its own on the hill and changes it now and then: crowds and still targets are easy to hit. */
function holdHill({ perception: { self, hill }, whim, errand }: Situation): Goal | undefined {
  if (hill.width === 0) return undefined;
  // Multiples of the golden ratio, and of its counterpart in two dimensions, spread evenly over [0, 1).
  const across = (whim + errand * 0.618034) % 1;
  const down = (whim * 7 + errand * 0.7548777) % 1;
  const place = {
    x: hill.x + HILL_EDGE_PX + across * Math.max(0, hill.width - 2 * HILL_EDGE_PX),
    y: hill.y + HILL_EDGE_PX + down * Math.max(0, hill.height - 2 * HILL_EDGE_PX),
  };
  const isOn =
    self.x > hill.x && self.y > hill.y && self.x < hill.x + hill.width && self.y < hill.y + hill.height;
  if (!isOn) return { place, manner: "press on" };
  return { place, manner: "hold", withinPx: Math.min(hill.width, hill.height) / 2 - HILL_EDGE_PX };
}
