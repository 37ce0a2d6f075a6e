/** Damage: shield before hp, spawn protection, overcharge, destruction. */
import type { Drone } from "#shared/schema/state.ts";
import { OVERCHARGE, type WeaponName } from "#shared/tuning.ts";
import type { SimEvent } from "./event.ts";
import { isAlive, type World } from "./world.ts";

export interface Blow {
  victim: string;
  shooter: string;
  weapon: WeaponName;
  damage: number;
  /** Point of the hull that it hits. */
  x: number;
  y: number;
}

/**
 * Applies a blow and appends its events. Returns false when the victim is gone or destroyed already. A protected drone
 * takes no damage, but stops the shot.
 */
export function strike(world: World, blow: Blow, events: SimEvent[]): boolean {
  const { victim, shooter, weapon, x, y } = blow;
  const drone = world.state.drones.get(victim);
  if (!drone || !isAlive(drone)) return false;
  const damage = Math.min(
    Math.round(blow.damage * strengthOf(world, shooter, drone)),
    drone.shield + drone.hp,
  );
  const absorbed = Math.min(damage, drone.shield);
  drone.shield -= absorbed;
  drone.hp -= damage - absorbed;
  events.push({ type: "hit", victim, shooter, weapon, damage, x, y });
  if (!isAlive(drone)) {
    events.push({ type: "explode", drone: victim, x: drone.x, y: drone.y });
    events.push({ type: "kill", victim, killer: shooter, weapon });
  }
  return true;
}

/** Factor of the damage: 0 under spawn protection and once the match is decided, more under overcharge. */
function strengthOf({ state }: World, shooter: string, victim: Drone): number {
  if (victim.protectedTicks > 0 || state.phase === "results" || state.phase === "over") return 0;
  const attacker = state.drones.get(shooter);
  return attacker && attacker.overchargeTicks > 0 ? OVERCHARGE.damageShare : 1;
}
