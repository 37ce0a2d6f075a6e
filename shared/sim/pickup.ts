/** Pickups: a drone that can use one takes it, and it returns after a while. */
import { type Drone, Pickup } from "#shared/schema/state.ts";
import {
  DRONE,
  isSpecial,
  PICKUP,
  PICKUP_NAMES,
  PICKUPS,
  type PickupName,
  SPECIALS,
} from "#shared/tuning.ts";
import type { SimEvent } from "./event.ts";
import { nearestDrone } from "./nearest.ts";
import { SweepRow } from "./sweepRow.ts";
import { living, type World } from "./world.ts";

/** Puts out every pickup that is due, then gives each to the nearest drone in reach that can use it. */
export function collectPickups(world: World, events: SimEvent[]): void {
  const { state, arena, pickupDueTicks } = world;
  const row = new SweepRow(living(world));
  for (const [place, { kind, x, y }] of arena.pickups.entries()) {
    const id = String(place);
    if (!state.pickups.get(id)) {
      if (state.tick < (pickupDueTicks[place] ?? 0)) continue;
      state.pickups.set(id, new Pickup({ x, y, kind: PICKUP_NAMES.indexOf(kind) }));
    }
    const near = row.around({ x, y }, PICKUP.reachPx).map(({ id, drone }) => [id, drone] as const);
    const taker = nearestDrone(world, near, { x, y }, PICKUP.reachPx, (drone) => isUseful(drone, kind));
    if (!taker) continue;
    take(taker.drone, kind);
    state.pickups.delete(id);
    pickupDueTicks[place] = state.tick + PICKUPS[kind].returnTicks;
    events.push({ type: "pickup", drone: taker.id, kind, x, y });
  }
}

/** Whether the drone would gain from the pickup; otherwise it leaves it to others. */
export function isUseful(
  drone: Pick<Drone, "hp" | "shield" | "special" | "ammo">,
  kind: PickupName,
): boolean {
  if (kind === "health") return drone.hp < DRONE.hp;
  if (kind === "shield") return drone.shield < DRONE.maxShield;
  if (!isSpecial(kind)) return true;
  return SPECIALS[drone.special] !== kind || drone.ammo < PICKUPS[kind].amount;
}

function take(drone: Drone, kind: PickupName): void {
  const { amount } = PICKUPS[kind];
  if (isSpecial(kind))
    Object.assign(drone, { special: SPECIALS.indexOf(kind), ammo: amount, specialCooldownTicks: 0 });
  else if (kind === "health") drone.hp = Math.min(DRONE.hp, drone.hp + amount);
  else if (kind === "shield") drone.shield = Math.min(DRONE.maxShield, drone.shield + amount);
  else if (kind === "haste") drone.hasteTicks = amount;
  else drone.overchargeTicks = amount;
}
