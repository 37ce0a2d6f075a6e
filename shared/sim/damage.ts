/** What a hit does to whom it meets. */
import type { WeaponName } from "#shared/tuning.ts";
import type { SimEvent } from "./event.ts";
import { isAlive, type World } from "./world.ts";

export interface Blow {
  victim: string;
  shooter: string;
  weapon: WeaponName;
  damage: number;
  /** Where it meets the hull. */
  x: number;
  y: number;
}

/** False when there is nobody left to hit. */
export function strike(world: World, blow: Blow, events: SimEvent[]): boolean {
  const { victim, shooter, weapon, x, y } = blow;
  const drone = world.state.drones.get(victim);
  if (!drone || !isAlive(drone)) return false;
  const damage = Math.min(blow.damage, drone.hp);
  drone.hp -= damage;
  events.push({ type: "hit", victim, shooter, damage, x, y });
  if (!isAlive(drone)) {
    events.push({ type: "explode", drone: victim, x: drone.x, y: drone.y });
    events.push({ type: "kill", victim, killer: shooter, weapon });
  }
  return true;
}
