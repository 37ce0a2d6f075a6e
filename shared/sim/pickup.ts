/** Pickups: a drone that can use one takes it, and it returns after a while. */
import type { PickupSpot } from "#shared/arena/arena.ts";
import { TICKS_PER_SEC } from "#shared/config.ts";
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
import { lineUp } from "./lineup.ts";
import { nearestDrone } from "./nearest.ts";
import type { World } from "./world.ts";

/** On a range the next pickup lies there at once: long enough after for the first to be seen to go. */
const RANGE_RETURN_TICKS = 1 * TICKS_PER_SEC;

/** Puts out every pickup that is due, then gives each to the nearest drone in reach that can use it. */
export function collectPickups(world: World, events: SimEvent[]): void {
  const { state, arena, pickupDueTicks } = world;
  if (state.pickups.size < arena.pickups.length) putOut(world);
  const standing = lineUp(world).standNow();
  for (let place = 0; place < arena.pickups.length; place++) {
    const spot = arena.pickups[place] as PickupSpot;
    const near = standing.around(spot, PICKUP.reachPx);
    // Where nobody is, nobody asks the map whether the pickup is there.
    if (near.length === 0) continue;
    const id = String(place);
    const { kind, x, y } = spot;
    if (!state.pickups.get(id)) continue;
    const taker = nearestDrone(world, near, spot, PICKUP.reachPx, (drone) => isUseful(drone, kind));
    if (!taker) continue;
    take(taker.drone, kind);
    state.pickups.delete(id);
    pickupDueTicks[place] =
      state.tick + (arena.use === "range" ? RANGE_RETURN_TICKS : PICKUPS[kind].returnTicks);
    events.push({ type: "pickup", drone: taker.id, kind, x, y });
  }
}

/** Puts out every pickup that is missing and due. */
function putOut({ state, arena, pickupDueTicks }: World): void {
  for (let place = 0; place < arena.pickups.length; place++) {
    if (state.tick < (pickupDueTicks[place] ?? 0)) continue;
    const id = String(place);
    if (state.pickups.get(id)) continue;
    const { kind, x, y } = arena.pickups[place] as PickupSpot;
    state.pickups.set(id, new Pickup({ x, y, kind: PICKUP_NAMES.indexOf(kind) }));
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
