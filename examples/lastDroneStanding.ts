/** Last drone standing: the only survivor of a round scores a point, then all drones return for the next round. */
import type { Mode } from "#shared/modes/mode.ts";
import { scoreDrone } from "#shared/modes/score.ts";
import { isAlive } from "#shared/sim/world.ts";
import { DRONE } from "#shared/tuning.ts";

export const lastDroneStanding: Mode = {
  teams: 0,
  scoreLimit: 3,
  objective: "hunt",
  begin() {},
  judge(world, events) {
    const { state } = world;
    const drones = [...state.drones.entries()];
    const living = drones.filter(([, drone]) => isAlive(drone));
    if (living.length > 1) {
      // The round goes on: keep the destroyed drones out.
      for (const [, drone] of drones) {
        if (!isAlive(drone)) drone.respawnTick = state.tick + DRONE.respawnTicks;
      }
      return;
    }
    const hasEnded = events.some(({ type }) => type === "kill");
    for (const [id] of hasEnded ? living : []) scoreDrone(world, id, 1);
  },
};
