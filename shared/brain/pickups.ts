/** What lies about that is worth a detour. */
import { specialOf } from "#shared/sim/drive.ts";
import { isUseful } from "#shared/sim/pickup.ts";
import { DRONE, type PickupName } from "#shared/tuning.ts";
import type { Goal, Situation } from "./goal.ts";
import type { OwnDrone } from "./perception.ts";
import { wayPx } from "./ways.ts";

/** How far a bot goes for it, px. */
const WORTH_PX: Readonly<Record<PickupName, (self: OwnDrone) => number>> = {
  health: ({ hp }) => ((DRONE.hp - hp) / DRONE.hp) * 1500,
  shield: ({ shield }) => ((DRONE.maxShield - shield) / DRONE.maxShield) * 700,
  scatter: weaponWorth,
  rail: weaponWorth,
  mortar: weaponWorth,
  haste: () => 450,
  overcharge: () => 900,
};

/** An empty hand takes anything; a full one nothing. */
function weaponWorth(self: OwnDrone): number {
  if (!specialOf(self)) return 1600;
  return self.ammo <= 1 ? 600 : 0;
}

/** In a fight things are worth so much less. */
const IN_FIGHT_SHARE = 0.4;

/** The pickup most worth its way, lying in view or expected by memory; undefined when none is. */
export function pickupGoal({ arena, perception, memory, target }: Situation): Goal | undefined {
  const { self, tick } = perception;
  const share = target?.inSight ? IN_FIGHT_SHARE : 1;
  let best: Goal | undefined;
  let bestPx = 0;
  for (const [spot, pickup] of memory.spots) {
    if (!isUseful(self, pickup.kind)) continue;
    const worthPx = WORTH_PX[pickup.kind](self) * share;
    // The straight line first: it is never longer than the way.
    const straightPx = Math.hypot(pickup.x - self.x, pickup.y - self.y);
    if (worthPx - straightPx <= bestPx || !memory.expects(spot, tick)) continue;
    const gainPx = worthPx - Math.max(straightPx, wayPx(arena, self, pickup));
    if (gainPx <= bestPx) continue;
    bestPx = gainPx;
    best = { place: pickup, manner: "press on" };
  }
  return best;
}
