/** What each mode asks of a bot: one function a mode, by its name. Copy one to teach bots a mode of your own. */
import type { ModeName } from "#shared/modes/modes.ts";
import type { Place } from "#shared/sim/sight.ts";
import { captureGoal } from "./captureGoal.ts";
import { distanceTo } from "./geometry.ts";
import type { Goal, Situation } from "./goal.ts";

/** Undefined: nothing in particular; then it hunts. */
type ModeGoal = (situation: Situation) => Goal | undefined;

const MODE_GOALS: Readonly<Record<ModeName, ModeGoal>> = {
  deathmatch: () => undefined,
  teamDeathmatch: stayTogether,
  captureTheFlag: captureGoal,
  kingOfTheHill: holdTheHill,
};

export function modeGoal(situation: Situation): Goal | undefined {
  return MODE_GOALS[situation.perception.mode]?.(situation);
}

const TOGETHER = { nearPx: 420, share: 0.6 } as const;

/** Most of them keep within reach of a friend they see; the others scout. */
function stayTogether({ perception: { self }, sights, target, whim }: Situation): Goal | undefined {
  if (target || whim > TOGETHER.share) return undefined;
  let nearest: Place | undefined;
  for (const friend of sights.friends) {
    if (!nearest || distanceTo(self, friend) < distanceTo(self, nearest)) nearest = friend;
  }
  if (!nearest || distanceTo(self, nearest) < TOGETHER.nearPx) return undefined;
  return { place: { x: nearest.x, y: nearest.y }, manner: "fight" };
}

/** How far from its edge on the hill a bot stays. */
const HILL_EDGE_PX = 30;

/** To a place of its own on the hill, another one now and then: who stands still is hit, who stands together too. */
function holdTheHill({ perception: { self, hill }, whim, errand }: Situation): Goal | undefined {
  if (hill.width === 0) return undefined;
  // The golden ratio spreads a row of numbers evenly over [0, 1), whatever it starts with.
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
