/** Everybody against everybody: a kill is a point. */
import type { SimEvent } from "#shared/sim/event.ts";
import type { World } from "#shared/sim/world.ts";
import { DEATHMATCH, DRONE } from "#shared/tuning.ts";

/** Gives points for this tick's kills and sends the destroyed to the bench for a while. */
export function judgeDeathmatch(world: World, events: readonly SimEvent[]): void {
  for (const event of events) {
    if (event.type !== "kill") continue;
    const killer = world.state.drones.get(event.killer);
    const victim = world.state.drones.get(event.victim);
    if (killer) killer.score += DEATHMATCH.pointsPerKill;
    if (victim) victim.respawnTick = world.state.tick + DRONE.respawnTicks;
  }
}
