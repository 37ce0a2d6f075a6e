/** What shows on a drone, and for how long a return protects it. */
import { STATUS } from "#shared/schema/state.ts";
import { isAlive, type World } from "./world.ts";

/** At the end of a tick. Writing an equal value costs nothing on the wire. */
export function showStatus(world: World): void {
  for (const drone of world.state.drones.values()) {
    if (!isAlive(drone)) continue;
    if (drone.protectedTicks > 0) drone.protectedTicks--;
    drone.status =
      (drone.protectedTicks > 0 ? STATUS.protected : 0) |
      (drone.hasteTicks > 0 ? STATUS.haste : 0) |
      (drone.overchargeTicks > 0 ? STATUS.overcharge : 0) |
      (drone.dashTicks > 0 ? STATUS.dash : 0);
  }
}
