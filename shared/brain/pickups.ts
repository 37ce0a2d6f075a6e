/** Chooses the pickup that is most worth a detour. */
import { specialOf } from "#shared/sim/drive.ts";
import { isUseful } from "#shared/sim/pickup.ts";
import { DRONE, isSpecial, type PickupName, type SpecialName } from "#shared/tuning.ts";
import type { Goal, Situation } from "./goal.ts";
import type { OwnDrone } from "./perception.ts";
import { wayPx } from "./ways.ts";

/** The longest way, in px, that a bot goes for each pickup. Weapons are below. */
const WORTH_PX: Readonly<Record<Exclude<PickupName, SpecialName>, (self: OwnDrone) => number>> = {
  health: ({ hp }) => ((DRONE.hp - hp) / DRONE.hp) * 1500,
  shield: ({ shield }) => ((DRONE.maxShield - shield) / DRONE.maxShield) * 700,
  haste: () => 450,
  overcharge: () => 900,
};

/** Without a special weapon any will do; with a loaded one, none is worth a detour. */
function weaponWorthPx(self: OwnDrone): number {
  if (!specialOf(self)) return 1600;
  return self.ammo <= 1 ? 600 : 0;
}

const worthPx = (self: OwnDrone, kind: PickupName): number =>
  isSpecial(kind) ? weaponWorthPx(self) : WORTH_PX[kind](self);

/** With a target in sight, pickups are worth this share of it. */
const IN_FIGHT_SHARE = 0.4;

/** The pickup most worth its way, in view or remembered; undefined when none is worth it. */
export function pickupGoal({ arena, perception, memory, target }: Situation): Goal | undefined {
  const { self, tick } = perception;
  const share = target?.inSight ? IN_FIGHT_SHARE : 1;
  let best: Goal | undefined;
  let bestPx = 0;
  for (const [spot, pickup] of memory.spots) {
    if (!isUseful(self, pickup.kind)) continue;
    const maxPx = worthPx(self, pickup.kind) * share;
    // Measure the straight line first: it is cheap, and never longer than the way.
    const straightPx = Math.hypot(pickup.x - self.x, pickup.y - self.y);
    if (maxPx - straightPx <= bestPx || !memory.expects(spot, tick)) continue;
    const gainPx = maxPx - Math.max(straightPx, wayPx(arena, self, pickup));
    if (gainPx <= bestPx) continue;
    bestPx = gainPx;
    best = { place: pickup, manner: "press on" };
  }
  return best;
}
